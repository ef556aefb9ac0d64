package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"onshisim/sim/protected"
)

// ScanForLeaks sends a text, however long, and tells which items of the world's protected persons stand where in it.
func (w *World) ScanForLeaks(ctx context.Context, text io.Reader) (report protected.Report, err error) {
	answer, err := w.Plane.send(ctx, http.MethodPost, w.path("/leak-scan"), "application/octet-stream", text)
	if err != nil {
		return report, err
	}
	defer answer.Close()
	if err := json.NewDecoder(answer).Decode(&report); err != nil {
		return report, fmt.Errorf("read the report: %w", err)
	}
	return report, nil
}
