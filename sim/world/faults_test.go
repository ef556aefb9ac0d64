package world

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

func strike(t testing.TB, w *World, system, operation string) *Strike {
	t.Helper()
	met, err := w.Strike(context.Background(), system, operation)
	require.NoError(t, err)
	return met
}

func faults(t testing.TB, w *World) []ScriptedFault {
	t.Helper()
	inForce, err := w.Faults(context.Background())
	require.NoError(t, err)
	return inForce
}

// struck says of some requests in a row which were struck, as in "-x-".
func struck(t testing.TB, w *World, system, operation string, requests int) string {
	marks := ""
	for range requests {
		if strike(t, w, system, operation) != nil {
			marks += "x"
		} else {
			marks += "-"
		}
	}
	return marks
}

func TestAFaultStrikesTheRequestsThatItsScriptNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault Fault
		want  string
	}{
		"every one":     {Fault{System: "terminal", Status: 500}, "xxxxxx"},
		"the second":    {Fault{System: "terminal", Status: 500, Skip: 1, Count: 1}, "-x----"},
		"the first two": {Fault{System: "terminal", Status: 500, Count: 2}, "xx----"},
		"all but three": {Fault{System: "terminal", Status: 500, Skip: 3}, "---xxx"},
		"its operation": {Fault{System: "terminal", Operation: "read-card", Status: 500}, "xxxxxx"},
		"another":       {Fault{System: "terminal", Operation: "check-certificate", Status: 500}, "------"},
		"other system":  {Fault{System: "disaster", Status: 500}, "------"},
	} {
		w := created(t, document())
		_, err := w.ScriptFault(t.Context(), c.fault)
		require.NoError(t, err)
		require.Equal(t, c.want, struck(t, w, "terminal", "read-card", 6), name)
	}
}

func TestTheFirstFaultThatStrikesCountsAndAllSeeTheRequest(t *testing.T) {
	t.Parallel()
	w := created(t, document())
	for _, f := range []Fault{{System: "terminal", Delay: "3s", Count: 1}, {System: "terminal", DropConnection: true, Skip: 1, Count: 1}} {
		_, err := w.ScriptFault(t.Context(), f)
		require.NoError(t, err)
	}
	first, second := strike(t, w, "terminal", "read-card"), strike(t, w, "terminal", "read-card")
	require.Equal(t, 3*time.Second, first.Delay)
	require.True(t, second.DropConnection)
	require.Nil(t, strike(t, w, "terminal", "read-card"))
	met := faults(t, w)
	require.Equal(t, []uint64{3, 3, 1, 1}, []uint64{met[0].Seen, met[1].Seen, met[0].Struck, met[1].Struck})
	require.NoError(t, w.ClearFaults(t.Context()))
	require.Empty(t, faults(t, w))
}

// Random faults strike the same requests in every world with the same seed, and about as many as asked for.
func TestARandomFaultIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	random := func(seed uint64) string {
		w := created(t, document())
		_, err := w.ScriptFault(t.Context(), Fault{System: "terminal", Status: 500, Probability: 0.25, Seed: seed})
		require.NoError(t, err)
		return struck(t, w, "terminal", "read-card", 1000)
	}
	first := random(7)
	require.Equal(t, first, random(7))
	require.NotEqual(t, first, random(8))
	hits := 0
	for _, mark := range first {
		if mark == 'x' {
			hits++
		}
	}
	require.InDelta(t, 250, hits, 60)
}

func TestAFaultThatCantBeMeantIsRefused(t *testing.T) {
	t.Parallel()
	w := created(t, document())
	for field, faults := range map[string][]Fault{
		"body.system":      {{System: "terminals", Status: 500}, {Status: 500}},
		"body":             {{System: "terminal"}, {System: "terminal", Skip: 1, Count: 1}},
		"body.status":      {{System: "terminal", Status: 500, Garbage: true}, {System: "terminal", DropConnection: true, Garbage: true}},
		"body.carriedOut":  {{System: "terminal", Delay: "1s", CarriedOut: true}},
		"body.slowBody":    {{System: "terminal", Status: 500, SlowBody: "1s"}, {System: "terminal", SlowBody: "soon"}},
		"body.seed":        {{System: "terminal", Status: 500, Probability: 0.5}},
		"body.probability": {{System: "terminal", Status: 500, Seed: 1}},
		"body.delay":       {{System: "terminal", Delay: "-1s"}, {System: "terminal", Delay: "0s"}, {System: "terminal", Delay: "11m"}, {System: "terminal", Delay: "3"}},
	} {
		for _, f := range faults {
			_, err := w.ScriptFault(t.Context(), f)
			var refusal *problem.Error
			require.ErrorAs(t, err, &refusal, "%+v", f)
			require.Equal(t, field, refusal.Fields[0].Name, "%+v", f)
		}
	}
	require.Empty(t, faults(t, w))
}

