package world

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
	"onshisim/sim/problem"
)

// frozen is the state of a world as it is now, to be compared with a later one: folded anew from the log, so that it shares
// nothing with the state that goes on.
func frozen(t require.TestingT, w *World) *State {
	s, err := w.stateAt(w.head.Last, w.jumps)
	require.NoError(t, err)
	return s
}

// sameButCheckpoints wants two states to be one, whatever checkpoints each knows.
func sameButCheckpoints(t require.TestingT, want, got *State) {
	a, b := *want, *got
	a.checkpoints, b.checkpoints = nil, nil
	if !reflect.DeepEqual(a, b) {
		require.Equal(t, a, b)
	}
}

// Whatever happens after a checkpoint, restoring it gives the state of then, and the exported log leads there too.
func TestRestoringIsExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r, ctx := registry(t, eventlog.NewMemory()), context.Background()
		w, err := r.Create(ctx, "w", document())
		require.NoError(rt, err)
		some := func(label string) {
			for range rapid.IntRange(0, 12).Draw(rt, label) {
				act(rt, w)
			}
		}
		states := map[string]*State{}
		for _, name := range []string{"a", "b", "c"} {
			some("before " + name)
			_, err = w.PutCheckpoint(ctx, name)
			require.NoError(rt, err)
			states[name] = frozen(rt, w)
			sameButCheckpoints(rt, w.state, states[name])
		}
		for range rapid.IntRange(1, 5).Draw(rt, "restores") {
			some("after")
			name := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "checkpoint")
			restored, err := w.Restore(ctx, name)
			require.NoError(rt, err)
			require.Equal(rt, name, restored.Name)
			sameButCheckpoints(rt, states[name], w.state)
			for name := range states { // those put later too
				require.Contains(rt, w.state.checkpoints, name)
			}
		}
		some("at the end")
		replayed, err := r.Import(ctx, "again", w.Events(ctx))
		require.NoError(rt, err)
		require.Equal(rt, w.head.Last, replayed.head.Last)
		require.Equal(rt, w.jumps, replayed.jumps)
		if !reflect.DeepEqual(w.state, replayed.state) {
			require.Equal(rt, w.state, replayed.state)
		}
	})
}

func TestRestoringTakesClockModeSessionsAndFaultsAlong(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), t.Context()
	session, err := w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)
	put, err := w.PutCheckpoint(ctx, "start")
	require.NoError(t, err)
	require.Equal(t, "2021-04-01T09:00:00+09:00", Instant(put.Now))

	require.NoError(t, w.AdvanceClock(ctx, 48*time.Hour))
	require.NoError(t, w.SetMode(ctx, Mode{Mode: ModeDisaster}))
	require.NoError(t, w.SetMutant(ctx, "card-despite-flag"))
	_, err = w.ScriptFault(ctx, Fault{System: "terminal", Status: 500})
	require.NoError(t, err)
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
	_, _, err = w.Session(ctx, session.Token)
	require.Error(t, err)

	_, err = w.Restore(ctx, "start")
	require.NoError(t, err)
	require.Equal(t, "2021-04-01T09:00:00+09:00", Instant(w.Now()))
	require.Equal(t, ModeNormal, w.Mode().Mode)
	require.Empty(t, w.Mutant())
	require.Empty(t, faults(t, w))
	_, _, err = w.Session(ctx, session.Token)
	require.NoError(t, err)
}

func TestAWorldWhoseClockRunsGoesOnRunningWhenRestored(t *testing.T) {
	t.Parallel()
	d := document()
	d.Now = ""
	w, ctx := created(t, d), t.Context()
	_, err := w.PutCheckpoint(ctx, "running")
	require.NoError(t, err)
	require.NoError(t, w.SetClock(ctx, at(t, "2021-04-01T09:00:00+09:00")))
	_, err = w.Restore(ctx, "running")
	require.NoError(t, err)
	require.False(t, w.ClockIsSet())
}

