package containers_test

import (
	"testing"
)

// TestOneContainerIsTheWholeSimulator: what docker compose starts by default passes the conformance suite and all scenarios.
func TestOneContainerIsTheWholeSimulator(t *testing.T) {
	t.Parallel()
	single := &layout{profile: "single", ports: []string{"SIM_PORT", "SIM_CONTROL_PORT"}}
	single.up(t)
	t.Cleanup(single.end)
	public, control := single.urls["SIM_PORT"], single.urls["SIM_CONTROL_PORT"]
	examine(t, public, control)
	playAll(t, public, control)
}
