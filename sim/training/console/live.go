package console

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/world"
)

// The times of a stream of events. It ends before the server's own time for a request is over; the browser comes back.
const (
	streamTime = 25 * time.Second
	comeBack   = 500 * time.Millisecond
	lookTime   = 250 * time.Millisecond // between two looks at a world of which nothing is heard
	lookAtAll  = time.Second            // between two looks at all worlds
)

// mark says how far a world is; whoever has seen it and finds another knows that something has happened.
type mark struct {
	Position eventlog.Position
	Requests journal.Mark
}

func markOf(ctx context.Context, w *world.World) (mark, error) {
	requests, err := w.Journal().Mark(ctx)
	return mark{w.Position(), requests}, err
}

// liveHere makes the page read its live parts again whenever something has happened in the world since.
func (v *visit) liveHere() {
	if seen, err := markOf(v.Context(), v.world); err == nil {
		v.view.Live = v.here("/live?since=") + url.QueryEscape(fmt.Sprint(seen))
	}
}

// liveOfWorld tells whenever something has happened in the world.
func liveOfWorld(v *visit) {
	name := v.world.Name()
	var seen mark
	v.stream(func(ctx context.Context) (string, error) {
		w, err := v.Worlds.World(ctx, name)
		if err != nil {
			return "", err
		}
		seen, err = markOf(ctx, w)
		return fmt.Sprint(seen), err
	}, func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, lookTime)
		defer cancel()
		_ = v.world.Journal().Wait(ctx, seen.Requests.Last) // whatever ends the wait, the next look tells
	})
}

// liveForAll makes the page read its live parts again whenever something has happened in any world since.
func (v *visit) liveForAll() {
	if seen, err := v.markOfAll(v.Context()); err == nil {
		v.view.Live = "/console/live?since=" + url.QueryEscape(seen)
	}
}

// liveOfAll tells whenever something has happened in any world.
func liveOfAll(v *visit) {
	v.stream(v.markOfAll, func(ctx context.Context) { sleep(ctx, lookAtAll) })
}

// markOfAll is one mark of all worlds: their number, and the sums of how far they are, which only grow while none goes.
func (v *visit) markOfAll(ctx context.Context) (string, error) {
	names, err := v.Worlds.Names(ctx)
	if err != nil {
		return "", err
	}
	var sum mark
	for _, name := range names {
		w, err := v.Worlds.World(ctx, name)
		if err != nil {
			continue // it went meanwhile
		}
		one, err := markOf(ctx, w)
		if err != nil {
			return "", err
		}
		sum.Position += one.Position
		sum.Requests.Last += one.Requests.Last
		sum.Requests.Cleared += one.Requests.Cleared
	}
	return fmt.Sprint(len(names), sum), nil
}

// stream sends an event whenever a look sees something else than the page has, for a while.
func (v *visit) stream(look func(context.Context) (string, error), wait func(context.Context)) {
	ctx, cancel := context.WithTimeout(v.Context(), streamTime)
	defer cancel()
	go func() {
		select {
		case <-v.Leaving:
			cancel()
		case <-ctx.Done():
		}
	}()
	h := v.ResponseWriter.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	out := http.NewResponseController(v.ResponseWriter)
	seen := v.URL.Query().Get("since")
	if last := v.Request.Header.Get("Last-Event-ID"); last != "" {
		seen = last
	}
	text := fmt.Sprintf("retry: %d\n: here\n\n", comeBack.Milliseconds())
	for {
		now, err := look(ctx)
		if err != nil {
			return
		}
		if now != seen {
			seen = now
			text += "id: " + now + "\nevent: happened\ndata:\n\n"
		}
		if text != "" {
			if _, err := io.WriteString(v.ResponseWriter, text); err != nil {
				return // nobody listens any more
			}
			_ = out.Flush() // what can't be flushed comes at the end
			text = ""
		}
		if wait(ctx); ctx.Err() != nil {
			return
		}
	}
}

// sleep waits, unless there is nobody left to wait for.
func sleep(ctx context.Context, long time.Duration) {
	over := time.NewTimer(long)
	defer over.Stop()
	select {
	case <-over.C:
	case <-ctx.Done():
	}
}
