package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

// MountHealth adds the probes, the same on every listener. A registry is there only once every world is folded, so who
// can answer at all is ready.
func MountHealth(api huma.API, worlds *world.Registry) {
	g := tagged(api, "health")
	web.Register(g, huma.Operation{
		OperationID: "healthz", Method: http.MethodGet, Path: "/healthz", Summary: "Whether the program runs",
	}, func(context.Context, *struct{}) (*healthOutput, error) {
		out := &healthOutput{}
		out.Body.Status = "ok"
		return out, nil
	})
	web.Register(g, huma.Operation{
		OperationID: "readyz", Method: http.MethodGet, Path: "/readyz", Summary: "Whether it can take requests",
	}, func(context.Context, *struct{}) (*readyOutput, error) {
		out := &readyOutput{}
		out.Body.Status, out.Body.Worlds = "ready", len(worlds.Names())
		return out, nil
	})
}

type healthOutput struct {
	Body struct {
		Status string `json:"status" enum:"ok"`
	}
}

type readyOutput struct {
	Body struct {
		Status string `json:"status" enum:"ready"`
		Worlds int    `json:"worlds" doc:"how many there are"`
	}
}
