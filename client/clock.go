package client

import (
	"context"
	"net/http"
	"time"

	"onshisim/sim/world"
)

// Clock is the one clock of a world.
type Clock struct {
	Now     time.Time `json:"now"`
	Running bool      `json:"running"` // whether it shows real time, as it does until it is set
}

// Clock gives the world's clock.
func (w *World) Clock(ctx context.Context) (Clock, error) {
	return ask[Clock](ctx, w, http.MethodGet, "/clock", nil)
}

// SetClock sets the clock; from then on it moves by command only.
func (w *World) SetClock(ctx context.Context, to time.Time) (Clock, error) {
	return ask[Clock](ctx, w, http.MethodPut, "/clock", map[string]string{"now": world.Instant(to)})
}

// Advance moves the clock on by whole seconds; from then on it moves by command only.
func (w *World) Advance(ctx context.Context, by time.Duration) (Clock, error) {
	return ask[Clock](ctx, w, http.MethodPost, "/clock/advance", map[string]string{"duration": by.String()})
}
