// Package eventlogtest is the conformance suite of eventlog.Log. Every implementation passes Run; one that outlives the
// process passes RunReopen too.
package eventlogtest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

type subtest struct {
	name string
	run  func(t *testing.T, log eventlog.Log)
}

// Run checks the logs that open makes: each subtest takes an empty one of its own and closes it.
func Run(t *testing.T, open func(t *testing.T) eventlog.Log) {
	t.Helper()
	for _, test := range slices.Concat(appending, reading, worlds, concurrent) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			log := open(t)
			t.Cleanup(func() { require.NoError(t, log.Close()) })
			test.run(t, log)
		})
	}
}

// batch makes the records of a world behind after, up to and with last; each tells its place.
func batch(world string, after, last eventlog.Position) [][]byte {
	var records [][]byte
	for p := after + 1; p <= last; p++ {
		records = append(records, fmt.Appendf(nil, "%s/%d", world, p))
	}
	return records
}

// fill appends such records.
func fill(t *testing.T, log eventlog.Log, world string, after, last eventlog.Position) {
	t.Helper()
	require.NoError(t, log.Append(t.Context(), world, after, batch(world, after, last)))
}

// collect reads a world's records behind after and checks that their positions follow one another.
func collect(t *testing.T, log eventlog.Log, world string, after eventlog.Position) [][]byte {
	t.Helper()
	var records [][]byte
	for r, err := range log.Read(t.Context(), world, after) {
		require.NoError(t, err)
		after++
		require.Equal(t, after, r.Position)
		records = append(records, r.Data)
	}
	return records
}

func requireLast(t *testing.T, log eventlog.Log, world string, want eventlog.Position) {
	t.Helper()
	last, err := log.Last(t.Context(), world)
	require.NoError(t, err)
	require.Equal(t, want, last)
}

func requireWorlds(t *testing.T, log eventlog.Log, want ...string) {
	t.Helper()
	worlds, err := log.Worlds(t.Context())
	require.NoError(t, err)
	if len(want) == 0 {
		require.Empty(t, worlds)
		return
	}
	require.Equal(t, want, worlds)
}
