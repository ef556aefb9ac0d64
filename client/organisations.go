package client

import (
	"context"
	"net/http"
	"net/url"
)

// Organisation is an insurer, agency, institution or pharmacy of a world, written into it or of its nation.
type Organisation struct {
	Role  string `json:"role"` // insurer, agency or institution
	Code  string `json:"code"` // insurer number, agency code or medical institution code
	Name  string `json:"name"`
	Kind  string `json:"kind"` // of an institution: medical, dental or pharmacy
	Area  string `json:"area"` // of an institution, for disaster mode
	Token string `json:"token"`
}

// Organisation gives one organisation with the token by which it acts.
func (w *World) Organisation(ctx context.Context, code string) (Organisation, error) {
	return ask[Organisation](ctx, w, http.MethodGet, "/organisations/"+url.PathEscape(code), nil)
}
