// Package control is the control plane: worlds, their clocks, modes, persons, checkpoints and events, faults and mutants,
// the journal, and what the flags do to a person, with the reasons. It is the only door that shows reasons, so it has a listener of its own.
package control

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/baseurl"
	"onshisim/sim/telemetry"
	"onshisim/sim/world"
)

// ScenarioSource knows the worlds of the named scenarios.
type ScenarioSource interface {
	// World is the world document of a scenario; an error that names the field if there is none of that name.
	World(name string) (world.Document, error)
}

// Deps is what the control plane works on.
type Deps struct {
	Worlds     *world.Registry
	PublicURLs baseurl.URLs // where clients reach the national systems
	Scenarios  ScenarioSource
	Token      string // if not empty, every call but those after health wants it

	Operations map[string][]string // the operations of each national system, for faults
	Leaving    <-chan struct{}     // closed when the process is about to end
	Metrics    *telemetry.Metrics
}

type handler struct{ Deps }

// Mount adds the control plane's operations.
func Mount(api huma.API, deps Deps) {
	h := &handler{deps}
	guarded := guard(api, deps.Token)
	h.mountWorlds(tagged(guarded, "worlds"))
	h.mountEvents(tagged(guarded, "worlds"))
	h.mountClock(tagged(guarded, "clock and mode"))
	h.mountMode(tagged(guarded, "clock and mode"))
	h.mountCheckpoints(tagged(guarded, "worlds"))
	h.mountFaults(tagged(guarded, "faults and mutants"))
	h.mountMutants(tagged(guarded, "faults and mutants"))
	h.mountJournal(tagged(guarded, "journal"))
	h.mountLeakScan(tagged(guarded, "journal"))
	h.mountPersons(tagged(guarded, "persons"))
	h.mountOrganisations(tagged(guarded, "organisations"))
	h.mountTerminals(tagged(guarded, "terminals"))
	h.mountDisclosure(tagged(guarded, "persons"))
	h.mountMetrics(tagged(guarded, "health"))
	MountHealth(api, deps.Worlds, deps.Leaving)
}

func tagged(api huma.API, tag string) *huma.Group {
	group := huma.NewGroup(api)
	group.UseSimpleModifier(func(op *huma.Operation) { op.Tags = []string{tag} })
	return group
}

// WorldPath is the input of every operation on one world. It is exported because huma does not fill what is embedded
// under a name that is not.
type WorldPath struct {
	World string `path:"world" pattern:"^[a-z0-9][a-z0-9._-]{0,63}$" patternDescription:"1 to 64 of a-z, 0-9, dot, underscore, dash, beginning with a letter or digit"`
}

// PersonPath is the input of every operation on one person; exported like WorldPath.
type PersonPath struct {
	WorldPath
	ID string `path:"id" pattern:"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" patternDescription:"1 to 64 letters, digits, dots, underscores, dashes, beginning with a letter or digit"`
}

// settled is a world in which everything has happened that its clock made due.
func (h *handler) settled(ctx context.Context, name string) (*world.World, error) {
	w, err := h.Worlds.World(ctx, name)
	if err != nil {
		return nil, err
	}
	_, err = w.Settle(ctx)
	return w, err
}

func (h *handler) person(ctx context.Context, in *PersonPath) (*world.World, *world.Insured, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, nil, err
	}
	p, known := w.Person(in.ID)
	if !known {
		return nil, nil, world.UnknownPerson(in.ID)
	}
	return w, p, nil
}

// largestDocument bounds a whole world, as a document or as events, in bytes.
const largestDocument = 256 << 20
