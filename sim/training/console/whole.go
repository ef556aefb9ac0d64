package console

import (
	"context"
	"net/url"
	"time"
)

// The times of acts of several steps: to do them, and to take back what was done of one that failed.
const (
	actTime  = 30 * time.Second
	undoTime = 10 * time.Second
)

// whole is an act of several steps, which goes on to its end also where the browser has left: half of it would be worse than
// all or nothing.
func whole(act func(*visit)) func(*visit) {
	return func(v *visit) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(v.Context()), actTime)
		defer cancel()
		v.Request = v.WithContext(ctx)
		act(v)
	}
}

// undo deletes worlds that were made for nothing, whether or not there is time left for what they were made for. What went
// wrong first is what is told.
func (v *visit) undo(names ...string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(v.Context()), undoTime)
	defer cancel()
	for _, name := range names {
		_, _ = v.Plane.Ask(ctx, "DELETE", "/worlds/"+url.PathEscape(name), v.Token, nil)
	}
}
