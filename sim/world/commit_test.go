package world

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

// Writers who wait share a commit, and each sees its own outcome.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons = nil
	for i := range 32 {
		d.Persons = append(d.Persons, Person{ID: fmt.Sprintf("p%d", i), Cards: []Card{{CardSerial: fmt.Sprintf("c%d", i), PIN: "1234"}}})
	}
	w, ctx := created(t, d), context.Background()
	var all sync.WaitGroup
	for writer := range 64 {
		all.Go(func() {
			for round := range 20 {
				serial := fmt.Sprintf("c%d", (writer+round)%32)
				if round%10 == 9 {
					if err := w.SetMode(ctx, Mode{Mode: ModeDisaster}); err != nil {
						t.Error(err)
					}
				}
				if _, _, _, err := w.ReadCard(ctx, "9919990011", serial, Verification{Method: VerifyStaff}, Consents{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	events := 0
	for _, err := range w.Events(ctx) {
		require.NoError(t, err)
		events++
	}
	require.Equal(t, int(w.head.Last), events)
	require.Equal(t, 1+1+2+1+1+1+32+64*20+64*2, events)
}

// brokenLog takes nothing once it is broken.
type brokenLog struct {
	eventlog.Log
	broken bool
}

func (l *brokenLog) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	if l.broken {
		return errors.New("disk full")
	}
	return l.Log.Append(ctx, world, after, records)
}

func TestWhatTheLogDoesNotTakeDidNotHappen(t *testing.T) {
	t.Parallel()
	log, ctx := &brokenLog{Log: eventlog.NewMemory()}, context.Background()
	w, err := registry(t, log).Create(ctx, "w", document())
	require.NoError(t, err)
	log.broken = true
	require.Equal(t, problem.Unavailable, kindOfError(t, w.SuspendCard(ctx, "card-h")))
	p, _ := w.Person("hanako")
	require.Equal(t, CardValid, p.Card("card-h").State())
	log.broken = false
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
}

// A command that panics is refused; an event that does leaves a world that nobody can use, but nobody waits for it either.
func TestAPanicStopsNobodyElse(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), context.Background()
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	require.Error(t, w.do(ctx, everybody, func(*State, time.Time) ([]change, error) { panic("oh") }))
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
	unfit := func(*State, time.Time) ([]change, error) { return []change{&cardSuspended{"no card"}}, nil }
	require.Equal(t, problem.Unavailable, kindOfError(t, w.do(ctx, everybody, unfit)))
	require.Equal(t, problem.Unavailable, kindOfError(t, w.SuspendCard(ctx, "card-t")))
	require.NoError(t, r.Delete(ctx, "w"))
	_, err = r.Create(ctx, "w", document())
	require.NoError(t, err)
}

// Who still works in a world that was deleted does not write into another of its name.
func TestADeletedWorldTakesNothing(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), context.Background()
	former, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	require.NoError(t, r.Delete(ctx, "w"))
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	require.Equal(t, problem.NotFound, kindOfError(t, former.SuspendCard(ctx, "card-h")))
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
}
