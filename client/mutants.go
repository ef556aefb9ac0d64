package client

import (
	"context"
	"net/http"
)

type mutantInForce struct {
	Name string `json:"name"`
}

// Mutant is the name of the wrong policy that the world answers by; empty if it answers by the notice.
func (w *World) Mutant(ctx context.Context) (string, error) {
	answer, err := ask[mutantInForce](ctx, w, http.MethodGet, "/mutant", nil)
	return answer.Name, err
}

// SetMutant makes the world answer by a wrong policy, to see whether tests notice; with an empty name, by the notice again.
func (w *World) SetMutant(ctx context.Context, name string) error {
	return w.Plane.call(ctx, http.MethodPut, w.path("/mutant"), mutantInForce{name}, nil)
}
