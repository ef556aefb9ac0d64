package lesson_test

import (
	"context"
	"io/fs"
	"runtime"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/journal"
	"onshisim/sim/scenario"
	"onshisim/sim/training/lesson"
	"onshisim/sim/world"
)

const exercise = "flows/p15-steps"

// morning is when the clocks that run begin.
var morning = time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)

// school has worlds for an exercise.
type school struct {
	*testing.T
	worlds    *world.Registry
	scenarios *lesson.Scenarios
	written   *scenario.Scenario
	wall      time.Time
}

func newSchool(t *testing.T, log eventlog.Log) *school {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"base.yaml", exercise + ".yaml"} {
		text, err := fs.ReadFile(fixtures.FS, name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: text}
	}
	s := &school{T: t, scenarios: lesson.NewScenarios(files), wall: morning}
	var err error
	s.worlds, err = world.Open(t.Context(), log, world.Sources{Wall: func() time.Time { return s.wall }, Seed: func() uint64 { return 7 }})
	require.NoError(t, err)
	s.written, err = s.scenarios.Find(exercise)
	require.NoError(t, err)
	return s
}

// begin makes a world for the exercise.
func (s *school) begin(name string) *world.World {
	s.Helper()
	w, err := s.worlds.Create(s.Context(), name, &s.written.World)
	require.NoError(s, err)
	_, err = w.PutCheckpoint(s.Context(), lesson.Checkpoint(exercise))
	require.NoError(s, err)
	return w
}

// of is how far a world is.
func (s *school) of(w *world.World) *lesson.Lesson {
	s.Helper()
	l, err := s.scenarios.Of(s.Context(), w)
	require.NoError(s, err)
	require.NotNil(s, l)
	return l
}

// suspends is the request that does the first step.
func suspends(t *testing.T, w *world.World) {
	t.Helper()
	require.NoError(t, w.Journal().Add(context.Background(), journal.Entry{
		At: w.Now(), Method: "POST", Path: "/jpki/cards/card-kaori-1/suspension", System: "jpki", Operation: "suspend-card", Status: 200,
		Actor: journal.Actor{Role: "cardOffice"}, Answer: []byte(`{"cardSerial":"card-kaori-1","status":"suspended"}`),
		Decisions: []journal.Decision{{Person: "kaori", Gate: "P15-1"}, {Person: "akari", Gate: "P15-1"}, {Person: "kaori", Gate: "P15-1"}},
	}))
}

func done(l *lesson.Lesson) int { return l.Progress.Counts.Steps - l.Progress.Counts.Open }

// TestAWorldIsFollowedAgainOnlyWhereSomethingHappened: else the very lesson of before is given.
func TestAWorldIsFollowedAgainOnlyWhereSomethingHappened(t *testing.T) {
	t.Parallel()
	s := newSchool(t, eventlog.NewMemory())
	w, quiet := s.begin("a-01"), s.begin("a-02")
	first, other := s.of(w), s.of(quiet)
	require.Zero(t, done(first))
	require.Same(t, first, s.of(w))

	suspends(t, w)
	second := s.of(w)
	require.Equal(t, 1, done(second), "a request")
	require.NotEmpty(t, second.At(&second.Progress.Steps[0]))
	require.Equal(t, []string{"akari", "kaori"}, second.Persons)
	require.Same(t, second, s.of(w))

	require.NoError(t, w.AdvanceClock(t.Context(), 12*time.Hour))
	require.NotEqual(t, second.Progress, s.of(w).Progress, "the clock")
	require.NoError(t, w.Journal().Clear(t.Context()))
	require.Zero(t, done(s.of(w)), "what is cleared away has no number")

	suspends(t, w)
	require.Equal(t, 1, done(s.of(w)))
	_, err := w.Restore(t.Context(), lesson.Checkpoint(exercise))
	require.NoError(t, err)
	restored := s.of(w)
	require.NoError(t, w.Journal().Clear(t.Context()))
	require.NotSame(t, restored, s.of(w), "who looks between the two acts of a restart keeps nothing")
	require.Zero(t, done(s.of(w)))

	require.NoError(t, w.DeleteCheckpoint(t.Context(), lesson.Checkpoint(exercise)))
	none, err := s.scenarios.Of(t.Context(), w)
	require.NoError(t, err)
	require.Nil(t, none)
	require.Same(t, other, s.of(quiet), "nothing of this is the other world's")
}

