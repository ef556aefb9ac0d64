package client

import (
	"context"
	"net/http"

	"onshisim/sim/explain"
)

// Disclosure gives what the flags do to a person now, with the reasons.
func (w *World) Disclosure(ctx context.Context, id string) (explain.Disclosure, error) {
	return ask[explain.Disclosure](ctx, w, http.MethodGet, personPath(id)+"/disclosure", nil)
}
