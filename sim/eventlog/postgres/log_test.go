package postgres

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/eventlog/postgres/postgrestest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestLog(t *testing.T) {
	t.Parallel()
	for mode, settings := range map[string][2]string{
		"usual":        {"application_name", "suite"},
		"poolers":      {"default_query_exec_mode", "simple_protocol"},
		"serializable": {"default_transaction_isolation", "serializable"}, // some engines know no other
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			database := postgrestest.With(t, postgrestest.Database(t), settings[0], settings[1])
			eventlogtest.Run(t, func(t *testing.T) eventlog.Log { return mustOpen(t, postgrestest.Schema(t, database)) })
			eventlogtest.RunNotes(t, func(t *testing.T) func() eventlog.Log {
				store := postgrestest.Schema(t, database)
				return func() eventlog.Log { return mustOpen(t, store) }
			})
		})
	}
}

func TestReopen(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	var schemas sync.Map // by directory
	eventlogtest.RunReopen(t, func(t *testing.T, dir string) eventlog.Log {
		schema, known := schemas.Load(dir)
		if !known {
			schema = postgrestest.Schema(t, database)
			schemas.Store(dir, schema)
		}
		return mustOpen(t, schema.(string))
	})
}

func TestALogIsShared(t *testing.T) {
	t.Parallel()
	database := postgrestest.Database(t)
	one, other := mustOpen(t, database), mustOpen(t, database)
	assert.NotNil(t, one.Shared())
	head := create(t, one, "qa", "a", "b")
	seen, err := other.Head(t.Context(), "qa")
	require.NoError(t, err)
	require.Equal(t, head, seen)
	require.NoError(t, other.Append(t.Context(), "qa", head, [][]byte{[]byte("c")}))
	require.ErrorIs(t, one.Append(t.Context(), "qa", head, [][]byte{[]byte("d")}), eventlog.ErrConflict)
	requireRecords(t, one, "qa", "a", "b", "c")
}

func BenchmarkAppend(b *testing.B) {
	eventlogtest.Benchmark(b, func(b *testing.B) eventlog.Log {
		log, err := Open(b.Context(), postgrestest.New(b, true).Database(b))
		require.NoError(b, err)
		return log
	})
}

func mustOpen(t *testing.T, database string) *Log {
	t.Helper()
	log, err := Open(t.Context(), database)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, log.Close()) })
	return log
}

// create makes a world of such records.
func create(t *testing.T, log *Log, world string, records ...string) eventlog.Head {
	t.Helper()
	head, err := log.Create(t.Context(), world, eventlogtest.Each(bytesOf(records)...))
	require.NoError(t, err)
	return head
}

func bytesOf(texts []string) [][]byte {
	var all [][]byte
	for _, text := range texts {
		all = append(all, []byte(text))
	}
	return all
}

// requireRecords reads a world and finds these records.
func requireRecords(t *testing.T, log *Log, world string, want ...string) {
	t.Helper()
	var records []string
	for r, err := range log.Read(t.Context(), world, eventlog.Head{}) {
		require.NoError(t, err)
		records = append(records, string(r.Data))
		require.EqualValues(t, len(records), r.Position)
	}
	require.Equal(t, want, records)
}
