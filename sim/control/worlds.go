package control

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountWorlds(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "list-worlds", Method: http.MethodGet, Path: "/worlds", Summary: "List the worlds",
	}, h.listWorlds)
	web.Register(g, huma.Operation{
		OperationID: "put-world", Method: http.MethodPut, Path: "/worlds/{world}", DefaultStatus: http.StatusCreated,
		Summary: "Make a world", MaxBodyBytes: largestDocument,
		Description: "Empty, or from a named scenario, or from a world document.",
	}, h.putWorld)
	web.Register(g, huma.Operation{
		OperationID: "get-world", Method: http.MethodGet, Path: "/worlds/{world}", Summary: "A world, with its tokens and PINs",
	}, h.getWorld)
	web.Register(g, huma.Operation{
		OperationID: "delete-world", Method: http.MethodDelete, Path: "/worlds/{world}", Summary: "Delete a world without a trace",
	}, h.deleteWorld)
}

// baseURLs are where the systems of a world are; empty where this process does not know.
type baseURLs struct {
	Intermediate string `json:"intermediate"`
	Mynaportal   string `json:"mynaportal"`
	JPKI         string `json:"jpki"`
	Terminal     string `json:"terminal"`
	Disaster     string `json:"disaster"`
}

func (h *handler) baseURLs(name string) baseURLs {
	prefix := ""
	if name != web.DefaultWorld {
		prefix = "/w/" + name
	}
	of := func(system string) string {
		base, known := h.PublicURLs[system]
		if !known {
			return ""
		}
		return base + prefix + "/" + system
	}
	return baseURLs{of("intermediate"), of("mynaportal"), of("jpki"), of("terminal"), of("disaster")}
}

type worldOutput struct {
	Body worldAnswer
}

type worldAnswer struct {
	World    string   `json:"world"`
	BaseURLs baseURLs `json:"baseUrls"`
	world.Document
}

func (h *handler) answer(w *world.World) *worldOutput {
	return &worldOutput{worldAnswer{w.Name(), h.baseURLs(w.Name()), w.Document()}}
}

type putWorldInput struct {
	WorldPath
	Body struct {
		Scenario string          `json:"scenario" required:"false" doc:"name of a scenario whose world this is to be"`
		World    *world.Document `json:"world" required:"false" doc:"goes without scenario"`
		Now      *time.Time      `json:"now" required:"false" doc:"sets the clock, whatever scenario or world say of it"`

		Population *world.Population `json:"population" required:"false" doc:"gives the world a synthetic nation, whatever scenario or world say of it"`
	}
}

func (h *handler) putWorld(ctx context.Context, in *putWorldInput) (*worldOutput, error) {
	document, place, err := h.documentOf(in)
	if err != nil {
		return nil, err
	}
	if now := in.Body.Now; now != nil {
		if err := world.Showable("body.now", *now); err != nil {
			return nil, err
		}
		document.Now = world.Instant(*now)
	}
	if nation := in.Body.Population; nation != nil {
		document.Population = nation
	}
	w, err := h.Worlds.Create(ctx, in.World, &document)
	if err != nil {
		return nil, moved(err, place)
	}
	return h.answer(w), nil
}

// documentOf is the document that a request means, and where it stands.
func (h *handler) documentOf(in *putWorldInput) (document world.Document, place string, err error) {
	switch {
	case in.Body.World != nil && in.Body.Scenario != "":
		return document, "", problem.BadField("body.scenario", "goes without world: give one of the two")
	case in.Body.World != nil:
		return *in.Body.World, "body.world", nil
	case in.Body.Scenario != "":
		document, err = h.Scenarios.World(in.Body.Scenario)
		return document, "body.scenario.world", err
	}
	return document, "body", nil
}

// moved puts the place where a document stands before the fields that an error names.
func moved(err error, place string) error {
	refusal, ok := errors.AsType[*problem.Error](err)
	if !ok {
		return err
	}
	elsewhere := *refusal
	elsewhere.Fields = make([]problem.Field, 0, len(refusal.Fields))
	for _, field := range refusal.Fields {
		elsewhere.Fields = append(elsewhere.Fields, problem.Field{Name: place + "." + field.Name, Message: field.Message})
	}
	return &elsewhere
}

func (h *handler) getWorld(ctx context.Context, in *WorldPath) (*worldOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return h.answer(w), nil
}

func (h *handler) deleteWorld(ctx context.Context, in *WorldPath) (*struct{}, error) {
	return nil, h.Worlds.Delete(ctx, in.World)
}

type worldsOutput struct {
	Body struct {
		Worlds []listedWorld `json:"worlds"`
	}
}

type listedWorld struct {
	World    string   `json:"world"`
	BaseURLs baseURLs `json:"baseUrls"`
}

func (h *handler) listWorlds(ctx context.Context, _ *struct{}) (*worldsOutput, error) {
	names, err := h.Worlds.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := &worldsOutput{}
	out.Body.Worlds = []listedWorld{}
	for _, name := range names {
		out.Body.Worlds = append(out.Body.Worlds, listedWorld{name, h.baseURLs(name)})
	}
	return out, nil
}
