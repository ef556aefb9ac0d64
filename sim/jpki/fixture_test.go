package jpki_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/jpki"
	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

const (
	office   = "card-office-token"
	insurer  = "insurer-token"
	agency   = "agency-token"
	hospital = "hospital-token"
)

// server is the card office with a world of one person, whose card c-1 is registered and has the PIN 1111.
type server struct {
	http.Handler
	world *world.World
}

func newServer(t *testing.T) *server {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) },
		Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	member := world.Member{PersonalInsuredNumber: "p-1"}
	member.InsurerNumber = "06990014"
	w, err := worlds.Create(t.Context(), web.DefaultWorld, &world.Document{
		Seed: 1, Now: "2021-04-01T09:00:00+09:00",
		Insurers:     []world.Insurer{{InsurerNumber: "06990014", Token: insurer}},
		Agencies:     []world.Agency{{AgencyCode: "welfare", Token: agency}},
		Institutions: []world.Institution{{MedicalInstitutionCode: "9919990011", Token: hospital}},
		CardOffice:   world.CardOffice{Token: office},
		Persons: []world.Person{{
			ID: "hanako", IndividualNumber: "990000010015", Members: []world.Member{member},
			Cards:          []world.Card{{CardSerial: "c-1", PIN: "1111"}, {CardSerial: "c-0", PIN: "0000", Status: world.CardRevoked}},
			RegisteredCard: "c-1",
		}},
	})
	require.NoError(t, err)
	s := web.New(web.Config{Title: "Test", Version: "1", Logger: slog.New(slog.DiscardHandler)})
	jpki.Mount(s.API, worlds)
	return &server{openapitest.Checked(t, s), w}
}

// send asks with a token; target is a path below /jpki.
func (s *server) send(token, method, target, body string) (status int, answer string) {
	r := httptest.NewRequest(method, "/jpki"+target, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// expect asks as the card office and compares the whole answer.
func (s *server) expect(t *testing.T, method, target, body string, status int, want string) {
	t.Helper()
	got, answer := s.send(office, method, target, body)
	require.Equal(t, status, got, answer)
	assert.JSONEq(t, want, answer)
}

// refuse asks with a token and checks the refusal; field is empty where none is to blame.
func (s *server) refuse(t *testing.T, token, method, target, body string, status int, code, field string) {
	t.Helper()
	got, answer := s.send(token, method, target, body)
	require.Equal(t, status, got, answer)
	var p web.Problem
	require.NoError(t, json.Unmarshal([]byte(answer), &p))
	assert.Equal(t, code, p.Code)
	if field == "" {
		assert.Empty(t, p.Errors)
		return
	}
	require.Len(t, p.Errors, 1)
	assert.Equal(t, field, p.Errors[0].Field)
}

// logIn tries to log in to Mynaportal and gives the code of the refusal, empty if there is none.
func (s *server) logIn(t *testing.T, serial, pin string) (refused string) {
	t.Helper()
	_, err := s.world.OpenSession(t.Context(), serial, pin)
	if err == nil {
		return ""
	}
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	return refusal.Code
}

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, op := range []struct{ method, target, body string }{
		{"GET", "/cards/c-1", ""},
		{"POST", "/cards/c-1/suspension", ""},
		{"DELETE", "/cards/c-1/suspension", ""},
		{"POST", "/cards/c-1/reissue", ""},
		{"POST", "/cards/c-1/pin", `{"pin":"2222"}`},
		{"POST", "/individual-numbers/990000010015/change", ""},
	} {
		t.Run(op.method+" "+op.target, func(t *testing.T) {
			t.Parallel()
			for _, token := range []string{"", "unknown-token"} {
				s.refuse(t, token, op.method, op.target, op.body, 401, "SIM-AUTH-401", "")
			}
			for _, token := range []string{insurer, agency, hospital} {
				s.refuse(t, token, op.method, op.target, op.body, 403, "SIM-AUTH-403", "")
			}
			p, known := s.world.PersonByIndividualNumber("990000010015")
			require.True(t, known, "nothing was changed")
			assert.Equal(t, "valid", p.Card("c-1").State(), "nothing was changed")
		})
	}
}

func TestDownInFailureMode(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	require.NoError(t, s.world.SetMode(t.Context(), world.Mode{Mode: world.ModeFailure, Systems: []string{"jpki"}}))
	s.refuse(t, office, "GET", "/cards/c-1", "", 503, "SIM-SYS-503", "")
}
