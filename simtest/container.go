package simtest

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"onshisim/sim/world"
)

// defaultImage is what `make image` builds.
const defaultImage = "onshisim"

// Container starts a simulator as a container, with its ports on free ones of the loopback interface, and removes it when
// the test ends. It needs a docker engine, its command line and the image; without them the test fails, it is not skipped.
func Container(t TB, options ...Option) *Simulator {
	t.Helper()
	s, err := StartContainer(t.Context(), options...)
	if err != nil {
		t.Fatalf("simtest: start the simulator's container: %v", err)
	}
	s.endWith(t)
	return s
}

// StartContainer is Container without a test: whoever starts the simulator closes it.
func StartContainer(ctx context.Context, options ...Option) (*Simulator, error) {
	chosen := settingsOf(options)
	limits, err := limitFlags(chosen.limits)
	if err != nil {
		return nil, err
	}
	token := rand.Text()
	c, err := runContainer(ctx, cmp.Or(chosen.image, defaultImage), token, limits...)
	if err != nil {
		return nil, err
	}
	s, err := c.simulator(ctx, token)
	if err != nil {
		return nil, errors.Join(cmp.Or(c.ended(ctx), err), c.remove(context.WithoutCancel(ctx)))
	}
	if err := s.ready(ctx, c); err != nil {
		return nil, s.failed(err)
	}
	if err := s.World().Control.Delete(ctx); err != nil { // the program begins with a world of its own
		return nil, s.failed(err)
	}
	if err := s.open(ctx, chosen.first); err != nil {
		return nil, s.failed(err)
	}
	return s, nil
}

// limitFlags are the flags of sim serve for limits.
func limitFlags(limits world.Limits) (flags []string, err error) {
	if limits.Journal.Body != 0 {
		return nil, errors.New("Limits.Journal.Body goes with Run; for a container leave it out")
	}
	for name, limit := range map[string]int{
		"max-worlds": limits.Worlds, "max-events": limits.Events, "max-sessions": limits.Sessions, "max-requests": limits.Requests,
		"journal-entries": limits.Journal.Entries, "journal-bytes": limits.Journal.Bytes,
	} {
		if limit != 0 {
			flags = append(flags, fmt.Sprintf("--%s=%d", name, limit))
		}
	}
	return flags, nil
}

// simulator is what the container's ports lead to.
func (c container) simulator(ctx context.Context, token string) (*Simulator, error) {
	public, err := c.address(ctx, publicPort)
	if err != nil {
		return nil, err
	}
	control, err := c.address(ctx, controlPort)
	if err != nil {
		return nil, err
	}
	s := newSimulator("http://"+public, "http://"+control, token)
	s.first = s.world("default")
	s.logs = func() string { return c.logs(context.WithoutCancel(ctx)) }
	s.stop = sync.OnceValue(func() error { return c.remove(context.WithoutCancel(ctx)) })
	return s, nil
}

// ready waits until the simulator answers, asking more and more rarely.
func (s *Simulator) ready(ctx context.Context, c container) error {
	ctx, cancel := context.WithTimeoutCause(ctx, grace, fmt.Errorf("no answer within %s", grace))
	defer cancel()
	const rarest = 500 * time.Millisecond
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, rarest) {
		err := s.Plane().Health(ctx)
		if err == nil {
			return nil
		}
		if ended := c.ended(ctx); ended != nil {
			return ended
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return fmt.Errorf("%w: %w; the container's log:\n%s", context.Cause(ctx), err, strings.TrimSpace(s.Logs()))
		}
	}
}