// TestAClockThatRunsBringsStepsAbout: without any event.
func TestAClockThatRunsBringsStepsAbout(t *testing.T) {
	t.Parallel()
	s := newSchool(t, eventlog.NewMemory())
	running := s.written.World
	running.Now = ""
	w, err := s.worlds.Create(t.Context(), "a", &running)
	require.NoError(t, err)
	_, err = w.PutCheckpoint(t.Context(), lesson.Checkpoint(exercise))
	require.NoError(t, err)
	require.False(t, w.ClockIsSet())
	before := s.of(w)
	s.wall = morning.Add(time.Second)
	require.Same(t, before, s.of(w), "a second that brings nothing about")
	s.wall = morning.AddDate(0, 0, 2)
	require.Equal(t, scenario.Open, before.Progress.Steps[1].State)
	require.Equal(t, scenario.Done, s.of(w).Progress.Steps[1].State)
}

func TestReachedCountsWhatAClockBringsAbout(t *testing.T) {
	t.Parallel()
	s := newSchool(t, eventlog.NewMemory())
	began, err := time.Parse(time.RFC3339, s.written.World.Now)
	require.NoError(t, err)
	require.Zero(t, s.written.Reached(began.Add(-time.Second)))
	require.NotZero(t, s.written.Reached(began))
	require.Greater(t, s.written.Reached(began.AddDate(1, 0, 0)), s.written.Reached(began))
}

// TestAWorldMadeAnewBeginsAnew: also where all its numbers are those of the world before.
func TestAWorldMadeAnewBeginsAnew(t *testing.T) {
	t.Parallel()
	for name, log := range map[string]eventlog.Log{"own": eventlog.NewMemory(), "shared": eventlogtest.Shared()} {
		s := newSchool(t, log)
		w := s.begin("a")
		suspends(t, w)
		require.Equal(t, 1, done(s.of(w)), name)
		require.NoError(t, s.worlds.Delete(t.Context(), "a"))
		w = s.begin("a")
		require.NoError(t, w.Journal().Add(t.Context(), journal.Entry{Method: "GET", Path: "/jpki/nothing", System: "jpki", Status: 404}))
		require.Zero(t, done(s.of(w)), name)
	}
}

// TestWhatAnotherReplicaAnsweredCountsAtOnce: its request is in no event of the world.
func TestWhatAnotherReplicaAnsweredCountsAtOnce(t *testing.T) {
	t.Parallel()
	log := eventlogtest.Shared()
	here, there := newSchool(t, log), newSchool(t, log)
	w := here.begin("a")
	require.Zero(t, done(here.of(w)))
	same, err := there.worlds.World(t.Context(), "a")
	require.NoError(t, err)
	suspends(t, same)
	require.Equal(t, 1, done(here.of(w)))
}

func TestWorldsThatAreGoneAreForgotten(t *testing.T) {
	t.Parallel()
	s := newSchool(t, eventlog.NewMemory())
	kept := s.begin("kept")
	before := s.of(kept)
	for range 20 {
		s.of(s.begin("gone"))
		require.NoError(t, s.worlds.Delete(t.Context(), "gone"))
	}
	require.Eventually(t, func() bool {
		runtime.GC()
		return s.scenarios.Kept() == 1
	}, 20*time.Second, 10*time.Millisecond)
	require.Same(t, before, s.of(kept))
}

// TestManyLookAtAWorldWhileThingsHappen: each sees what had happened before it looked.
func TestManyLookAtAWorldWhileThingsHappen(t *testing.T) {
	t.Parallel()
	s := newSchool(t, eventlog.NewMemory())
	var all sync.WaitGroup
	for _, name := range []string{"a-01", "a-02"} {
		w := s.begin(name)
		for range 4 {
			all.Go(func() {
				for range 5 {
					suspends(t, w)
					l, err := s.scenarios.Of(t.Context(), w)
					if err != nil || done(l) != 1 {
						t.Error(name, err, l)
					}
				}
			})
		}
	}
	all.Wait()
}

func TestAStoreThatIsAwayIsToldSo(t *testing.T) {
	t.Parallel()
	s := newSchool(t, lost{eventlogtest.Shared()})
	w := s.begin("a")
	_, err := s.scenarios.Of(t.Context(), w)
	require.ErrorContains(t, err, "SIM-LOG-503")
}

// lost is a log whose notes can't be reached.
type lost struct{ *eventlogtest.SharedMemory }

func (l lost) Shared() eventlog.Notes { return lostNotes{l.SharedMemory.Shared()} }

type lostNotes struct{ eventlog.Notes }

func (lostNotes) Book(context.Context, uint64, uint64) (eventlog.Book, error) {
	return eventlog.Book{}, context.DeadlineExceeded
}
