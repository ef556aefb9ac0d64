package containers_test

import "testing"

// TestOneContainerIsTheWholeSimulator: what docker compose starts by default passes the conformance suite and all scenarios.
func TestOneContainerIsTheWholeSimulator(t *testing.T) {
	t.Parallel()
	needEngine(t)
	single := up(t, "single", nil, "SIM_PORT", "SIM_CONTROL_PORT")
	public, control := single.urls["SIM_PORT"], single.urls["SIM_CONTROL_PORT"]
	examine(t, public, control)
	playAll(t, public, control)
}
