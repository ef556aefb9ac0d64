package client

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"onshisim/sim/world"
)

// World is a world at a control plane.
type World struct {
	Plane *Plane
	Name  string // 1 to 64 of a-z, 0-9, dot, underscore, dash
}

// Source is what a world is made of; the zero value makes an empty world.
type Source struct {
	Scenario string          // name of a scenario whose world this is to be
	World    *world.Document // goes without Scenario
	Now      *time.Time      // sets the clock, whatever scenario or world say of it

	Population *world.Population // gives the world a synthetic nation, whatever scenario or world say of it
}

// BaseURLs are where the national systems of a world are, as the simulator knows itself: behind a mapped port, as of a
// container, it does not know what it is reached by.
type BaseURLs struct {
	Intermediate string `json:"intermediate"`
	Mynaportal   string `json:"mynaportal"`
	JPKI         string `json:"jpki"`
	Terminal     string `json:"terminal"`
	Disaster     string `json:"disaster"`
}

// Made is a world in full, with its tokens and PINs.
type Made struct {
	World    string   `json:"world"`
	BaseURLs BaseURLs `json:"baseUrls"`
	world.Document
}

// Listed is a world in the list of all.
type Listed struct {
	World    string   `json:"world"`
	BaseURLs BaseURLs `json:"baseUrls"`
}

// Create makes the world; there must be none of its name.
func (w *World) Create(ctx context.Context, from Source) (Made, error) {
	body := map[string]any{}
	if from.Scenario != "" {
		body["scenario"] = from.Scenario
	}
	if from.World != nil {
		given, err := documentOf(from.World)
		if err != nil {
			return Made{}, err
		}
		body["world"] = given
	}
	if from.Now != nil {
		body["now"] = world.Instant(*from.Now)
	}
	if from.Population != nil {
		body["population"] = from.Population
	}
	return ask[Made](ctx, w, http.MethodPut, "", body)
}

// Get gives the world in full.
func (w *World) Get(ctx context.Context) (Made, error) {
	return ask[Made](ctx, w, http.MethodGet, "", nil)
}

// Delete removes the world without a trace.
func (w *World) Delete(ctx context.Context) error {
	return w.Plane.call(ctx, http.MethodDelete, w.path(""), nil, nil)
}

// path is where something of the world is at its plane.
func (w *World) path(rest string) string { return "/worlds/" + url.PathEscape(w.Name) + rest }

// ask asks for something of a world and reads the answer.
func ask[A any](ctx context.Context, w *World, method, path string, body any) (answer A, err error) {
	err = w.Plane.call(ctx, method, w.path(path), body, &answer)
	return answer, err
}
