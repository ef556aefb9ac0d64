package control

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
)

func (h *handler) mountMetrics(g huma.API) {
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Description: "the text format of Prometheus, or the one that Accept asks for"}}
	web.Register(g, huma.Operation{
		OperationID: "metrics", Method: http.MethodGet, Path: "/metrics", Summary: "Metrics of the program, for Prometheus",
		Description: "Of all worlds together. A scraper sends the control plane's token as its bearer token, if there is one.",
		Responses: map[string]*huma.Response{"200": {
			Description: "The metrics", Content: map[string]*huma.MediaType{"text/plain": text},
		}},
	}, h.readMetrics)
}

type metricsInput struct {
	Accept string `header:"Accept" doc:"as a scraper sends it; text if it is none that is known"`
}

type metricsOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

func (h *handler) readMetrics(_ context.Context, in *metricsInput) (*metricsOutput, error) {
	contentType, text, err := h.Metrics.Gather(in.Accept)
	if err != nil {
		return nil, err
	}
	return &metricsOutput{contentType, text}, nil
}
