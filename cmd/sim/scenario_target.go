package main

import (
	"log/slog"
	"net/http"
	"os"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/baseurl"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// scenarioTarget is what scenarios are played against.
type scenarioTarget struct {
	URL        baseurl.URLs `placeholder:"URL" help:"${url}"`
	ControlURL string       `default:"http://127.0.0.1:8081" env:"SIM_CONTROL_URL" help:"${controlURL}"`
	tokenFlags
	trustFlags
}

// target is the simulator by URL, or one of our own in this process.
func (c *scenarioTarget) target(t *terminal) (scenario.Target, error) {
	if len(c.URL) > 0 {
		return scenario.Target{
			PublicURL: baseurl.Anywhere, ControlURL: c.ControlURL, ControlToken: c.token(),
			Client: &http.Client{Transport: c.URL.Transport(c.transport())},
		}, nil
	}
	worlds, err := openWorlds(t, eventlog.NewMemory(), world.Limits{})
	if err != nil {
		return scenario.Target{}, err
	}
	handlers := sim.New(sim.Config{
		Version: version(), Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})
	return scenario.InProcess(handlers.Public, handlers.Control), nil
}

// words are the target for the reports, which are handed on, so without a password.
func (c *scenarioTarget) words() string {
	if len(c.URL) == 0 {
		return "プロセス内 (in process)"
	}
	return c.URL.Redacted()
}
