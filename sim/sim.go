// Package sim puts the simulator together: the national systems on one handler, the control plane on another, both over
// the same worlds.
package sim

import (
	"io/fs"
	"log/slog"
	"net/http"
	"slices"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/baseurl"
	"onshisim/sim/control"
	"onshisim/sim/disaster"
	"onshisim/sim/guidance"
	"onshisim/sim/intermediate"
	"onshisim/sim/jpki"
	"onshisim/sim/mynaportal"
	"onshisim/sim/scenario"
	"onshisim/sim/telemetry"
	"onshisim/sim/terminal"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/console"
	"onshisim/sim/training/room"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// systems are the national systems in the order of their documentation.
var systems = []struct {
	name  string
	mount func(huma.API, web.WorldSource)
}{
	{"intermediate", intermediate.Mount},
	{"mynaportal", mynaportal.Mount},
	{"jpki", jpki.Mount},
	{"terminal", terminal.Mount},
	{"disaster", disaster.Mount},
}

// operations are those of every system: a fault is scripted at one process for all that share its worlds.
var operations = sync.OnceValue(func() map[string][]string {
	all := web.New(web.Config{})
	for _, system := range systems {
		system.mount(all.API, nil)
	}
	return web.Operations(all.API)
})

// Config is what a simulator is made of.
type Config struct {
	Version      string
	Worlds       *world.Registry
	Scenarios    fs.FS        // scenario files by their path, from which worlds can be made
	Systems      []string     // the national systems that are served, as in world.Systems; nil is all, empty is none
	PublicURLs   baseurl.URLs // where clients reach the national systems, here or elsewhere; in the answers of the control plane
	ControlToken string       // if not empty, the control plane wants it
	TestCA       []byte       // in PEM, of the listeners' certificates; both hand it out. nil: they have none
	MaxBody      int64        // the largest body that the national systems take, in bytes; 0 is 1 MiB
	Logger       *slog.Logger
	Leaving      <-chan struct{}    // closed when the process is about to end: then it is not ready any more; nil never is
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
	for _, system := range systems {
		if c.Systems == nil || slices.Contains(c.Systems, system.name) {
			system.mount(public.API, c.Worlds)
		}
	}
	control.MountHealth(public.API, c.Worlds, c.Leaving)
	plane := web.New(web.Config{
		Title: "onshisim: control plane", Version: c.Version, Logger: c.Logger,
		Name: "control", Metrics: c.Metrics, Tracer: c.Tracer, Random: c.Random,
		Description: "Worlds, their clocks, modes, persons, checkpoints and events; faults and mutants; the journal of requests; and why a decision fell as it did.",
	})
	control.Mount(plane.API, control.Deps{
		Worlds: c.Worlds, PublicURLs: c.PublicURLs, Scenarios: scenario.NewWorlds(c.Scenarios), Token: c.ControlToken,
		Operations: operations(), Metrics: c.Metrics, Leaving: c.Leaving,
	})
	if c.TestCA != nil {
		control.MountCertificate(public.API, c.TestCA)
		control.MountCertificate(plane.API, c.TestCA)
	}
	stage := scenario.InProcess(public, plane)
	stage.ControlToken = c.ControlToken
	if c.servesAll() {
		c.openTrainingRoom(public, stage)
	}
	c.openConsole(plane, stage)
	return Handlers{Public: public, Control: plane}
}

// servesAll says whether all national systems are served here.
func (c *Config) servesAll() bool { return c.Systems == nil || len(c.Systems) == len(systems) }

// openTrainingRoom adds the screens, which ask the two listeners as any client does, but without a network.
func (c *Config) openTrainingRoom(public *web.Server, stage scenario.Target) {
	public.Screens(room.Prefix, room.New(room.Config{
		Worlds: c.Worlds, Systems: ask.Desk{Client: stage.Client, Base: stage.PublicURL}, Scenarios: c.Scenarios, Plays: stage,
	}))
}

// openConsole adds the instructor's console to the control plane, whichever systems are served here.
func (c *Config) openConsole(plane *web.Server, stage scenario.Target) {
	desk := ask.Desk{Client: stage.Client, Base: stage.ControlURL}
	if !c.servesAll() {
		stage = scenario.Target{}
	}
	plane.Screens(console.Prefix, console.New(console.Config{
		Worlds: c.Worlds, Plane: desk, Token: c.ControlToken, Stage: stage, Scenarios: c.Scenarios, PublicURLs: c.PublicURLs,
		Operations: operations(), Leaving: c.Leaving,
	}))
}