func TestCheckpointsCanBeOverwrittenAndDeleted(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), t.Context()
	for range 2 {
		_, err := w.PutCheckpoint(ctx, "x")
		require.NoError(t, err)
		require.NoError(t, w.AdvanceClock(ctx, time.Hour))
	}
	require.Len(t, w.Checkpoints(), 1)
	_, err := w.Restore(ctx, "x")
	require.NoError(t, err)
	require.Equal(t, "2021-04-01T10:00:00+09:00", Instant(w.Now()), "the name stands for the state it was given last")
	require.NoError(t, w.DeleteCheckpoint(ctx, "x"))
	require.Empty(t, w.Checkpoints())
	_, err = w.Restore(ctx, "x")
	require.Equal(t, problem.NotFound, kindOfError(t, err))
	require.Equal(t, problem.NotFound, kindOfError(t, w.DeleteCheckpoint(ctx, "x")))
	_, err = w.PutCheckpoint(ctx, "no name")
	require.Equal(t, problem.Invalid, kindOfError(t, err))
}

// A restored world opens again from its file as it was left.
func TestARestoredWorldOpensAgain(t *testing.T) {
	t.Parallel()
	file, ctx := t.TempDir()+"/data.db", t.Context()
	log, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	w, err := registry(t, log).Create(ctx, "w", document())
	require.NoError(t, err)
	_, err = w.PutCheckpoint(ctx, "start")
	require.NoError(t, err)
	for range 3 {
		require.NoError(t, w.AdvanceClock(ctx, time.Hour))
		require.NoError(t, w.SuspendCard(ctx, "card-h"))
		_, err = w.Restore(ctx, "start")
		require.NoError(t, err)
	}
	require.NoError(t, w.AdvanceClock(ctx, time.Minute))
	left := frozen(t, w)
	require.NoError(t, log.Close())

	log, err = sqlite.Open(ctx, file)
	require.NoError(t, err)
	defer log.Close()
	again, err := registry(t, log).World(t.Context(), "w")
	require.NoError(t, err)
	require.Equal(t, "2021-04-01T09:01:00+09:00", Instant(again.Now()))
	require.True(t, reflect.DeepEqual(left, again.state))
}

func TestALogThatGoesBackToNowhereIsRefused(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), t.Context()
	w, err := r.Create(ctx, "w", &Document{Now: "2021-04-01T09:00:00+09:00"})
	require.NoError(t, err)
	for _, position := range []string{"0", "4", "5", "99"} {
		_, err = r.Import(ctx, "bad", func(yield func([]byte, error) bool) {
			for line, err := range w.Events(ctx) {
				require.NoError(t, err)
				yield(line, nil)
			}
			yield([]byte(`{"position":4,"at":"2021-04-01T09:00:00+09:00","type":"checkpointRestored","version":1,"data":{"name":"x","position":`+position+`,"checkpoints":[]}}`), nil)
		})
		var refusal *problem.Error
		require.ErrorAs(t, err, &refusal, position)
		require.Equal(t, "body.line[4]", refusal.Fields[0].Name)
	}
}

// The way through a log leaves out what was undone, also where a checkpoint lies behind an earlier return.
func TestPathTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		jumps []jump
		to    eventlog.Position
		want  []segment
	}{
		{nil, 9, []segment{{1, 9}}},
		{[]jump{{5, 2}}, 9, []segment{{1, 2}, {5, 9}}},
		{[]jump{{5, 2}}, 4, []segment{{1, 4}}},
		{[]jump{{5, 2}}, 5, []segment{{1, 2}, {5, 5}}},
		{[]jump{{5, 2}, {8, 3}}, 9, []segment{{1, 3}, {8, 9}}},
		{[]jump{{5, 2}, {8, 6}}, 9, []segment{{1, 2}, {5, 6}, {8, 9}}},
		{[]jump{{5, 2}, {8, 6}, {10, 4}}, 12, []segment{{1, 4}, {10, 12}}},
	} {
		require.Equal(t, c.want, pathTo(c.jumps, c.to), c)
	}
}

