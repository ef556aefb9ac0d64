package simtest_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/world"
	"onshisim/simtest"
)

// The tests here are to be read first: each is a vendor's test of the program reception.

const clinic = "9910020024"

// at is the program under test in a world.
func at(t *testing.T, w *simtest.World) *reception {
	t.Helper()
	counter := &reception{terminal: w.Terminal(), token: w.Token(t, clinic)}
	counter.client.Timeout = 30 * time.Second
	counter.client.Transport = &http.Transport{}
	t.Cleanup(counter.client.CloseIdleConnections)
	return counter
}

// TestAddressOfProtectedPersonIsNotShown: the first integration test. A flag is set, and from the next answer on the
// counter shows no address (P9-1); it is lifted, and shows again.
func TestAddressOfProtectedPersonIsNotShown(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	counter := at(t, w)
	member := w.Person(t, "ichiro").Members[0]

	line, err := counter.check(t.Context(), ichiro)
	require.NoError(t, err)
	require.Contains(t, line, member.Address)

	w.SetFlags(t, member.PersonalInsuredNumber, simtest.Flags{NonDisclosure: new(true)})
	line, err = counter.check(t.Context(), ichiro)
	require.NoError(t, err)
	require.Equal(t, "標準　一郎　住所: －", line)

	w.SetFlags(t, member.PersonalInsuredNumber, simtest.Flags{NonDisclosure: new(false)})
	line, err = counter.check(t.Context(), ichiro)
	require.NoError(t, err)
	require.Contains(t, line, member.Address)
}

// TestLostAnswerIsAskedForAgain: the second answer of the terminal does not come; the program asks a third time.
func TestLostAnswerIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	counter := at(t, w)
	w.Fault(t, world.Fault{System: "terminal", Operation: "check-certificate", Skip: 1, Count: 1, DropConnection: true})

	for range 2 {
		line, err := counter.check(t.Context(), hanako)
		require.NoError(t, err)
		require.Equal(t, "架空　花子　住所: －", line)
	}
	w.Verify(t, journal.Expectation{Match: map[string]any{"operation": "check-certificate"}, Exactly: new(3)})
	w.Verify(t, journal.Expectation{Match: map[string]any{"operation": "check-certificate", "fault": "fault-1"}, Exactly: new(1)})
}

// TestLateAnswerIsNotWaitedFor: the answer comes late; the program gives up and asks again.
func TestLateAnswerIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	counter := at(t, w)
	counter.client.Timeout = 3 * time.Second
	w.Fault(t, world.Fault{System: "terminal", Count: 1, Delay: "1m"})
	line, err := counter.check(t.Context(), hanako)
	require.NoError(t, err)
	require.Equal(t, "架空　花子　住所: －", line)
}

// TestJournalTellsWhatWasAskedAndWhy: what the program sent, and what was decided about it by which rule. When it is not as
// expected, the report names the request that came closest.
func TestJournalTellsWhatWasAskedAndWhy(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	_, err := at(t, w).check(t.Context(), hanako)
	require.NoError(t, err)

	asked := map[string]any{
		"actor":     map[string]any{"code": clinic},
		"request":   map[string]any{"insuredCardSymbol": "2002"},
		"decisions": []any{map[string]any{"person": "hanako", "outcome": "addressHidden"}},
	}
	w.Verify(t, journal.Expectation{Match: asked, Exactly: new(1)})
	page := w.Journal(t, journal.Query{Person: "hanako"})
	require.Equal(t, "P12-5", page.Entries[0].Decisions[0].Rule)

	asked["request"] = map[string]any{"insuredCardSymbol": "2003"}
	failed := recording(t, func(t *fake) { w.Verify(t, journal.Expectation{Match: asked}) })
	require.Contains(t, failed.errors, "#1 POST /terminal/certificate-checks")
	require.Contains(t, failed.errors, `request.insuredCardSymbol: expected "2003", got "2002"`)
}

// TestOurTestWouldNotice: an own test is worth something if it fails where a rule is broken. Each mutant breaks one; those
// that this check of the counter has to notice are named.
func TestOurTestWouldNotice(t *testing.T) {
	t.Parallel()
	s := simtest.Run(t)
	showsNoAddress := func(w *simtest.World) bool {
		line, err := at(t, w).check(t.Context(), hanako)
		return err == nil && line == "架空　花子　住所: －"
	}
	require.True(t, showsNoAddress(s.World()), "by the notice it passes")

	mutants, err := s.Plane().Mutants(t.Context())
	require.NoError(t, err)
	var noticed []string
	for _, m := range mutants {
		s.World().Mutant(t, m.Name)
		if !showsNoAddress(s.World()) {
			noticed = append(noticed, m.Name)
		}
	}
	for _, name := range []string{"certificate-withheld", "postal-code-shown", "address-masked"} {
		require.True(t, slices.Contains(noticed, name), name)
	}
}
