package control

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/backup"
	"onshisim/sim/problem"
	"onshisim/sim/web"
)

// jsonLines is the media type of events: one event of JSON on each line.
const jsonLines = "application/jsonl"

// eventTypes are the media types that events are taken in.
var eventTypes = []string{jsonLines, "application/x-ndjson", "text/plain"}

func (h *handler) mountEvents(g huma.API) {
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Description: "one event of JSON on each line"}}
	web.Register(g, huma.Operation{
		OperationID: "export-events", Method: http.MethodGet, Path: "/worlds/{world}/events",
		Summary: "Export the world as its events (JSON Lines)",
		Responses: map[string]*huma.Response{"200": {
			Description: "The events from the first to the last", Content: map[string]*huma.MediaType{jsonLines: text},
		}},
	}, h.exportEvents)
	taken := map[string]*huma.MediaType{}
	for _, media := range eventTypes {
		taken[media] = text
	}
	web.Register(g, huma.Operation{
		OperationID: "import-events", Method: http.MethodPost, Path: "/worlds/{world}/events", DefaultStatus: http.StatusCreated,
		Summary:      "Make a world from its events (JSON Lines)",
		Description:  "All of it or nothing. The world must not exist, or be empty. The closing line of an export by sim export is held against the events.",
		MaxBodyBytes: largestDocument, RequestBody: &huma.RequestBody{Content: taken},
		Middlewares: huma.Middlewares{refuseOtherTypes(g)},
	}, h.importEvents)
}

// exportEvents streams: a world may have more events than memory should hold twice.
func (h *handler) exportEvents(ctx context.Context, in *WorldPath) (*huma.StreamResponse, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(answer huma.Context) {
		answer.SetHeader("Content-Type", jsonLines)
		to := answer.BodyWriter()
		for event, err := range w.Events(ctx) {
			if err != nil { // sim/web logs it and, once something is sent, cuts the connection: half a world must not pass for one
				panic(err)
			}
			if _, err := to.Write(append(slices.Clip(event), '\n')); err != nil {
				return // nobody reads any more
			}
		}
	}}, nil
}

// refuseOtherTypes refuses a body that says it is something else; one that says nothing is meant to be events.
func refuseOtherTypes(g huma.API) func(huma.Context, func(huma.Context)) {
	refusal := problem.New(problem.Unsupported, "SIM-REQ-415",
		"The body has to be JSON Lines in UTF-8, sent as Content-Type: %s.", jsonLines)
	return func(ctx huma.Context, next func(huma.Context)) {
		given := ctx.Header("Content-Type")
		if media, _, err := mime.ParseMediaType(given); given != "" && (err != nil || !slices.Contains(eventTypes, media)) {
			web.Refuse(g, ctx, refusal)
			return
		}
		next(ctx)
	}
}

type importEventsInput struct {
	WorldPath
	RawBody []byte `contentType:"application/jsonl"`
}

func (h *handler) importEvents(ctx context.Context, in *importEventsInput) (*worldOutput, error) {
	w, err := h.Worlds.Import(ctx, in.World, backup.Opened(backup.Lines(bytes.NewReader(in.RawBody)), false))
	if err != nil {
		return nil, err
	}
	return h.answer(w), nil
}