func TestAWorldHasABoundedNumberOfFaults(t *testing.T) {
	t.Parallel()
	w := created(t, document())
	var err error
	for range mostFaults + 1 {
		require.NoError(t, err)
		_, err = w.ScriptFault(t.Context(), Fault{System: "terminal", Status: 500})
	}
	require.Equal(t, problem.Conflict, kindOfError(t, err))
}

// A fault is part of the world: whoever opens its log again meets it.
func TestAFaultOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	log := eventlog.NewMemory()
	w, err := registry(t, log).Create(t.Context(), "w", document())
	require.NoError(t, err)
	scripted, err := w.ScriptFault(t.Context(), Fault{System: "terminal", Status: 503, Skip: 1})
	require.NoError(t, err)
	again, err := registry(t, log).World(t.Context(), "w")
	require.NoError(t, err)
	require.Equal(t, []ScriptedFault{scripted}, faults(t, again))
}

func TestLimits(t *testing.T) {
	t.Parallel()
	open := func(limits Limits) *Registry {
		r, err := Open(t.Context(), eventlog.NewMemory(), Sources{
			Wall: func() time.Time { return at(t, "2026-11-22T12:00:00+09:00") }, Seed: func() uint64 { return 1 }, Limits: limits,
		})
		require.NoError(t, err)
		return r
	}
	code := func(err error) string {
		var refusal *problem.Error
		if errors.As(err, &refusal) {
			return refusal.Code
		}
		return ""
	}

	t.Run("worlds", func(t *testing.T) {
		t.Parallel()
		r := open(Limits{Worlds: 2})
		for _, name := range []string{"a", "b"} {
			_, err := r.Create(t.Context(), name, document())
			require.NoError(t, err)
		}
		_, err := r.Create(t.Context(), "c", document())
		require.Equal(t, "SIM-WORLDS-FULL", code(err))
		a, err := r.World(t.Context(), "a")
		require.NoError(t, err)
		_, err = r.Import(t.Context(), "c", a.Events(t.Context()))
		require.Equal(t, "SIM-WORLDS-FULL", code(err))
		require.NoError(t, r.Delete(t.Context(), "a"))
		_, err = r.Create(t.Context(), "c", document())
		require.NoError(t, err)
	})
	t.Run("events of a world", func(t *testing.T) {
		t.Parallel()
		r := open(Limits{Events: 12})
		w, err := r.Create(t.Context(), "w", document())
		require.NoError(t, err)
		for err == nil {
			err = w.AdvanceClock(t.Context(), time.Second)
		}
		require.Equal(t, "SIM-WORLD-FULL", code(err))
		before := w.Now()
		require.Equal(t, "SIM-WORLD-FULL", code(w.AdvanceClock(t.Context(), time.Second)))
		require.Equal(t, before, w.Now(), "nothing was changed")
		require.NoError(t, r.Delete(t.Context(), "w"), "a full world can be deleted")
	})
	t.Run("a full world can still be set right, though a reservation is due", func(t *testing.T) {
		t.Parallel()
		d := document()
		d.RegistrationOpensAt = "2021-05-01T00:00:00+09:00"
		r := open(Limits{Events: 11})
		w, err := r.Create(t.Context(), "w", d)
		require.NoError(t, err)
		_, err = w.PutCheckpoint(t.Context(), "start")
		require.NoError(t, err)
		require.NoError(t, w.Register(t.Context(), "card-h"))
		require.NoError(t, w.AdvanceClock(t.Context(), 60*24*time.Hour))
		_, err = w.Settle(t.Context())
		require.NoError(t, err, "what the clock brings about is no request")
		yes := true
		require.Equal(t, "SIM-WORLD-FULL", code(w.SetFlags(t.Context(), "990010", "B-1", FlagSetting{NonDisclosure: &yes}, "2021-04-01", "申請")))
		hanako, _ := w.Person("hanako")
		require.Equal(t, "SIM-WORLD-FULL", code(w.RemoveProxy(t.Context(), hanako, "portal-taro")), "what a citizen does is no setting right")
		_, err = w.PutMember(t.Context(), "06990014", "A-9", hanako.IndividualNumber, unamended)
		require.Equal(t, "SIM-WORLD-FULL", code(err))
		_, err = w.Restore(t.Context(), "start")
		require.NoError(t, err)
		require.NoError(t, r.Delete(t.Context(), "w"))
	})
	t.Run("a refused import leaves what was there", func(t *testing.T) {
		t.Parallel()
		long, err := open(Limits{}).Create(t.Context(), "long", document())
		require.NoError(t, err)
		r := open(Limits{Events: 5})
		for n := range reserve {
			require.NoError(t, long.AdvanceClock(t.Context(), time.Duration(n+1)*time.Second))
		}
		_, err = r.Create(t.Context(), "w", &Document{})
		require.NoError(t, err)
		_, err = r.Import(t.Context(), "w", long.Events(t.Context()))
		require.Equal(t, "SIM-WORLD-413", code(err))
		_, err = r.World(t.Context(), "w")
		require.NoError(t, err)
	})
	t.Run("open sessions, also after the clock was set back", func(t *testing.T) {
		t.Parallel()
		w, err := open(Limits{Sessions: 2}).Create(t.Context(), "w", document())
		require.NoError(t, err)
		require.NoError(t, w.SetClock(t.Context(), at(t, "2030-01-01T00:00:00+09:00")))
		_, err = w.OpenSession(t.Context(), "card-h", "1234")
		require.NoError(t, err)
		for minute := range 3 {
			require.NoError(t, w.SetClock(t.Context(), at(t, "2021-04-01T09:00:00+09:00").Add(time.Duration(minute)*time.Minute)))
			_, err = w.OpenSession(t.Context(), "card-h", "1234")
			require.Equal(t, map[int]string{0: "", 1: "SIM-MP-FULL", 2: "SIM-MP-FULL"}[minute], code(err))
		}
		require.NoError(t, w.SetClock(t.Context(), at(t, "2021-04-02T09:00:00+09:00")))
		_, err = w.OpenSession(t.Context(), "card-h", "1234")
		require.NoError(t, err)
	})
	t.Run("open sessions", func(t *testing.T) {
		t.Parallel()
		d := document()
		d.Persons[1].Cards = append(d.Persons[1].Cards, Card{CardSerial: "card-2", PIN: "1234"})
		w, err := open(Limits{Sessions: 1}).Create(t.Context(), "w", d)
		require.NoError(t, err)
		_, err = w.OpenSession(t.Context(), "card-h", "1234")
		require.NoError(t, err)
		_, err = w.OpenSession(t.Context(), "card-h", "1234")
		require.NoError(t, err, "the same session at the same instant")
		_, err = w.OpenSession(t.Context(), "card-2", "1234")
		require.Equal(t, "SIM-MP-FULL", code(err))
		require.NoError(t, w.AdvanceClock(t.Context(), sessionLife))
		_, err = w.OpenSession(t.Context(), "card-2", "1234")
		require.NoError(t, err, "sessions end with their time")
	})
	t.Run("requests at the same time", func(t *testing.T) {
		t.Parallel()
		r := open(Limits{Requests: 1})
		busy, err := r.Create(t.Context(), "busy", document())
		require.NoError(t, err)
		idle, err := r.Create(t.Context(), "idle", document())
		require.NoError(t, err)
		require.NoError(t, busy.Enter())
		require.Equal(t, "SIM-WORLD-BUSY", code(busy.Enter()))
		require.NoError(t, idle.Enter(), "another world is free")
		busy.Leave()
		require.NoError(t, busy.Enter())
	})
}
