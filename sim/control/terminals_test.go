package control_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// terminal is the path of a terminal's operations; its world has one institution.
const terminal = "/worlds/t1/terminals/9919990011"

func (p *plane) withInstitution(t *testing.T) *world.World {
	t.Helper()
	read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1", `{"world": {"now": "2021-04-01T09:00:00+09:00",
		"institutions": [{"medicalInstitutionCode": "9919990011", "token": "hospital"}]}}`), http.StatusCreated)
	w, err := p.worlds.World(t.Context(), "t1")
	require.NoError(t, err)
	return w
}

// TestTakeFile gives a terminal its token, the world's time, and the fault that strikes.
func TestTakeFile(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.withInstitution(t)
	take := func(message string) world.TakenFile {
		taken := read[world.TakenFile](t, p.send(http.MethodPost, terminal+"/files", `{"message": "`+message+`"}`), http.StatusOK)
		require.Equal(t, "hospital", taken.Token)
		require.True(t, taken.Now.Equal(time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)))
		return taken
	}
	require.Nil(t, take("OQSsiquc01").Fault)
	read[world.ScriptedFault](t, p.send(http.MethodPost, "/worlds/t1/faults",
		`{"system": "oqs", "operation": "OQSsiquc01", "skip": 1, "count": 1, "file": "partial", "delay": "2s"}`), http.StatusCreated)
	require.Nil(t, take("OQSsiquc01").Fault, "it passes the first")
	require.Nil(t, take("face").Fault, "it is about another message")
	require.Equal(t, &world.FileFault{ID: "fault-1", File: "partial", Delay: "2s"}, take("OQSsiquc01").Fault)
	require.Nil(t, take("OQSsiquc01").Fault, "it strikes once")

	read[world.ScriptedFault](t, p.send(http.MethodPost, "/worlds/t1/faults", `{"system": "oqs", "file": "error"}`), http.StatusCreated)
	again := read[world.TakenFile](t, p.send(http.MethodPost, terminal+"/files", `{}`), http.StatusOK)
	require.Nil(t, again.Fault, "a file that was taken before is struck by no other fault")
	refused(t, p.send(http.MethodPost, terminal+"/files", `{"message": "OQSsiquc02"}`), http.StatusUnprocessableEntity, "SIM-REQ-422", "body.message")
	refused(t, p.send(http.MethodPost, "/worlds/t1/terminals/9919990012/files", `{"message": "face"}`), http.StatusNotFound, "SIM-ORG-404")
	refused(t, p.send(http.MethodPost, "/worlds/none/terminals/9919990011/files", `{"message": "face"}`), http.StatusNotFound, "SIM-WORLD-404")
}

func TestFaultsOfFilesRefuse(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.withInstitution(t)
	for body, field := range map[string]string{
		`{"system": "oqs"}`: "body",
		`{"system": "oqs", "operation": "read-card", "file": "error"}`:     "body.operation",
		`{"system": "oqs", "file": "garbage"}`:                             "body.file",
		`{"system": "oqs", "file": "error", "status": 500}`:                "body.system",
		`{"system": "oqs", "file": "error", "dropConnection": true}`:       "body.system",
		`{"system": "oqs", "file": "locked", "delay": "-1s"}`:              "body.delay",
		`{"system": "oqs", "file": "error", "probability": 0.5}`:           "body.seed",
		`{"system": "terminal", "file": "error"}`:                          "body.file",
		`{"system": "terminal", "operation": "OQSsiquc01", "delay": "3s"}`: "body.operation",
	} {
		refused(t, p.send(http.MethodPost, "/worlds/t1/faults", body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
}

// TestPresentations: a card is put on the reader, waits, and its outcome is told to whoever waits for it.
func TestPresentations(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.withInstitution(t)
	cards := func(query string) []world.Presentation {
		return read[struct{ Presentations []world.Presentation }](t, p.send(http.MethodGet, terminal+"/presentations"+query, ""), http.StatusOK).Presentations
	}
	require.Empty(t, cards(""))
	presented := read[world.Presentation](t, p.send(http.MethodPost, terminal+"/presentations",
		`{"cardSerial": "card-1", "verification": {"method": "pin", "pin": "1234"}, "consents": {"medicines": true}}`), http.StatusCreated)
	require.Equal(t, "waiting", presented.Status)
	require.Equal(t, "2021-04-01T09:00:00+09:00", presented.PresentedAt)
	require.True(t, presented.Consents.Medicines)
	require.Equal(t, []world.Presentation{presented}, cards("?status=waiting&wait=5"))

	told := make(chan world.Presentation, 1)
	go func() {
		told <- read[world.Presentation](t, p.send(http.MethodGet, terminal+"/presentations/"+presented.ID+"?wait=5", ""), http.StatusOK)
	}()
	ended := read[world.Presentation](t, p.send(http.MethodPost, terminal+"/presentations/"+presented.ID+"/outcome",
		`{"status": "refused", "code": "SIM-CARD-PIN", "message": "wrong"}`), http.StatusOK)
	require.Equal(t, ended, <-told)
	require.Equal(t, "SIM-CARD-PIN", ended.Code)
	require.Empty(t, cards("?status=waiting"))

	refused(t, p.send(http.MethodPost, terminal+"/presentations/"+presented.ID+"/outcome", `{"status": "read"}`), http.StatusConflict, "SIM-READER-409")
	refused(t, p.send(http.MethodGet, terminal+"/presentations/none", ""), http.StatusNotFound, "SIM-READER-404")
	for body, field := range map[string]string{
		`{"verification": {"method": "staff"}}`:                                                  "body.cardSerial",
		`{"cardSerial": "card-1"}`:                                                               "body.verification",
		`{"cardSerial": "card-1", "verification": {"method": "pin"}}`:                            "body.verification.pin",
		`{"cardSerial": "card-1", "verification": {"method": "look"}}`:                           "body.verification.method",
		`{"cardSerial": "` + strings.Repeat("1", 65) + `", "verification": {"method": "staff"}}`: "body.cardSerial",
	} {
		refused(t, p.send(http.MethodPost, terminal+"/presentations", body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
}