// Who was looked up before a checkpoint took the person away is gone, and nobody else is taken for that person.
func TestAPersonWhoIsGoneByARestoreIsRefused(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), t.Context()
	_, err := w.PutCheckpoint(ctx, "before")
	require.NoError(t, err)
	_, err = w.PutPerson(ctx, "jiro", Person{Cards: []Card{{CardSerial: "card-j", PIN: "1234"}}})
	require.NoError(t, err)
	jiro, _ := w.Person("jiro")
	candidate, subject := w.CandidateID("9919990011", jiro), w.SubjectCode(Caller{RoleAgency, "welfare"}, jiro)
	commands := map[string]func() error{
		"subject flag": func() error { return w.SetSubjectFlag(ctx, "welfare", jiro, true) },
		"inquiry":      func() error { _, err := w.Inquire(ctx, "welfare", jiro, "990010", "benefits"); return err },
		"reference":    func() error { return w.PutReferenceNumber(ctx, "9919990011", jiro, "R") },
		"consent": func() error {
			_, err := w.ConsentInDisaster(ctx, jiro, DisasterConsent{Institution: "9919990011"})
			return err
		},
		"name proxy":   func() error { return w.NameProxy(ctx, jiro, "portal-taro") },
		"remove proxy": func() error { return w.RemoveProxy(ctx, jiro, "portal-taro") },
	}
	gone := func(when string) {
		for name, command := range commands {
			require.Equal(t, problem.NotFound, kindOfError(t, command()), "%s %s", name, when)
		}
		_, found := w.Candidate("9919990011", candidate)
		require.False(t, found, when)
		_, err := w.Subject(Caller{RoleAgency, "welfare"}, subject)
		require.Error(t, err, when)
		require.NoError(t, w.Usable(), when)
	}
	_, err = w.Restore(ctx, "before")
	require.NoError(t, err)
	gone("while nobody has the place")
	_, err = w.PutPerson(ctx, "saburo", Person{})
	require.NoError(t, err)
	gone("while another has the place")
	saburo, _ := w.Person("saburo")
	require.Empty(t, saburo.ExchangeRecords)
}

// Commands of many against restores of many: nothing breaks, and the log gives the world that was left.
func TestRestoringAmongWriters(t *testing.T) {
	t.Parallel()
	log := eventlog.NewMemory()
	w, err := registry(t, log).Create(t.Context(), "w", document())
	require.NoError(t, err)
	_, err = w.PutCheckpoint(t.Context(), "start")
	require.NoError(t, err)
	var all sync.WaitGroup
	yes := true
	for writer := range 6 {
		all.Go(func() {
			for n := range 60 {
				id := fmt.Sprintf("p%d-%d", writer, n)
				_, _ = w.PutPerson(t.Context(), id, Person{Cards: []Card{{CardSerial: id, PIN: "1234"}}})
				if p, known := w.Person(id); known { // who may be gone the next moment
					_ = w.SetSubjectFlag(t.Context(), "welfare", p, true)
					_ = w.PutRecords(t.Context(), id, Records{})
					_, _ = w.OpenSession(t.Context(), id, "0000")
				}
				_ = w.SetFlags(t.Context(), "990010", "B-1", FlagSetting{NonDisclosure: &yes}, "2021-04-01", "申請")
				if n%10 == writer {
					_, _ = w.Restore(t.Context(), "start")
				}
			}
		})
	}
	all.Wait()
	require.NoError(t, w.Usable())
	again, err := registry(t, log).World(t.Context(), "w")
	require.NoError(t, err)
	require.True(t, reflect.DeepEqual(w.state, again.state))
}

func TestAnImportedCheckpointMustStandBeforeItself(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), t.Context()
	w, err := r.Create(ctx, "w", &Document{Now: "2021-04-01T09:00:00+09:00"})
	require.NoError(t, err)
	for _, event := range []string{
		`"type":"checkpointPut","version":1,"data":{"name":"x","position":0,"now":"2021-04-01T09:00:00+09:00"}`,
		`"type":"checkpointPut","version":1,"data":{"name":"x","position":4,"now":"2021-04-01T09:00:00+09:00"}`,
		`"type":"checkpointRestored","version":1,"data":{"name":"x","position":2,"checkpoints":[{"name":"x","position":99,"now":"2021-04-01T09:00:00+09:00"}]}`,
		`"type":"faultScripted","version":1,"data":{"id":"f","fault":{"system":"terminal","operation":"","skip":0,"count":0,"probability":0,"seed":0,"delay":"x","slowBody":"","status":0,"dropConnection":false,"garbage":false,"carriedOut":false}}`,
	} {
		_, err = r.Import(ctx, "bad", func(yield func([]byte, error) bool) {
			for line, err := range w.Events(ctx) {
				require.NoError(t, err)
				yield(line, nil)
			}
			yield([]byte(`{"position":4,"at":"2021-04-01T09:00:00+09:00",`+event+`}`), nil)
		})
		require.Equal(t, problem.Invalid, kindOfError(t, err), event)
	}
}
