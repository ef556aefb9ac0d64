package sim_test

import (
	"testing"

	"onshisim/sim/web/openapitest"
)

// A client can be made from either listener's document. That the answers are what it says is seen wherever a test asks.
func TestTheOpenAPIDocumentsAreSound(t *testing.T) {
	t.Parallel()
	handlers := simulator(t)
	openapitest.Sound(t, handlers.Public)
	openapitest.Sound(t, handlers.Control)
}
