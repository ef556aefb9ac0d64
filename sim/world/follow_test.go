package world

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/journal"
	"onshisim/sim/problem"
)

// replicas are registries of one log.
func replicas(t testing.TB, log eventlog.Log, n int) (all []*Registry) {
	t.Helper()
	for range n {
		all = append(all, registry(t, log))
	}
	return all
}

func TestAReplicaAnswersByWhatAnotherWrote(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	_, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	for n := range 50 {
		on := n%2 == 0
		writer, err := r[n%3%2].World(ctx, "w")
		require.NoError(t, err)
		require.NoError(t, writer.SetFlags(ctx, "990010", "B-1", FlagSetting{NonDisclosure: &on}, "2021-04-01", "test"))
		for _, replica := range r {
			reader, err := replica.World(ctx, "w")
			require.NoError(t, err)
			p, _ := reader.Person("hanako")
			require.Equal(t, on, p.Members[p.Membership("B-1")].Flags.NonDisclosure)
			require.Len(t, p.FlagHistory["B-1"], n+1)
		}
	}
}

// Writers of several replicas all get through, and each finds what the others did.
func TestReplicasWriteToOneWorld(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 3), t.Context()
	_, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	const writers, acts = 8, 20
	var all sync.WaitGroup
	for _, replica := range r {
		for range writers {
			all.Go(func() {
				for n := range acts {
					w, err := replica.World(ctx, "w")
					if !assert.NoError(t, err) {
						return
					}
					before := len(historyOf(w))
					on := n%2 == 0
					assert.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &on}, "2021-04-01", "test"))
					assert.Greater(t, len(historyOf(w)), before, "its own act is not in force")
				}
			})
		}
	}
	all.Wait()
	var states []*State
	for _, replica := range r {
		w, err := replica.World(ctx, "w")
		require.NoError(t, err)
		assert.Len(t, historyOf(w), len(r)*writers*acts)
		states = append(states, w.state)
	}
	require.Equal(t, states[0], states[1])
	require.Equal(t, states[0], states[2])
}

func historyOf(w *World) []FlagChange {
	p, _ := w.Person("hanako")
	return p.FlagHistory["B-1"]
}

func TestAReplicaFollowsARestore(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	a, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	_, err = r[1].World(ctx, "w")
	require.NoError(t, err)
	_, err = a.PutCheckpoint(ctx, "start")
	require.NoError(t, err)
	require.NoError(t, a.SuspendCard(ctx, "card-h"))
	_, err = a.Restore(ctx, "start")
	require.NoError(t, err)
	require.NoError(t, a.SuspendCard(ctx, "card-t"))
	b, err := r[1].World(ctx, "w")
	require.NoError(t, err)
	require.Equal(t, a.state, b.state)
	require.Equal(t, a.jumps, b.jumps)
	late, err := replicas(t, r[0].log, 1)[0].World(ctx, "w")
	require.NoError(t, err)
	require.Equal(t, a.state, late.state)
}

// A world that one replica deletes and makes anew is another world to every replica, however long its log is.
func TestAReplicaNeverTakesAWorldForItsNamesake(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	_, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	former, err := r[1].World(ctx, "w")
	require.NoError(t, err)
	require.NoError(t, r[0].Delete(ctx, "w"))
	_, err = r[1].World(ctx, "w")
	require.Equal(t, problem.NotFound, kindOfError(t, err))
	names, err := r[1].Names(ctx)
	require.NoError(t, err)
	require.Empty(t, names)

	d := document()
	d.Persons = d.Persons[:1]
	_, err = r[0].Create(ctx, "w", d)
	require.NoError(t, err)
	require.Equal(t, problem.NotFound, kindOfError(t, former.SuspendCard(ctx, "card-h")), "it wrote into another world")
	anew, err := r[1].World(ctx, "w")
	require.NoError(t, err)
	_, known := anew.Person("taro")
	require.False(t, known)
	_, err = r[1].Create(ctx, "w", document())
	require.Equal(t, problem.Conflict, kindOfError(t, err))
	require.NoError(t, r[1].Delete(ctx, "w"))
	_, err = r[0].World(ctx, "w")
	require.Equal(t, problem.NotFound, kindOfError(t, err))
	_, err = r[0].Create(ctx, "w", document())
	require.NoError(t, err)
}

