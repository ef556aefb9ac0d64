// Package otlp sends spans to an OpenTelemetry collector: OTLP 1.x over HTTP, in JSON. It is here because the exporter of
// OpenTelemetry itself brings all of gRPC into the program, also where it speaks HTTP, which makes it larger by a third.
package otlp

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// Exporter sends spans, each batch once: what a collector does not take is lost, and the error says so.
type Exporter struct {
	settings Settings
	client   *http.Client
}

var _ sdk.SpanExporter = (*Exporter)(nil)

// New makes an exporter. Nothing is sent before there are spans.
func New(settings Settings) *Exporter {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: settings.Roots, MinVersion: tls.VersionTLS12}
	return &Exporter{settings, &http.Client{Transport: transport, Timeout: settings.Timeout}}
}

// ExportSpans sends a batch.
func (e *Exporter) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	body, err := json.Marshal(batchOf(spans))
	if err != nil {
		return fmt.Errorf("%d spans are lost: %w", len(spans), err)
	}
	if err := e.send(ctx, body); err != nil {
		return fmt.Errorf("%d spans are lost: %w", len(spans), err)
	}
	return nil
}

// longestReply bounds what is read of a collector's answer, in bytes.
const longestReply = 64 << 10

func (e *Exporter) send(ctx context.Context, body []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.settings.Endpoint.String(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, value := range e.settings.Headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := e.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	reply, err := io.ReadAll(io.LimitReader(response.Body, longestReply))
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", e.settings.Endpoint.Redacted(), response.Status)
	}
	return refused(reply)
}

// refused says how many spans the collector did not take although it answered 200.
func refused(reply []byte) error {
	var told struct {
		PartialSuccess struct {
			RejectedSpans json.Number `json:"rejectedSpans"`
			ErrorMessage  string      `json:"errorMessage"`
		} `json:"partialSuccess"`
	}
	if json.Unmarshal(reply, &told) != nil { // an answer in other words than JSON tells nothing
		return nil
	}
	if count := told.PartialSuccess.RejectedSpans; count != "" && count != "0" {
		return fmt.Errorf("the collector refused %s of them: %s", count, told.PartialSuccess.ErrorMessage)
	}
	return nil
}

// Shutdown gives back what the exporter holds.
func (e *Exporter) Shutdown(context.Context) error {
	e.client.CloseIdleConnections()
	return nil
}
