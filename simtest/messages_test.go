package simtest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/world"
	"onshisim/simtest"
)

// TestHelpersSayWhatIsWrong: a helper that can't do what it was asked for ends the test with what was asked, what is wrong
// and, where there is a choice, what there is.
func TestHelpersSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := simtest.Run(t)
	w := s.NewWorld(t)
	answer := w.Do(t, http.MethodPost, "/terminal/certificate-checks", w.Token(t, clinic), hanako)
	for said, part := range map[string]func(t *fake){
		`no organisation "0000000000"; it has 01990019, 06990014,`: func(t *fake) { w.Token(t, "0000000000") },
		`read person "nobody"`:                   func(t *fake) { w.Person(t, "nobody") },
		`explain person "nobody"`:                func(t *fake) { w.Explain(t, "nobody") },
		"body.birthdate":                         func(t *fake) { w.PutPerson(t, world.Person{ID: "p", Birthdate: "2001-02-29"}) },
		`has the personal insured number "none"`: func(t *fake) { w.SetFlags(t, "none", simtest.Flags{NonDisclosure: new(true)}) },
		`set flags of "0699001410011000101": 422 Unprocessable Entity`:    func(t *fake) { w.SetFlags(t, "0699001410011000101", simtest.Flags{}) },
		`log in with card "card-ichiro-1": 403 Forbidden`:                 func(t *fake) { w.LogIn(t, "card-ichiro-1", "0000") },
		"advance the clock by 1ms":                                        func(t *fake) { w.Advance(t, time.Millisecond) },
		"set the clock to 0001-01-01T00:00:00Z":                           func(t *fake) { w.SetClock(t, time.Time{}) },
		`set mode "war"`:                                                  func(t *fake) { w.SetMode(t, world.Mode{Mode: "war"}) },
		"body.operation":                                                  func(t *fake) { w.Fault(t, world.Fault{System: "terminal", Operation: "check", Status: 500}) },
		`mutant "wrong"`:                                                  func(t *fake) { w.Mutant(t, "wrong") },
		`restore checkpoint "none"`:                                       func(t *fake) { w.Restore(t, "none") },
		`put checkpoint "日"`:                                              func(t *fake) { w.Checkpoint(t, "日") },
		"verify the journal":                                              func(t *fake) { w.Verify(t, journal.Expectation{Match: map[string]any{"sistem": "terminal"}}) },
		`no scenario "none"`:                                              func(t *fake) { s.NewWorld(t, simtest.Scenario("none")) },
		`no scenario "never"`:                                             func(t *fake) { simtest.Run(t, simtest.Scenario("never")) },
		"Image names what Container runs":                                 func(t *fake) { simtest.Run(t, simtest.Image("onshisim")) },
		"Limits.Journal.Body goes with Run":                               func(t *fake) { simtest.Container(t, simtest.Limits(world.Limits{Journal: journal.Limits{Body: 1}})) },
		`no "results.0.adress": it.results.0 holds the fields address, b`: func(t *fake) { answer.Field(t, "results.0.adress") },
		`no "results.1": it.results holds 1 elements`:                     func(t *fake) { answer.Field(t, "results.1") },
		"can't be written as JSON":                                        func(t *fake) { w.Do(t, http.MethodPost, "/", "", make(chan int)) },
		"can't be read into a *int":                                       func(t *fake) { answer.JSON(t, new(int)) },
	} {
		f := recording(t, part)
		require.Contains(t, f.fatal, said)
		require.Contains(t, f.fatal, "simtest: ")
	}
}

// TestNoAnswerEndsTheTest: with what stands in its place.
func TestNoAnswerEndsTheTest(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	w.Fault(t, world.Fault{System: "terminal", DropConnection: true})
	f := recording(t, func(t *fake) { w.Do(t, http.MethodPut, "/terminal/reference-numbers", w.Token(t, clinic), "{}") })
	require.Contains(t, f.fatal, "no answer: ")
	w.ClearFaults(t)
	require.NotZero(t, w.Do(t, http.MethodPut, "/terminal/reference-numbers", w.Token(t, clinic), "{}").Status)
}
