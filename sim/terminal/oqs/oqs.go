// Package oqs is the link application (連携アプリ) of a terminal: the interface by which receipt computers and electronic
// charts use the national systems through files. A client drops XML requests into the folder req and finds their answers in
// res; what the card reader read appears unasked in face.
//
// It is compatible with what public integrations send and parse. The official specification is given to registered vendors
// only; docs/wire-format.md says of every element how sure it is, and where the interface is our own.
//
// A link application decides nothing and keeps nothing of a world: it asks the simulator over HTTP, as every other client
// does, so that files tell what the same rule core tells everywhere.
package oqs

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// Config is what a link application is made of.
type Config struct {
	Dir         string       // the folder with req, res and face; what is missing of it is made
	Institution string       // code of the institution or pharmacy whose terminal this is (医療機関コード)
	Desk        Desk         // its institution's, at the simulator's control plane
	URL         string       // of the terminal's system in its world, as in http://127.0.0.1:8080/terminal
	HTTP        *http.Client // by which that system is asked

	Encoding   message.Encoding // of the answers
	Strict     bool             // refuse wrong check digits and unknown elements, too
	Shuffle    bool             // the elements of answers come in any order
	Processing int              // how often a batch is still being processed when it is asked for
	Interval   time.Duration    // of looking for requests that nobody told of; 0: a second
	Logger     *slog.Logger
}

// Desk is what a link application needs of the simulator's control plane; a terminal of onshisim/client is one.
type Desk interface {
	// TakeFile says that a file of a message is about to be answered.
	TakeFile(ctx context.Context, message string) (world.TakenFile, error)
	// Waiting are the cards that lie on the reader; if there is none, it waits for the next, at most so long.
	Waiting(ctx context.Context, wait time.Duration) ([]world.Presentation, error)
	// End says what became of a card on the reader.
	End(ctx context.Context, presentation string, outcome world.PresentationOutcome) (world.Presentation, error)
}

// Terminal is a link application.
type Terminal struct {
	Config
	requests, answers, faces folder
	receptions               receptions
	system                   system
	away                     outage
}

// Open makes what is missing of the folders.
func Open(c Config) (*Terminal, error) {
	if c.Interval == 0 {
		c.Interval = time.Second
	}
	t := &Terminal{
		Config:     c,
		requests:   folder(filepath.Join(c.Dir, "req")),
		answers:    folder(filepath.Join(c.Dir, "res")),
		faces:      folder(filepath.Join(c.Dir, "face")),
		receptions: receptions{folder: folder(filepath.Join(c.Dir, ".onshisim")), asked: map[string]int{}},
		system:     system{url: c.URL, http: c.HTTP},
		away:       outage{logger: c.Logger},
	}
	return t, t.make()
}

// make makes the folders that are missing.
func (t *Terminal) make() error {
	for _, f := range []folder{t.requests, t.answers, t.faces, t.receptions.folder} {
		if err := f.make(); err != nil {
			return err
		}
	}
	return nil
}

// Run answers requests and reads cards until the context is done.
func (t *Terminal) Run(ctx context.Context) {
	var reading sync.WaitGroup
	reading.Go(func() { t.readCards(ctx) })
	t.watch(ctx)
	reading.Wait()
}

// pause waits, at most until the context is done.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
