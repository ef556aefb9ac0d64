package client

import (
	"context"
	"net/http"
	"net/url"

	"onshisim/sim/population"
)

// Populated is a world with the nation under its persons.
type Populated struct {
	Made
	Population *population.Spec `json:"population"` // nil: there is no nation
}

// Population gives the world with its nation. Which persons of the nation there are, whoever knows the spec computes.
func (w *World) Population(ctx context.Context) (Populated, error) {
	return ask[Populated](ctx, w, http.MethodGet, "", nil)
}

// Organisation is an insurer, an institution or an agency of a world, written down or of its nation.
type Organisation struct {
	Code  string `json:"code"` // insurer number, institution code or agency code
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Area  string `json:"area"`
	Token string `json:"token"`
}

// Organisation gives one organisation with the token by which it acts.
func (w *World) Organisation(ctx context.Context, code string) (Organisation, error) {
	return ask[Organisation](ctx, w, http.MethodGet, "/organisations/"+url.PathEscape(code), nil)
}
