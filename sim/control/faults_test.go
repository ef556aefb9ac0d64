package control_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	list := func() []world.ScriptedFault {
		return read[struct{ Faults []world.ScriptedFault }](t, p.send(http.MethodGet, "/worlds/t1/faults", ""), http.StatusOK).Faults
	}
	require.Empty(t, list())
	scripted := read[world.ScriptedFault](t, p.send(http.MethodPost, "/worlds/t1/faults",
		`{"system": "terminal", "operation": "read-card", "skip": 1, "count": 1, "delay": "3s"}`), http.StatusCreated)
	want := world.ScriptedFault{ID: "fault-1", Fault: world.Fault{System: "terminal", Operation: "read-card", Skip: 1, Count: 1, Delay: "3s"}}
	require.Equal(t, want, scripted)
	require.Equal(t, []world.ScriptedFault{want}, list())
	require.Equal(t, http.StatusNoContent, p.send(http.MethodDelete, "/worlds/t1/faults", "").Code)
	require.Empty(t, list())
}

// A misspelt operation would strike nothing, and the test that relies on it would pass for the wrong reason.
func TestFaultsRefuse(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for body, field := range map[string]string{
		`{"system": "terminal", "operation": "read-crad", "status": 500}`:          "body.operation",
		`{"system": "terminal", "operation": "terminal-read-card", "status": 500}`: "body.operation",
		`{"system": "disaster", "operation": "read-card", "status": 500}`:          "body.operation",
		`{"system": "control", "status": 500}`:                                     "body.system",
		`{"status": 500}`:                                                          "body.system",
		`{"system": "terminal", "status": 200}`:                                    "body.status",
		`{"system": "terminal", "status": 500, "dropConection": true}`:             "body.dropConection",
		`{"system": "terminal", "status": 500, "skip": -1}`:                        "body.skip",
		`{"system": "terminal", "status": 500, "probability": 1.5, "seed": 1}`:     "body.probability",
		`{"system": "terminal"}`:                                                   "body",
		`{"system": "terminal", "delay": "3"}`:                                     "body.delay",
	} {
		refused(t, p.send(http.MethodPost, "/worlds/t1/faults", body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
}
