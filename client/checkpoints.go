package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Checkpoint is a named state of a world.
type Checkpoint struct {
	Name     string    `json:"name"`
	Position uint64    `json:"position"` // how many events made the state
	Now      time.Time `json:"now"`      // the world's time at that state
}

// PutCheckpoint names the state as it is now; a name in use is given to this state.
func (w *World) PutCheckpoint(ctx context.Context, name string) (Checkpoint, error) {
	return ask[Checkpoint](ctx, w, http.MethodPut, checkpointPath(name), nil)
}

// Checkpoints lists the named states by name.
func (w *World) Checkpoints(ctx context.Context) ([]Checkpoint, error) {
	answer, err := ask[struct {
		Checkpoints []Checkpoint `json:"checkpoints"`
	}](ctx, w, http.MethodGet, "/checkpoints", nil)
	return answer.Checkpoints, err
}

// Restore makes the world what it was at a checkpoint: persons, sessions, consents, faults, mutant, clock and mode. The
// checkpoints and the journal stay.
func (w *World) Restore(ctx context.Context, name string) (Checkpoint, error) {
	return ask[Checkpoint](ctx, w, http.MethodPost, checkpointPath(name)+"/restore", nil)
}

// DeleteCheckpoint forgets a checkpoint.
func (w *World) DeleteCheckpoint(ctx context.Context, name string) error {
	return w.Plane.call(ctx, http.MethodDelete, w.path(checkpointPath(name)), nil, nil)
}

func checkpointPath(name string) string { return "/checkpoints/" + url.PathEscape(name) }
