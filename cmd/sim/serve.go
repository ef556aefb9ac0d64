package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	dice "math/rand/v2"
	"net"
	"os"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/guidance"
	"onshisim/sim/problem"
	"onshisim/sim/scenario"
	"onshisim/sim/telemetry"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type serveCommand struct {
	Listen        string `default:":8080" env:"SIM_LISTEN" help:"${listen}"`
	ControlListen string `default:"127.0.0.1:8081" env:"SIM_CONTROL_LISTEN" help:"${controlListen}"`
	Scenario      string `default:"base" env:"SIM_SCENARIO" help:"${serveScenario}"`
	tokenFlags
	tlsFlags
	populationFlags
	storeFlags
	systemFlags
	limitFlags
	logFlags
	profileFlags
	oqsFlags
}

// Run serves until the process is asked to end.
func (c *serveCommand) Run(t *terminal) (err error) {
	nation, err := c.population()
	if err := errors.Join(err, c.guard(), c.check(), c.checkFiles(c.Systems)); err != nil {
		return err
	}
	logger := c.logger(os.Stderr)
	bindMemory(logger, memlimit.FromCgroup)
	raiseHeap(os.Getenv("GOGC"))
	written, err := c.profile()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, written()) }()
	tracer, flush, err := openTraces(t, logger)
	if err != nil {
		return err
	}
	defer flush()
	secured, err := c.secure(logger, c.Listen, c.ControlListen)
	if err != nil {
		return err
	}
	log, err := c.open(t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if warning := t.language.cutOff(log); warning != "" { // now, for the next start knows nothing of it
		logger.Warn(warning)
	}
	metrics := telemetry.NewMetrics(version(), guidance.Revision())
	worlds, err := openWorlds(t, metrics.Watch(log, tracer, time.Now), c.limits())
	if err != nil {
		return err
	}
	first, err := c.first(t, worlds, nation)
	if err != nil {
		return err
	}
	for _, warning := range t.language.ahead(worlds, time.Now()) {
		logger.Warn(warning)
	}
	public, plane, err := c.listen()
	if err != nil {
		return err
	}
	urls := c.urls(secured.reachable(public))
	handlers := sim.New(sim.Config{
		Version: version(), Worlds: worlds, Scenarios: fixtures.FS, Logger: logger,
		Systems: c.Systems, PublicURLs: urls, ControlToken: c.token(), TestCA: secured.pem(), MaxBody: c.MaxBody,
		Metrics: metrics, Tracer: tracer, Random: dice.Uint64, Leaving: t.Done(),
	})
	files, err := c.openFiles(first, scenario.InProcess(handlers.Public, handlers.Control), c.token(), logger)
	if err != nil {
		return err
	}
	defer files.run(t)()
	welcome{
		language: t.language, served: c.Systems, urls: urls, public: secured.reachable(public), control: secured.reachable(plane),
		kept: c.kept(), world: first, secured: secured, files: files,
	}.print(t.out)
	logger.Info("started", "version", version(), "listen", public.Addr().String(), "controlListen", plane.Addr().String())
	defer logger.Info("ended")
	limits := web.Limits{Connections: c.MaxConnections}
	return web.Serve(drained(t), logger,
		web.Listener{Listener: public, Handler: handlers.Public, Limits: limits, TLS: secured.config},
		web.Listener{Listener: plane, Handler: handlers.Control, Limits: limits, TLS: secured.config})
}

// listen opens both listeners.
func (c *serveCommand) listen() (public, plane net.Listener, err error) {
	const wayOut = "is another simulator running? Stop it, or give another address"
	if public, err = net.Listen("tcp", c.Listen); err != nil {
		return nil, nil, fmt.Errorf("--listen: %w; %s", err, wayOut)
	}
	if plane, err = net.Listen("tcp", c.ControlListen); err != nil {
		return nil, nil, fmt.Errorf("--control-listen: %w; %s", errors.Join(err, public.Close()), wayOut)
	}
	return public, plane, nil
}

// guard refuses a control plane that strangers could reach without a token.
func (c *serveCommand) guard() error {
	host, _, err := net.SplitHostPort(c.ControlListen)
	if err != nil {
		return fmt.Errorf("--control-listen: %w", err)
	}
	if ip := net.ParseIP(host); c.token() == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
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

// first is the world that a path without a world's name is in; made from the scenario the first time, over a nation if one is
// asked for.
func (c *serveCommand) first(ctx context.Context, worlds *world.Registry, nation *world.Population) (*world.World, error) {
	known, err := worlds.World(ctx, web.DefaultWorld)
	if err == nil {
		err = c.isOf(nation, known)
	}
	if !isKind(err, problem.NotFound) {
		return known, err
	}
	document, err := scenario.NewWorlds(fixtures.FS).World(c.Scenario)
	if err != nil {
		return nil, fmt.Errorf("--scenario: %w", err)
	}
	if nation != nil {
		document.Population = nation
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
