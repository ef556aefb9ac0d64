// Package sim puts the simulator together: the national systems on one handler, the control plane on another, both over
// the same worlds.
package sim

import (
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/control"
	"onshisim/sim/disaster"
	"onshisim/sim/guidance"
	"onshisim/sim/intermediate"
	"onshisim/sim/jpki"
	"onshisim/sim/mynaportal"
	"onshisim/sim/scenario"
	"onshisim/sim/telemetry"
	"onshisim/sim/terminal"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// systems are the national systems in the order of their documentation.
var systems = []func(huma.API, web.WorldSource){
	intermediate.Mount, mynaportal.Mount, jpki.Mount, terminal.Mount, disaster.Mount,
}

// Config is what a simulator is made of.
type Config struct {
	Version      string
	Worlds       *world.Registry
	Scenarios    fs.FS  // scenario files by their path, from which worlds can be made
	PublicURL    string // where clients reach the national systems; it stands in the answers of the control plane
	ControlToken string // if not empty, the control plane wants it
	MaxBody      int64  // the largest body that the national systems take, in bytes; 0 is 1 MiB
	Logger       *slog.Logger
	Metrics      *telemetry.Metrics // where requests are counted; nil: metrics of its own
	Tracer       *telemetry.Tracer  // what makes the spans of requests; nil: there are none
	Random       func() uint64      // of what request ids are made; nil: the machine's dice
}

// Handlers are the two faces of a simulator: what clients of the national systems reach, and what moves the worlds.
type Handlers struct {
	Public  http.Handler
	Control http.Handler
}

// New mounts everything.
func New(c Config) Handlers {
	if c.Metrics == nil {
		c.Metrics = telemetry.NewMetrics(c.Version, guidance.Revision())
	}
	c.Metrics.CountWorlds(web.DefaultWorld, c.Worlds.Positions)
	public := web.New(web.Config{
		Title: "onshisim: national systems", Version: c.Version, Logger: c.Logger, MaxBody: c.MaxBody,
		Name: "public", Metrics: c.Metrics, Tracer: c.Tracer, Random: c.Random,
		Description: "A simulator of Japan's online eligibility verification (オンライン資格確認等システム). " +
			"A world other than `default` is reached under `/w/{world}/…`.",
		Servers: []*huma.Server{
			{URL: "/", Description: "the world default"},
			{URL: "/w/{world}", Description: "another world", Variables: map[string]*huma.ServerVariable{"world": {Default: web.DefaultWorld}}},
		},
	})
	for _, mount := range systems {
		mount(public.API, c.Worlds)
	}
	control.MountHealth(public.API, c.Worlds)

	plane := web.New(web.Config{
		Title: "onshisim: control plane", Version: c.Version, Logger: c.Logger,
		Name: "control", Metrics: c.Metrics, Tracer: c.Tracer, Random: c.Random,
		Description: "Worlds, their clocks, modes, persons, checkpoints and events; faults and mutants; the journal of requests; and why a decision fell as it did.",
	})
	control.Mount(plane.API, control.Deps{
		Worlds: c.Worlds, PublicURL: c.PublicURL, Scenarios: scenario.NewWorlds(c.Scenarios), Token: c.ControlToken,
		Operations: web.Operations(public.API), Metrics: c.Metrics,
	})
	return Handlers{Public: public, Control: plane}
}
