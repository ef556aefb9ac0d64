package client

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"onshisim/sim/world"
)

// Terminal is the terminal of an institution or pharmacy (資格確認端末), with its card reader.
type Terminal struct {
	world       *World
	institution string
}

// Terminal is that of an institution, by its medical institution code; whether there is one, the first call tells.
func (w *World) Terminal(institution string) *Terminal { return &Terminal{w, institution} }

// TakeFile says that the terminal is about to answer a file of a message, as in OQSsiquc01; without one, one that
// was taken before, and is tried again.
func (t *Terminal) TakeFile(ctx context.Context, message string) (world.TakenFile, error) {
	return ask[world.TakenFile](ctx, t.world, http.MethodPost, t.path("/files"), map[string]string{"message": message})
}

// Present puts a My Number card on the reader; a terminal that answers files reads it.
func (t *Terminal) Present(ctx context.Context, card world.PresentedCard) (world.Presentation, error) {
	return ask[world.Presentation](ctx, t.world, http.MethodPost, t.path("/presentations"), card)
}

// Waiting are the cards that lie on the reader. If there is none, it waits for the next, in whole seconds and at most LongestWait.
func (t *Terminal) Waiting(ctx context.Context, wait time.Duration) ([]world.Presentation, error) {
	answer, err := ask[struct {
		Presentations []world.Presentation `json:"presentations"`
	}](ctx, t.world, http.MethodGet, t.path("/presentations?status="+world.PresentationWaiting+"&wait="+waited(wait)), nil)
	return answer.Presentations, err
}

// Presentation is a card that was put on the reader. As long as none has read it, it waits for that, in whole seconds and at most
// LongestWait.
func (t *Terminal) Presentation(ctx context.Context, id string, wait time.Duration) (world.Presentation, error) {
	return ask[world.Presentation](ctx, t.world, http.MethodGet, t.path("/presentations/"+url.PathEscape(id)+"?wait="+waited(wait)), nil)
}

// End says what became of a card on the reader.
func (t *Terminal) End(ctx context.Context, id string, outcome world.PresentationOutcome) (world.Presentation, error) {
	return ask[world.Presentation](ctx, t.world, http.MethodPost, t.path("/presentations/"+url.PathEscape(id)+"/outcome"), outcome)
}

func (t *Terminal) path(rest string) string {
	return "/terminals/" + url.PathEscape(t.institution) + rest
}
