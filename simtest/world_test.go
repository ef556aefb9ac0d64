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

func TestWorldOfDocument(t *testing.T) {
	t.Parallel()
	s := simtest.Run(t, simtest.Document(world.Document{
		Insurers:     []world.Insurer{{InsurerNumber: "06990014"}},
		Institutions: []world.Institution{{MedicalInstitutionCode: clinic}},
		Persons:      []world.Person{{ID: "kaede", Members: []world.Member{{Eligibility: world.Eligibility{InsurerNumber: "06990014"}}}}},
	}))
	w := s.World()
	require.Equal(t, s.PublicURL, w.URL())
	require.Equal(t, "2021-04-01T09:00:00+09:00", w.Now(t).Format(time.RFC3339))
	require.NotEmpty(t, w.Token(t, clinic), "drawn")
	require.NotEmpty(t, w.CardOfficeToken())
	require.Equal(t, w.Person(t, "kaede").Address, w.Person(t, "kaede").Members[0].Address)

	later := time.Date(2022, 1, 1, 0, 0, 0, 0, world.JST)
	own := s.NewWorld(t, simtest.Scenario("qa/qa-3"), simtest.Clock(later))
	require.Equal(t, s.PublicURL+"/w/"+own.Name+"/disaster", own.Disaster())
	require.True(t, own.Now(t).Equal(later))
}

// TestSameDocumentSameWorld: in two simulators the same test gets the same world, to the last drawn token.
func TestSameDocumentSameWorld(t *testing.T) {
	t.Parallel()
	document := simtest.Document(world.Document{Insurers: []world.Insurer{{InsurerNumber: "06990014"}}})
	a, b := simtest.Run(t), simtest.Run(t)
	first, second := a.NewWorld(t, document), a.NewWorld(t, document)
	again := b.NewWorld(t, document)
	require.Equal(t, first.Name, again.Name)
	require.Equal(t, first.Token(t, "06990014"), again.Token(t, "06990014"))
	require.NotEqual(t, first.Token(t, "06990014"), second.Token(t, "06990014"), "a token of one world opens nothing in another")
}

func TestArranging(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).NewWorld(t)
	w.Checkpoint(t, "before")
	p := w.PutPerson(t, world.Person{ID: "kaede", Address: "架空県避難町七丁目7番7号", Members: []world.Member{{
		PersonalInsuredNumber: "k-1", Eligibility: world.Eligibility{InsurerNumber: "06990014"},
	}}, Cards: []world.Card{{CardSerial: "card-kaede"}}, RegisteredCard: "card-kaede"})
	require.Equal(t, p, w.Person(t, "kaede"))
	session := w.LogIn(t, "card-kaede", p.Cards[0].PIN)
	eligibility := w.Do(t, http.MethodGet, "/mynaportal/eligibility", session, nil)
	require.Equal(t, "06990014", eligibility.Field(t, "items.0.insurerNumber"))

	w.SetFlags(t, "k-1", simtest.Flags{
		NonDisclosure: new(true), SelfInformationBlocked: new(true), Reason: "保護", AppliedOn: "2021-03-31", Items: []string{"checkups"},
	})
	flags := w.Person(t, "kaede").Members[0].Flags
	require.Equal(t, []world.ItemFlags{{Item: "checkups", NonDisclosure: true, SelfInformationBlocked: true}}, flags.Items)
	history := w.Do(t, http.MethodGet, "/intermediate/members/k-1/flags", w.Token(t, "06990014"), nil)
	require.Equal(t, "保護", history.Field(t, "history.0.reason"))
	require.Equal(t, "2021-03-31", history.Field(t, "history.0.appliedOn"))
	require.NotEmpty(t, w.Explain(t, "kaede"))

	before := w.Now(t)
	w.Advance(t, 36*time.Hour)
	require.Equal(t, before.Add(36*time.Hour), w.Now(t))
	w.SetClock(t, before.AddDate(1, 0, 0))
	require.Equal(t, before.AddDate(1, 0, 0), w.Now(t))

	w.SetMode(t, world.Mode{Mode: world.ModeFailure, Systems: []string{"mynaportal"}})
	require.Equal(t, http.StatusServiceUnavailable, w.Do(t, http.MethodGet, "/mynaportal/eligibility", session, nil).Status)

	w.Restore(t, "before")
	require.Equal(t, before, w.Now(t))
	require.Equal(t, http.StatusUnauthorized, w.Do(t, http.MethodGet, "/mynaportal/eligibility", session, nil).Status)
	require.Len(t, w.Journal(t, journal.Query{System: "mynaportal"}).Entries, 4, "the journal goes on")
}

// TestBodyIsSentAsItIs, so that a test can send what is wrong.
func TestBodyIsSentAsItIs(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	for _, body := range []any{`{"cardSerial": `, []byte(`{"cardSerial": `)} {
		require.Equal(t, "SIM-REQ-400", w.Do(t, http.MethodPost, "/mynaportal/sessions", "", body).Field(t, "code"))
	}
	require.Equal(t, "SIM-REQ-422", w.Do(t, http.MethodPost, "/mynaportal/sessions", "", map[string]any{"cardSerial": nil}).Field(t, "code"))
}

// TestLimits: the simulator refuses what goes over them.
func TestLimits(t *testing.T) {
	t.Parallel()
	s := simtest.Run(t, simtest.Limits(world.Limits{Worlds: 2}))
	s.NewWorld(t)
	f := recording(t, func(t *fake) { s.NewWorld(t) })
	require.Contains(t, f.fatal, "SIM-WORLDS-FULL")
}
