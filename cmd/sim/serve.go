package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
	"onshisim/sim/scenario"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type serveCommand struct {
	Listen        string `default:":8080" env:"SIM_LISTEN" help:"${listen}"`
	ControlListen string `default:"127.0.0.1:8081" env:"SIM_CONTROL_LISTEN" help:"${controlListen}"`
	ControlToken  string `env:"SIM_CONTROL_TOKEN" help:"${controlToken}"`
	Scenario      string `default:"base" env:"SIM_SCENARIO" help:"${serveScenario}"`
	storeFlags
	limitFlags
}

// Run serves until the process is asked to end.
func (c *serveCommand) Run(t *terminal) (err error) {
	if err := errors.Join(c.guard(), c.check()); err != nil {
		return err
	}
	log, err := c.open(t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	if warning := t.language.cutOff(log); warning != "" { // now, for the next start knows nothing of it
		logger.Warn(warning)
	}
	worlds, err := openWorlds(t, log, c.limits())
	if err != nil {
		return err
	}
	first, err := c.first(t, worlds)
	if err != nil {
		return err
	}
	for _, warning := range t.language.ahead(worlds, time.Now()) {
		logger.Warn(warning)
	}
	public, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w; is another simulator running? Stop it, or give another address", err)
	}
	plane, err := net.Listen("tcp", c.ControlListen)
	if err != nil {
		return fmt.Errorf("--control-listen: %w; is another simulator running? Stop it, or give another address", errors.Join(err, public.Close()))
	}
	handlers := sim.New(sim.Config{
		Version: version(), Worlds: worlds, Scenarios: fixtures.FS, Logger: logger,
		PublicURL: reachable(public), ControlToken: c.ControlToken, MaxBody: c.MaxBody,
	})
	welcome{t.language, reachable(public), reachable(plane), c.kept(), first}.print(t.out)
	return web.Serve(t, logger, web.Listener{Listener: public, Handler: handlers.Public}, web.Listener{Listener: plane, Handler: handlers.Control})
}

// guard refuses a control plane that strangers could reach without a token.
func (c *serveCommand) guard() error {
	host, _, err := net.SplitHostPort(c.ControlListen)
	if err != nil {
		return fmt.Errorf("--control-listen: %w", err)
	}
	if ip := net.ParseIP(host); c.ControlToken == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--control-listen %s can be reached from outside: give a --control-token, or listen on 127.0.0.1", c.ControlListen)
	}
	return nil
}

// openWorlds folds what the log holds, with the machine's clock and dice.
func openWorlds(ctx context.Context, log eventlog.Log, limits world.Limits) (*world.Registry, error) {
	return world.Open(ctx, log, world.Sources{Wall: time.Now, Seed: randomSeed, Limits: limits})
}

// randomSeed is any seed but 0, small enough to be the same in every reader of JSON.
func randomSeed() uint64 {
	var bytes [8]byte
	_, _ = rand.Read(bytes[:]) // never fails
	return binary.BigEndian.Uint64(bytes[:])>>11 | 1
}

// first is the world that a path without a world's name is in; made from the scenario the first time.
func (c *serveCommand) first(ctx context.Context, worlds *world.Registry) (*world.World, error) {
	known, err := worlds.World(ctx, web.DefaultWorld)
	if !isKind(err, problem.NotFound) {
		return known, err
	}
	document, err := scenario.NewWorlds(fixtures.FS).World(c.Scenario)
	if err != nil {
		return nil, fmt.Errorf("--scenario: %w", err)
	}
	made, err := worlds.Create(ctx, web.DefaultWorld, &document)
	if isKind(err, problem.Conflict) { // another process was quicker
		return worlds.World(ctx, web.DefaultWorld)
	}
	return made, err
}

func isKind(err error, kind problem.Kind) bool {
	refusal, ok := errors.AsType[*problem.Error](err)
	return ok && refusal.Kind == kind
}

// reachable is a base URL for somebody on this machine.
func reachable(listener net.Listener) string {
	address := listener.Addr().(*net.TCPAddr)
	host := address.IP.String()
	if address.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(address.Port))
}
