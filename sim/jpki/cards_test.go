package jpki_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	c1Valid     = `{"cardSerial":"c-1","status":"valid"}`
	c1Suspended = `{"cardSerial":"c-1","status":"suspended"}`
	c1Revoked   = `{"cardSerial":"c-1","status":"revoked"}`
	c1Locked    = `{"cardSerial":"c-1","status":"locked"}`
)

func TestShowCard(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.expect(t, "GET", "/cards/c-1", "", 200, c1Valid)
	s.expect(t, "GET", "/cards/c-0", "", 200, `{"cardSerial":"c-0","status":"revoked"}`)
}

// P15-1, step 1: a stopped card opens nothing until it is lifted.
func TestSuspendAndLift(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.expect(t, "POST", "/cards/c-1/suspension", "", 200, c1Suspended)
	s.expect(t, "GET", "/cards/c-1", "", 200, c1Suspended)
	s.expect(t, "POST", "/cards/c-1/suspension", "", 200, c1Suspended)
	assert.Equal(t, "SIM-CARD-SUSPENDED", s.logIn(t, "c-1", "1111"))

	s.expect(t, "DELETE", "/cards/c-1/suspension", "", 200, c1Valid)
	s.expect(t, "GET", "/cards/c-1", "", 200, c1Valid)
	assert.Empty(t, s.logIn(t, "c-1", "1111"))
	s.refuse(t, office, "DELETE", "/cards/c-1/suspension", "", 409, "SIM-CARD-409", "")
}

type issued struct {
	CardSerial string `json:"cardSerial"`
	PIN        string `json:"pin"`
	Status     string `json:"status"`
}

func (s *server) reissue(t *testing.T, serial string) issued {
	t.Helper()
	status, answer := s.send(office, "POST", "/cards/"+serial+"/reissue", "")
	require.Equal(t, http.StatusCreated, status, answer)
	var members map[string]string
	require.NoError(t, json.Unmarshal([]byte(answer), &members))
	require.Len(t, members, 3, "cardSerial, pin, status")
	return issued{members["cardSerial"], members["pin"], members["status"]}
}

// The old card is revoked, for good, and the new one works with its own PIN.
func TestReissue(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	card := s.reissue(t, "c-1")
	assert.NotContains(t, []string{"", "c-1", "c-0"}, card.CardSerial)
	assert.Regexp(t, `^[0-9]{4}$`, card.PIN)
	assert.Equal(t, "valid", card.Status)
	s.expect(t, "GET", "/cards/"+card.CardSerial, "", 200, `{"cardSerial":"`+card.CardSerial+`","status":"valid"}`)
	s.expect(t, "GET", "/cards/c-1", "", 200, c1Revoked)
	assert.Equal(t, "SIM-CARD-REVOKED", s.logIn(t, "c-1", "1111"))
	assert.Empty(t, s.logIn(t, card.CardSerial, card.PIN))
	for _, call := range [][3]string{
		{"POST", "/suspension", ""}, {"DELETE", "/suspension", ""}, {"POST", "/reissue", ""}, {"POST", "/pin", `{"pin":"2222"}`},
	} {
		s.refuse(t, office, call[0], "/cards/c-1"+call[1], call[2], 409, "SIM-CARD-409", "")
	}
}

// The registration does not pass to the new card; it is done anew.
func TestReissueLeavesTheRegistrationBehind(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	registeredWith := func(serial string) bool {
		p, known := s.world.PersonByCard(serial)
		require.True(t, known)
		return p.RegistrationWith(serial).Status == "completed"
	}
	require.True(t, registeredWith("c-1"))
	card := s.reissue(t, "c-1")
	assert.False(t, registeredWith(card.CardSerial))
	require.NoError(t, s.world.Register(t.Context(), card.CardSerial))
	assert.True(t, registeredWith(card.CardSerial))
}

// P15-1: stopped first, then reissued.
func TestReissueSuspended(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.expect(t, "POST", "/cards/c-1/suspension", "", 200, c1Suspended)
	card := s.reissue(t, "c-1")
	assert.Equal(t, "valid", card.Status)
	s.expect(t, "GET", "/cards/c-1", "", 200, c1Revoked)
	again := s.reissue(t, card.CardSerial)
	assert.NotEqual(t, card.CardSerial, again.CardSerial)
}

// The third wrong PIN in a row locks a card; a new PIN clears the lock, and the old one is wrong from then on.
func TestSetPINClearsTheLock(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for range 3 {
		assert.Equal(t, "SIM-CARD-PIN", s.logIn(t, "c-1", "9999"))
	}
	s.expect(t, "GET", "/cards/c-1", "", 200, c1Locked)
	assert.Equal(t, "SIM-CARD-LOCKED", s.logIn(t, "c-1", "1111"))

	s.expect(t, "POST", "/cards/c-1/pin", `{"pin":"2222"}`, 200, c1Valid)
	assert.Equal(t, "SIM-CARD-PIN", s.logIn(t, "c-1", "1111"))
	assert.Empty(t, s.logIn(t, "c-1", "2222"))
}

// A stopped card is that before it is locked, and a new PIN does not lift the stop.
func TestSuspendedAndLocked(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for range 3 {
		s.logIn(t, "c-1", "9999")
	}
	s.expect(t, "POST", "/cards/c-1/suspension", "", 200, c1Suspended)
	s.expect(t, "DELETE", "/cards/c-1/suspension", "", 200, c1Locked)
	s.expect(t, "POST", "/cards/c-1/suspension", "", 200, c1Suspended)
	s.expect(t, "POST", "/cards/c-1/pin", `{"pin":"2222"}`, 200, c1Suspended)
	s.expect(t, "DELETE", "/cards/c-1/suspension", "", 200, c1Valid)
}

func TestCardRefusals(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, call := range [][3]string{
		{"GET", "", ""}, {"POST", "/suspension", ""}, {"DELETE", "/suspension", ""}, {"POST", "/reissue", ""}, {"POST", "/pin", `{"pin":"2222"}`},
	} {
		s.refuse(t, office, call[0], "/cards/nobody"+call[1], call[2], 404, "SIM-CARD-404", "")
	}
	for body, field := range map[string]string{
		`{"pin":"12"}`: "body.pin", `{"pin":"12345"}`: "body.pin", `{"pin":"１２３４"}`: "body.pin", `{"pin":1234}`: "body.pin", `{}`: "body.pin",
		`{"pin":"2222","pim":"2222"}`: "body.pim",
	} {
		s.refuse(t, office, "POST", "/cards/c-1/pin", body, 422, "SIM-REQ-422", field)
	}
	s.refuse(t, office, "POST", "/cards/c-1/pin", `{`, 400, "SIM-REQ-400", "body")
	assert.Empty(t, s.logIn(t, "c-1", "1111"), "the PIN is as it was")
}
