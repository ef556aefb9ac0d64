package sim_test

import (
	"testing"

	"onshisim/sim/eventlog"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

// A client can be made from either listener's document. That the answers are what it says is seen wherever a test asks.
func TestTheOpenAPIDocumentsAreSound(t *testing.T) {
	t.Parallel()
	handlers := simulator(t, eventlog.NewMemory(), world.Limits{})
	openapitest.Sound(t, handlers.Public)
	openapitest.Sound(t, handlers.Control)
}