func TestAnImportReplacesNothingThatAnotherReplicaBegan(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	source := created(t, document())
	empty, err := r[0].Create(ctx, "w", &Document{})
	require.NoError(t, err)
	other, err := r[1].World(ctx, "w")
	require.NoError(t, err)
	require.NoError(t, other.SetMode(ctx, Mode{Mode: ModeDisaster}))
	require.EqualValues(t, emptyWorld, empty.Position(), "it was not told yet")
	_, err = r[0].Import(ctx, "w", source.Events(ctx))
	require.Equal(t, problem.Conflict, kindOfError(t, err))
	w, err := r[0].World(ctx, "w")
	require.NoError(t, err)
	require.Equal(t, ModeDisaster, w.Mode().Mode)
}

// lostLog can't be reached while it is lost.
type lostLog struct {
	*eventlogtest.SharedMemory
	lost    atomic.Bool
	unknown atomic.Bool // the next append gets through, but nobody learns of it
}

var errLost = errors.New("connection refused")

func (l *lostLog) Head(ctx context.Context, world string) (eventlog.Head, error) {
	if l.lost.Load() {
		return eventlog.Head{}, errLost
	}
	return l.SharedMemory.Head(ctx, world)
}

func (l *lostLog) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	if l.unknown.CompareAndSwap(true, false) {
		return errors.Join(eventlog.ErrUnknownOutcome, l.SharedMemory.Append(ctx, world, after, records))
	}
	return l.SharedMemory.Append(ctx, world, after, records)
}

func TestALostLogIsNeverAnsweredWithWhatWasKnown(t *testing.T) {
	t.Parallel()
	log, ctx := &lostLog{SharedMemory: eventlogtest.Shared()}, t.Context()
	r := registry(t, log)
	_, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	log.lost.Store(true)
	for _, name := range []string{"w", "unknown"} {
		_, err = r.World(ctx, name)
		require.Equal(t, problem.Unavailable, kindOfError(t, err))
	}
	require.Equal(t, problem.Unavailable, kindOfError(t, r.Delete(ctx, "w")))
	log.lost.Store(false)
	_, err = r.World(ctx, "w")
	require.NoError(t, err)
}

func TestAWriteOfUnknownOutcomeIsSeenOnceTheLogIsBack(t *testing.T) {
	t.Parallel()
	log, ctx := &lostLog{SharedMemory: eventlogtest.Shared()}, t.Context()
	r := registry(t, log)
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	log.unknown.Store(true)
	err = w.SuspendCard(ctx, "card-h")
	require.Equal(t, problem.Unavailable, kindOfError(t, err))
	require.ErrorContains(t, err, "not known")
	w, err = r.World(ctx, "w")
	require.NoError(t, err)
	p, _ := w.Person("hanako")
	require.Equal(t, CardSuspended, p.Card("card-h").State())
	require.NoError(t, w.SuspendCard(ctx, "card-t"))
}

// A program that is older than what wrote the log answers nothing about that world, and everything about the others.
func TestAWorldThatCannotBeFollowedIsUnavailableAlone(t *testing.T) {
	t.Parallel()
	log, ctx := eventlogtest.Shared(), t.Context()
	r := replicas(t, log, 2)
	for _, name := range []string{"w", "other"} {
		_, err := r[0].Create(ctx, name, document())
		require.NoError(t, err)
	}
	head, err := log.Head(ctx, "w")
	require.NoError(t, err)
	require.NoError(t, log.Append(ctx, "w", head, [][]byte{
		fmt.Appendf(nil, `{"position":%d,"at":"2021-04-01T09:00:00+09:00","type":"ofTheFuture","version":1,"data":{}}`, head.Last+1),
	}))
	for _, replica := range r {
		for range 2 {
			_, err = replica.World(ctx, "w")
			require.Equal(t, problem.Unavailable, kindOfError(t, err))
		}
		_, err = replica.World(ctx, "other")
		require.NoError(t, err)
	}
	require.NoError(t, r[1].Delete(ctx, "w"))
	_, err = r[0].Create(ctx, "w", document())
	require.NoError(t, err)
}

