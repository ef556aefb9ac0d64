package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Events exports the world as its events, one of JSON on each line, for the caller to close. A reader that ends without an
// error has read the whole world.
func (w *World) Events(ctx context.Context) (io.ReadCloser, error) {
	return w.Plane.send(ctx, http.MethodGet, w.path("/events"), "", nil)
}

// Import makes the world from its events, all of it or nothing. There must be no world of this name, or an empty one.
func (w *World) Import(ctx context.Context, events io.Reader) (made Made, err error) {
	answer, err := w.Plane.send(ctx, http.MethodPost, w.path("/events"), jsonLines, events)
	if err != nil {
		return made, err
	}
	defer answer.Close()
	if err := json.NewDecoder(answer).Decode(&made); err != nil {
		return made, fmt.Errorf("import of world %q: the answer can't be read as a control plane's: %w", w.Name, err)
	}
	return made, nil
}
