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
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"*/*": anything}},
	}, h.scanForLeaks)
}

// ScanInput is a world and the text to scan; exported like WorldPath.
type ScanInput struct {
	WorldPath
	web.Stream
}

type scanOutput struct {
	Body scanReport
}

type scanReport struct {
	Bytes       int64             `json:"bytes" doc:"how many were read, as given"`
	Unpacked    bool              `json:"unpacked" doc:"whether it was gzip"`
	Total       int               `json:"total" doc:"how often protected items occur"`
	Findings    []leak            `json:"findings" doc:"in the order of the text; at most 20 places of an item, and 1,000 in all"`
	Cut         bool              `json:"cut" doc:"there are more than are listed"`
	Untraceable []untraceableItem `json:"untraceable" doc:"what protected persons have, but could not be looked for"`
}

type leak struct {
	leakscan.Finding
	MayHaveComeThrough []protected.View `json:"mayHaveComeThrough" doc:"the views that show the item by right as the flags stand now; none: it ought to be nowhere"`
}

type untraceableItem struct {
	Person string `json:"person"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Why    string `json:"why" enum:"shared,length" doc:"a person without flags has it too; or it has fewer than 4 characters, or more than 1,000"`
}

func (h *handler) scanForLeaks(ctx context.Context, in *ScanInput) (*scanOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	belongings := protected.Of(w)
	scanner := leakscan.New(belongings.Items)
	report, err := scanner.Scan(ctx, &in.Stream)
	if errors.Is(err, leakscan.ErrBrokenGzip) {
		return nil, problem.BadField("body", "begins as gzip, but can't be unpacked to its end; send it whole, or unpacked")
	}
	if err != nil {
		return nil, &problem.Error{Kind: problem.Unreadable, Code: "SIM-REQ-400", Detail: "The body broke off; send it whole.", Cause: err}
	}
	out := &scanOutput{scanReport{
		Bytes: report.Bytes, Unpacked: report.Unpacked, Total: report.Total, Cut: report.Cut, Findings: []leak{}, Untraceable: []untraceableItem{},
	}}
	look := w.Look(ctx)
	for _, f := range report.Findings {
		found := leak{Finding: f, MayHaveComeThrough: []protected.View{}}
		if p, known := w.Person(f.Person); known {
			found.MayHaveComeThrough = belongings.Views(look, p, leakscan.Item{Person: f.Person, Kind: f.Kind, Text: f.Text})
		}
		out.Body.Findings = append(out.Body.Findings, found)
	}
	for _, item := range belongings.Shared {
		out.Body.Untraceable = append(out.Body.Untraceable, untraceableItem{item.Person, string(item.Kind), item.Text, "shared"})
	}
	for _, item := range scanner.Ignored() {
		out.Body.Untraceable = append(out.Body.Untraceable, untraceableItem{item.Person, string(item.Kind), item.Text, "length"})
	}
	return out, nil
}
