package simtest_test

import (
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/world"
	"onshisim/simtest"
)

// mark is what tells a test's own persons from all others: it stands in each of their texts.
var mark = regexp.MustCompile(`\d{3}番世界`)

// resident is the person of one test, moved from an insurer to another, with the mark in all that can be shown.
func resident(mark string) world.Person {
	at := func(insurer, from, to string) world.Member {
		return world.Member{PersonalInsuredNumber: mark + insurer, Eligibility: world.Eligibility{
			InsurerNumber: insurer, InsuredCardSymbol: "1", InsuredIdentificationNumber: "1", QualificationDate: from, DisqualificationDate: to,
		}}
	}
	return world.Person{
		ID: "resident", Name: mark + "の人", NameKana: "ジュウニン", Birthdate: "1990-02-03", Address: "架空県" + mark + "町",
		Cards:          []world.Card{{CardSerial: "card-resident", PIN: "1234"}},
		RegisteredCard: "card-resident",
		Members:        []world.Member{at("06990014", "2010-04-01", "2020-04-01"), at("990010", "2020-04-01", "")},
		Medicines:      []world.Medicine{{MedicineName: mark + "錠", InstitutionName: mark + "医院"}},
	}
}

// TestWorldsShareNothing: 200 tests at once, each with a world and a person of its own under the same numbers, tokens and
// cards. Each sees its own flags and nothing of another's.
func TestWorldsShareNothing(t *testing.T) {
	t.Parallel()
	const tests = 200
	s := simtest.Run(t)
	var begun, ended sync.WaitGroup // all worlds are there before the first is asked
	begun.Add(tests)
	failures := make([]*fake, tests)
	for i := range tests {
		ended.Go(func() {
			failures[i] = recording(t, func(t *fake) {
				ready := sync.OnceFunc(begun.Done)
				defer ready()
				w := s.NewWorld(t)
				ready()
				begun.Wait()
				live(t, w, fmt.Sprintf("%03d番世界", i), i)
			})
		})
	}
	ended.Wait()
	for _, f := range failures {
		require.Empty(t, f.errors+f.fatal)
	}
	worlds, err := s.Plane().Worlds(t.Context())
	require.NoError(t, err)
	require.Len(t, worlds, 1, "each went with its test")
}

// live arranges a person and flags that depend on the number, and asks about the person by every door.
func live(t *fake, w *simtest.World, own string, i int) {
	t.Helper()
	hidden, withheld := i%2 == 1, i%4 >= 2
	p := w.PutPerson(t, resident(own))
	w.SetFlags(t, p.Members[0].PersonalInsuredNumber, simtest.Flags{NonDisclosure: &hidden})
	w.SetFlags(t, p.Members[1].PersonalInsuredNumber, simtest.Flags{SelfInformationBlocked: &withheld})
	w.Advance(t, time.Duration(i+1)*time.Second)

	var seen []byte
	ask := func(method, path, token string, body any) *simtest.Answer {
		answer := w.Do(t, method, path, token, body)
		require.Equal(t, http.StatusOK, answer.Status, answer)
		seen = append(seen, answer.Body...)
		return answer
	}
	session, hospital := w.LogIn(t, "card-resident", "1234"), w.Token(t, "9919990011")
	for _, path := range []string{"/self-information", "/eligibility", "/medicines", "/exchange-records"} {
		ask(http.MethodGet, "/mynaportal"+path, session, nil)
	}
	ask(http.MethodGet, "/intermediate/members?limit=1000", w.Token(t, "990010"), nil)
	card := ask(http.MethodPost, "/terminal/card-reads", hospital, `{"cardSerial": "card-resident", "verification": {"method": "pin", "pin": "1234"}}`)
	require.Equal(t, withheld, len(card.Field(t, "results").([]any)) == 0, "P12-4")
	checked := ask(http.MethodPost, "/terminal/certificate-checks", hospital, certificate{"990010", "1", "1", "1990-02-03"})
	address := "架空県" + own + "町"
	if hidden || withheld {
		address = ""
	}
	require.Equal(t, address, checked.Field(t, "results.0.address"), "P12-5, P13-2")

	require.Equal(t, time.Date(2021, 4, 1, 9, 0, i+1, 0, world.JST), w.Now(t))
	w.Verify(t, journal.Expectation{Match: map[string]any{"operation": "check-certificate"}, Exactly: new(1)})
	for _, found := range mark.FindAllString(string(seen), -1) {
		require.Equal(t, own, found)
	}
	require.Contains(t, string(seen), own)
}

// TestSimulatorsShareNothing: two in one process, with the same first world.
func TestSimulatorsShareNothing(t *testing.T) {
	t.Parallel()
	a, b := simtest.Run(t), simtest.Run(t)
	require.NotEqual(t, a.PublicURL, b.PublicURL)
	require.NotEqual(t, a.ControlToken, b.ControlToken)
	a.World().PutPerson(t, resident("001番世界"))
	_, err := b.World().Control.Person(t.Context(), "resident")
	require.ErrorContains(t, err, "404")
	plane := b.Plane()
	plane.Token = a.ControlToken
	_, err = plane.Worlds(t.Context())
	require.ErrorContains(t, err, "SIM-AUTH-401")
}