// The second answer is late whichever replica gives it, and each replica shows what all of them met.
func TestReplicasCountFaultsTogether(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	a, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	scripted, err := a.ScriptFault(ctx, Fault{System: "terminal", Skip: 1, Count: 1, Delay: "1ms"})
	require.NoError(t, err)
	_, err = a.PutCheckpoint(ctx, "start")
	require.NoError(t, err)
	for range 2 { // and anew once the checkpoint is restored
		b, err := r[1].World(ctx, "w")
		require.NoError(t, err)
		require.Nil(t, strike(t, a, "terminal", "read-card"))
		require.NotNil(t, strike(t, b, "terminal", "read-card"))
		require.Nil(t, strike(t, a, "terminal", "read-card"))
		scripted.Seen, scripted.Struck = 3, 1
		require.Equal(t, []ScriptedFault{scripted}, faults(t, a))
		require.Equal(t, []ScriptedFault{scripted}, faults(t, b))
		_, err = a.Restore(ctx, "start")
		require.NoError(t, err)
	}
}

func TestReplicasKeepOneJournal(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	a, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	b, err := r[1].World(ctx, "w")
	require.NoError(t, err)
	require.NoError(t, a.Journal().Add(ctx, journal.Entry{System: "terminal", Status: 200}))
	require.NoError(t, b.Journal().Add(ctx, journal.Entry{System: "jpki", Status: 404}))
	for _, w := range []*World{a, b} {
		page, err := w.Journal().Read(ctx, journal.Query{})
		require.NoError(t, err)
		require.Len(t, page.Entries, 2)
		require.Equal(t, []any{uint64(1), "terminal", uint64(2), "jpki"},
			[]any{page.Entries[0].Number, page.Entries[0].System, page.Entries[1].Number, page.Entries[1].System})
	}
}

func TestAReplicaForgetsWorldsThatOthersDeleted(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	for n := range 500 {
		name := fmt.Sprint("w", n)
		_, err := r[0].Create(ctx, name, &Document{})
		require.NoError(t, err)
		_, err = r[1].World(ctx, name)
		require.NoError(t, err)
		require.NoError(t, r[0].Delete(ctx, name))
	}
	require.Less(t, len(r[1].worlds), 100)
}

// A clock that runs never goes back, whatever the machine's does, so that nothing happens before what it stands on.
func TestARunningClockNeverGoesBack(t *testing.T) {
	t.Parallel()
	log, ctx := eventlogtest.Shared(), t.Context()
	wall := at(t, "2026-11-22T12:00:00+09:00")
	open := func(wall *time.Time) *Registry {
		r, err := Open(ctx, log, Sources{Wall: func() time.Time { return *wall }, Seed: func() uint64 { return 1 }})
		require.NoError(t, err)
		return r
	}
	d := document()
	d.Now = ""
	r := open(&wall)
	w, err := r.Create(ctx, "w", d)
	require.NoError(t, err)
	session, err := w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)

	behind := wall.Add(-2 * time.Hour) // another machine, or this one after its clock was set back
	other, err := open(&behind).World(ctx, "w")
	require.NoError(t, err)
	require.Equal(t, Instant(wall), Instant(other.Now()))
	opened, _, err := other.Session(ctx, session.Token)
	require.NoError(t, err)
	require.Equal(t, session, opened)
	require.NoError(t, other.SuspendCard(ctx, "card-t"))
	behind = wall.Add(time.Minute)
	require.Equal(t, Instant(behind), Instant(other.Now()), "overtaken, it runs on")

	require.NoError(t, other.SetClock(ctx, at(t, "2021-04-01T09:00:00+09:00")), "a clock that is set may go back")
	require.Equal(t, "2021-04-01T09:00:00+09:00", Instant(other.Now()))
}
