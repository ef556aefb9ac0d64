package simtest

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/baseurl"
	"onshisim/sim/eventlog"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Run starts a simulator in this process, on two free ports of the loopback interface, and ends it with the test.
func Run(t TB, options ...Option) *Simulator {
	t.Helper()
	s, err := Start(t.Context(), options...)
	if err != nil {
		t.Fatalf("simtest: start the simulator: %v", err)
	}
	s.endWith(t)
	return s
}

// Start is Run without a test, as for TestMain or an example: whoever starts the simulator closes it.
func Start(ctx context.Context, options ...Option) (*Simulator, error) {
	chosen := settingsOf(options)
	if chosen.image != "" {
		return nil, errors.New("Image names what Container runs; here the simulator runs in this process: leave it out")
	}
	s, err := listen(ctx, chosen)
	if err != nil {
		return nil, err
	}
	if err := s.open(ctx, chosen.first); err != nil {
		return nil, s.failed(err)
	}
	return s, nil
}

// began is what worlds without a clock of their own show, so that no test depends on the day.
var began = time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)

// listen serves no worlds yet. A listener takes connections before its server does, so nobody has to wait.
func listen(ctx context.Context, chosen settings) (*Simulator, error) {
	var seeds atomic.Uint64
	sources := world.Sources{
		Wall: func() time.Time { return began }, Seed: func() uint64 { return seeds.Add(1) }, Limits: chosen.limits,
	}
	events := eventlog.NewMemory()
	worlds, err := world.Open(ctx, events, sources)
	if err != nil {
		return nil, err
	}
	public, control, err := listeners()
	if err != nil {
		return nil, err
	}
	s := newSimulator("http://"+public.Addr().String(), "http://"+control.Addr().String(), rand.Text())
	logged := &logBuffer{}
	logger := slog.New(slog.NewTextHandler(logged, nil))
	handlers := sim.New(sim.Config{
		Version: "simtest", Worlds: worlds, Scenarios: fixtures.FS, PublicURLs: baseurl.All(s.PublicURL), ControlToken: s.ControlToken, Logger: logger,
	})
	serving, end := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() {
		ended <- web.Serve(serving, logger, web.Listener{Listener: public, Handler: handlers.Public}, web.Listener{Listener: control, Handler: handlers.Control})
	}()
	s.logs = logged.String
	s.stop = sync.OnceValue(func() error {
		end()
		return errors.Join(<-ended, events.Close())
	})
	return s, nil
}

func listeners() (public, control net.Listener, err error) {
	const free = "127.0.0.1:0"
	if public, err = net.Listen("tcp", free); err != nil {
		return nil, nil, err
	}
	if control, err = net.Listen("tcp", free); err != nil {
		return nil, nil, errors.Join(err, public.Close())
	}
	return public, control, nil
}

// logBuffer keeps what is logged.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps a line.
func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(line)
}

// String is all that was written.
func (b *logBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
