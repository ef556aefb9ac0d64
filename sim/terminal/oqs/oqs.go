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
	"fmt"
	"log/slog"
	"net/http"
	"os"
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
	URL         string       // of the terminal's system in that world, as in http://127.0.0.1:8080/terminal
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
	folders
	receptions
	system system
	away   outage
}

// Open opens the folders, making what is missing.
func Open(c Config) (*Terminal, error) {
	if c.Interval == 0 {
		c.Interval = time.Second
	}
	t := &Terminal{Config: c, system: system{url: c.URL, http: c.HTTP}, away: outage{logger: c.Logger}}
	if err := t.folders.open(c.Dir); err != nil {
		return nil, err
	}
	t.receptions = receptions{folder: t.folders.receptions, asked: map[string]int{}}
	return t, nil
}

// Close gives the folders back.
func (t *Terminal) Close() { t.folders.close() }

// Run answers requests and reads cards until the context is done, and gives why not if it can't. It closes the folders.
func (t *Terminal) Run(ctx context.Context) error {
	defer t.Close()
	ctx, end := context.WithCancel(ctx)
	defer end()
	var reading sync.WaitGroup
	reading.Go(func() { t.readCards(ctx) })
	defer reading.Wait()
	defer end()
	return t.watch(ctx)
}

// outage tells that nothing can be answered, and that it can again, once each.
type outage struct {
	logger *slog.Logger
	mu     sync.Mutex
	is     bool
}

// begins says that something could not be answered: as a rule, because the simulator is away.
func (o *outage) begins(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.is {
		o.is = true
		o.logger.Warn("requests wait: they can't be answered now", "error", err)
	}
}

// ends says that something was answered.
func (o *outage) ends() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.is {
		o.is = false
		o.logger.Info("requests are answered again")
	}
}

// betweenTries is how long the simulator is left alone after a question that it did not answer.
const betweenTries = time.Second

// pause waits, at most until the context is done.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// folders are those on the terminal's disk.
type folders struct {
	requests, answers, faces *os.Root
	receptions               *os.Root // our own
}

// The folders below the root.
const (
	requestFolder   = "req"
	answerFolder    = "res"
	faceFolder      = "face"
	receptionFolder = ".onshisim"
)

func (f *folders) open(dir string) error {
	for name, folder := range map[string]**os.Root{
		requestFolder: &f.requests, answerFolder: &f.answers, faceFolder: &f.faces, receptionFolder: &f.receptions,
	} {
		path := filepath.Join(dir, name)
		err := os.MkdirAll(path, 0o755)
		if err == nil {
			*folder, err = os.OpenRoot(path)
		}
		if err != nil {
			f.close()
			return fmt.Errorf("the terminal's folder %s can't be used: %w", name, err)
		}
	}
	return nil
}

func (f *folders) close() {
	for _, folder := range []*os.Root{f.requests, f.answers, f.faces, f.receptions} {
		if folder != nil {
			_ = folder.Close() // nothing is written through it
		}
	}
}
