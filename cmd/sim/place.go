package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

	"github.com/alecthomas/kong"

	"onshisim/client"
	"onshisim/sim/backup"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/sqlite"
)

// store is where worlds are kept, to be carried from one to another.
type store interface {
	// worlds names all of them.
	worlds(ctx context.Context) ([]string, error)
	// export yields the lines of a world's export.
	export(ctx context.Context, name string) iter.Seq2[[]byte, error]
	// take makes a world of its export, all of it or nothing.
	take(ctx context.Context, name string, export io.Reader, mustBeClosed bool) error
	io.Closer
}

// placeFlags say which store a command is about: that of a running simulator, or one that nobody need serve.
type placeFlags struct {
	Data       string `env:"SIM_DATA" placeholder:"FILE.db" help:"${placeData}"`
	Postgres   string `env:"SIM_POSTGRES" placeholder:"URL" help:"${placePostgres}"`
	ControlURL string `default:"http://127.0.0.1:8081" env:"SIM_CONTROL_URL" help:"${planeURL}"`
	tokenFlags
	trustFlags
}

// open opens the store. What is named on the command line goes before what the environment names, and there a file or a
// database before the running simulator. A file is made only if it may be.
func (f *placeFlags) open(t *terminal, line *kong.Context, mayMake bool) (store, error) {
	if err := f.choose(line); err != nil {
		return nil, err
	}
	kept := storeFlags{Data: f.Data, Postgres: f.Postgres}
	if !kept.kept() {
		return planeStore{&client.Plane{URL: f.ControlURL, Token: f.token(), HTTP: f.client()}}, nil
	}
	if _, err := os.Stat(f.Data); f.Data != "" && errors.Is(err, fs.ErrNotExist) && !mayMake {
		return nil, fmt.Errorf("--data: %w", err)
	}
	log, err := kept.open(t)
	if errors.Is(err, sqlite.ErrInUse) {
		err = fmt.Errorf("%w; if that is a running simulator, go to it by --control-url instead of --data", err)
	}
	if err != nil {
		return nil, err
	}
	if warning := t.language.cutOff(log); warning != "" {
		fmt.Fprintln(os.Stderr, "sim:", warning)
	}
	return logStore{log}, nil
}

// choose leaves one store, if one is named on the command line.
func (f *placeFlags) choose(line *kong.Context) error {
	data, postgres, plane := given(line, "data"), given(line, "postgres"), given(line, "control-url")
	if data && postgres || postgres && plane || plane && data {
		return errors.New("--data, --postgres and --control-url each name a store: give one of them")
	}
	if postgres || plane {
		f.Data = ""
	}
	if data || plane {
		f.Postgres = ""
	}
	return nil
}

// given says whether a flag stands on the command line.
func given(line *kong.Context, name string) bool {
	for _, part := range line.Path {
		if part.Flag != nil && part.Flag.Name == name && !part.Resolved {
			return true
		}
	}
	return false
}

// logStore is a log that this process has open.
type logStore struct{ eventlog.Log }

func (s logStore) worlds(ctx context.Context) ([]string, error) { return s.Worlds(ctx) }

func (s logStore) export(ctx context.Context, name string) iter.Seq2[[]byte, error] {
	return backup.Export(ctx, s.Log, name)
}

func (s logStore) take(ctx context.Context, name string, export io.Reader, mustBeClosed bool) error {
	_, err := backup.Import(ctx, s.Log, name, export, mustBeClosed)
	return err
}

// planeStore is that of a running simulator.
type planeStore struct{ plane *client.Plane }

func (s planeStore) worlds(ctx context.Context) ([]string, error) {
	listed, err := s.plane.Worlds(ctx)
	var names []string
	for _, w := range listed {
		names = append(names, w.World)
	}
	return names, err
}

func (s planeStore) export(ctx context.Context, name string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		events, err := s.plane.World(name).Events(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		defer events.Close()
		backup.Closed(backup.Lines(events))(yield)
	}
}

// take sends the events on as they come; whatever is wrong with them breaks off the request, so that nothing is made of half.
func (s planeStore) take(ctx context.Context, name string, export io.Reader, mustBeClosed bool) error {
	events, sending := io.Pipe()
	defer events.Close()
	go func() {
		err := backup.Write(sending, backup.Opened(backup.Lines(export), mustBeClosed))
		if err != nil {
			err = &brokenExport{err}
		}
		sending.CloseWithError(err)
	}()
	_, err := s.plane.World(name).Import(ctx, events)
	if broken, ok := errors.AsType[*brokenExport](err); ok {
		return broken.error
	}
	return err
}

// brokenExport is why a request was broken off, to be told from what becomes of it then.
type brokenExport struct{ error }

// Close closes nothing: the simulator goes on.
func (planeStore) Close() error { return nil }
