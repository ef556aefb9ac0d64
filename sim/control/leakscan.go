package control

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/leakscan"
	"onshisim/sim/problem"
	"onshisim/sim/protected"
	"onshisim/sim/web"
)

func (h *handler) mountLeakScan(g huma.API) {
	anything := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary", Description: "UTF-8, Shift_JIS or UTF-16 with its mark, plain or gzip"}}
	web.Register(g, huma.Operation{
		OperationID: "scan-for-leaks", Method: http.MethodPost, Path: "/worlds/{world}/leak-scan",
		Summary: "Which protected person's address, postal code, insurer or clinic occurs in a text, and where",
		Description: "Any text: a log, a screen dump, a CSV file, an HTTP capture. It is read as it comes and never kept, so it may be as long as it likes. " +
			"Width, spaces, line breaks, dashes and the escapes of JSON, URL and HTML make no difference.",
		RequestBody: &huma.RequestBody{Content: map[string]*huma.MediaType{"*/*": anything}},
	}, h.scanForLeaks)
}

// ScanInput is a world and the text to scan; exported like WorldPath.
type ScanInput struct {
	WorldPath
	web.Stream
}

type scanOutput struct {
	Body protected.Report
}

func (h *handler) scanForLeaks(ctx context.Context, in *ScanInput) (*scanOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	report, err := protected.Scan(ctx, w, &in.Stream)
	switch {
	case errors.Is(err, leakscan.ErrBrokenGzip):
		return nil, problem.BadField("body", "begins as gzip, but can't be unpacked to its end; send it whole, or unpacked")
	case err != nil:
		return nil, &problem.Error{Kind: problem.Unreadable, Code: "SIM-REQ-400", Detail: "The body broke off; send it whole.", Cause: err}
	}
	return &scanOutput{report}, nil
}
