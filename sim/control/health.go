package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/guidance"
	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// MountHealth adds the probes, the same on every listener. A registry of a log of its own is there only once every world is
// folded, so who can answer at all is ready, until leaving is closed; one of a shared log is ready while that can be asked.
func MountHealth(api huma.API, worlds *world.Registry, leaving <-chan struct{}) {
	g := tagged(api, "health")
	web.Register(g, huma.Operation{
		OperationID: "healthz", Method: http.MethodGet, Path: "/healthz", Summary: "Whether the program runs",
	}, func(context.Context, *struct{}) (*healthOutput, error) {
		out := &healthOutput{}
		out.Body.Status = "ok"
		out.Body.Version, out.Body.RuleEdition = api.OpenAPI().Info.Version, guidance.Revision()
		return out, nil
	})
	web.Register(g, huma.Operation{
		OperationID: "readyz", Method: http.MethodGet, Path: "/readyz", Summary: "Whether it can take requests",
	}, func(ctx context.Context, _ *struct{}) (*readyOutput, error) {
		select {
		case <-leaving:
			return nil, problem.New(problem.Unavailable, "SIM-LEAVING-503", "This process is about to end; ask another replica.")
		default:
		}
		names, err := worlds.Names(ctx)
		if err != nil {
			return nil, err
		}
		out := &readyOutput{}
		out.Body.Status, out.Body.Worlds = "ready", len(names)
		return out, nil
	})
}

type healthOutput struct {
	Body struct {
		Status      string `json:"status" enum:"ok"`
		Version     string `json:"version" doc:"of the program" example:"0.1.0"`
		RuleEdition string `json:"ruleEdition" doc:"the rules that it answers by: the notice's edition, their number, a hash over them" example:"dv-flags-after-2021-01-18/64/0123456789ab"`
	}
}

type readyOutput struct {
	Body struct {
		Status string `json:"status" enum:"ready"`
		Worlds int    `json:"worlds" doc:"how many there are"`
	}
}
