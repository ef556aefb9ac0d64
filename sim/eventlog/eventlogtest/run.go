// Package eventlogtest is the conformance suite of eventlog.Log. Every implementation passes Run; one that outlives the
// process passes RunReopen too.
package eventlogtest

import (
	"fmt"
	"iter"
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
	for _, test := range slices.Concat(creating, appending, reading, worlds, concurrent, sharing) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			log := open(t)
			t.Cleanup(func() { require.NoError(t, log.Close()) })
			test.run(t, log)
		})
	}
}

// Each gives records one after the other, as Create takes them.
func Each(records ...[]byte) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, data := range records {
			if !yield(data, nil) {
				return
			}
		}
	}
}

// none is the head of a world that does not exist.
var none eventlog.Head

// batch makes the records of a world behind after, up to and with last; each tells its place.
func batch(world string, after, last eventlog.Position) [][]byte {
	var records [][]byte
	for p := after + 1; p <= last; p++ {
		records = append(records, fmt.Appendf(nil, "%s/%d", world, p))
	}
	return records
}

// create makes a world of such records.
func create(t *testing.T, log eventlog.Log, world string, last eventlog.Position) eventlog.Head {
	t.Helper()
	return createOf(t, log, world, batch(world, 0, last))
}

func createOf(t *testing.T, log eventlog.Log, world string, records [][]byte) eventlog.Head {
	t.Helper()
	head, err := log.Create(t.Context(), world, Each(records...))
	require.NoError(t, err)
	require.NotZero(t, head.Log)
	require.EqualValues(t, len(records), head.Last)
	return head
}

// extend appends such records behind a head and gives the one behind them.
func extend(t *testing.T, log eventlog.Log, world string, after eventlog.Head, last eventlog.Position) eventlog.Head {
	t.Helper()
	require.NoError(t, log.Append(t.Context(), world, after, batch(world, after.Last, last)))
	return eventlog.Head{Log: after.Log, Last: last}
}

// collect reads a world's records behind after and checks that their positions follow one another.
func collect(t *testing.T, log eventlog.Log, world string, after eventlog.Head) [][]byte {
	t.Helper()
	var records [][]byte
	for r, err := range log.Read(t.Context(), world, after) {
		require.NoError(t, err)
		after.Last++
		require.Equal(t, after.Last, r.Position)
		records = append(records, r.Data)
	}
	return records
}

// refused reads a world's records behind after and checks that there are none, but ErrConflict.
func refused(t *testing.T, log eventlog.Log, world string, after eventlog.Head) {
	t.Helper()
	var errs []error
	for r, err := range log.Read(t.Context(), world, after) {
		require.Zero(t, r)
		errs = append(errs, err)
	}
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], eventlog.ErrConflict)
}

func headOf(t *testing.T, log eventlog.Log, world string) eventlog.Head {
	t.Helper()
	head, err := log.Head(t.Context(), world)
	require.NoError(t, err)
	return head
}

func requireHead(t *testing.T, log eventlog.Log, world string, want eventlog.Head) {
	t.Helper()
	require.Equal(t, want, headOf(t, log, world))
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
