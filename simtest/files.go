package simtest

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"

	"onshisim/client"
	"onshisim/sim/terminal/oqs"
	"onshisim/sim/world"
)

// Files has the terminal of an institution answer XML files until the test ends, and gives the folder (OQS) with req, res and
// face. What the terminal is set to can be changed, as in func(c *oqs.Config) { c.Encoding = message.ShiftJIS }. One terminal
// of an institution reads the cards that PresentCard puts on its reader.
func (w *World) Files(t TB, institution string, change ...func(*oqs.Config)) (dir string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "oqs")
	if err != nil {
		t.Fatalf("simtest: make a folder: %v", err)
	}
	config := oqs.Config{
		Dir: dir, Institution: institution, Desk: w.Control.Terminal(institution), URL: w.Terminal(), HTTP: w.sim.http, Logger: slog.New(slog.DiscardHandler),
	}
	for _, apply := range change {
		apply(&config)
	}
	link, err := oqs.Open(config)
	if err != nil {
		t.Fatalf("simtest: open the terminal's folder: %v", err)
	}
	running, end := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		link.Run(running)
	}()
	t.Cleanup(func() {
		t.Helper()
		end()
		<-ended
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("simtest: remove the terminal's folder: %v", err)
		}
	})
	return dir
}

// PresentCard puts a My Number card on the reader of an institution whose terminal answers files, waits until it was read, and
// gives the path of the file that came of it below the terminal's folder. For a card that is refused it is empty, and the
// presentation says why.
func (w *World) PresentCard(t TB, institution string, card world.PresentedCard) (file string, p world.Presentation) {
	t.Helper()
	reader := w.Control.Terminal(institution)
	p, err := reader.Present(t.Context(), card)
	for err == nil && p.Status == world.PresentationWaiting {
		p, err = reader.Presentation(t.Context(), p.ID, client.LongestWait)
	}
	if err != nil {
		t.Fatalf("simtest: put the card on the reader: %v", err)
	}
	if p.Status == world.PresentationRefused {
		return "", p
	}
	return filepath.Join("face", p.File), p
}
