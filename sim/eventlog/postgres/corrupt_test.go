package postgres

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

func TestWhatDoesNotFitIsNotRead(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	for statement, want := range map[string]eventlog.CorruptError{
		`DELETE FROM onshisim_records WHERE position = 1`:                    {Position: 1, Reason: "the record is missing, the next one is 2"},
		`DELETE FROM onshisim_records WHERE position = 300`:                  {Position: 300, Reason: "the record is missing, the next one is 301"},
		`DELETE FROM onshisim_records WHERE position = 600`:                  {Position: 600, Reason: "the record is missing, though the last one is 600"},
		`DELETE FROM onshisim_records WHERE position BETWEEN 257 AND 512`:    {Position: 257, Reason: "the record is missing, though the last one is 600"},
		`DELETE FROM onshisim_records`:                                       {Position: 1, Reason: "the record is missing, though the last one is 600"},
		`UPDATE onshisim_records SET position = 0 WHERE position = 1`:        {Position: 1, Reason: "the record is missing, the next one is 2"},
		`UPDATE onshisim_worlds SET last = 590`:                              {Position: 600, Reason: "a record stands behind the last one, which is 590"},
		`UPDATE onshisim_worlds SET last = 601`:                              {Position: 601, Reason: "the record is missing, though the last one is 601"},
		`UPDATE onshisim_records SET position = 1000000 WHERE position = 10`: {Position: 10, Reason: "the record is missing, the next one is 11"},
	} {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			database := postgrestest.Schema(t, database)
			log := mustOpen(t, database)
			var records []string
			for i := range 600 {
				records = append(records, fmt.Sprint(i))
			}
			create(t, log, "qa", records...)
			do(t, database, statement)
			var seen eventlog.Position
			var last error
			for r, err := range log.Read(t.Context(), "qa", eventlog.Head{}) {
				require.NoError(t, last, "it is the end")
				if last = err; err == nil {
					seen++
					require.Equal(t, seen, r.Position)
				}
			}
			var corrupt *eventlog.CorruptError
			require.ErrorAs(t, last, &corrupt)
			want.Source, want.World = corrupt.Source, "qa"
			assert.Equal(t, want, *corrupt)
			assert.Contains(t, corrupt.Source, "at 127.0.0.1:")
			assert.Less(t, seen, want.Position)
		})
	}
}
