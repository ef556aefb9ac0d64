package client

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// The media types that the control plane speaks.
const (
	jsonType  = "application/json"
	jsonLines = "application/jsonl"
)

// call sends a value as JSON, nil for no body, and reads the answer into another, nil for none.
func (p *Plane) call(ctx context.Context, method, path string, body, into any) error {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", method, path, err)
		}
		content = bytes.NewReader(text)
	}
	answer, err := p.send(ctx, method, path, jsonType, content)
	if err != nil {
		return err
	}
	defer answer.Close()
	if into == nil {
		return nil
	}
	if err := json.NewDecoder(answer).Decode(into); err != nil {
		return fmt.Errorf("%s %s: the answer can't be read as a control plane's: %w", method, p.address(path), err)
	}
	return nil
}

// send sends a body, nil for none, and gives the body of a success, which the caller closes.
func (p *Plane) send(ctx context.Context, method, path, contentType string, body io.Reader) (io.ReadCloser, error) {
	request, err := http.NewRequestWithContext(ctx, method, p.address(path), body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", strings.Join([]string{jsonType, jsonLines, "application/problem+json"}, ", "))
	if body != nil {
		request.Header.Set("Content-Type", contentType)
	}
	if p.Token != "" {
		request.Header.Set("Authorization", "Bearer "+p.Token)
	}
	response, err := cmp.Or(p.HTTP, http.DefaultClient).Do(request)
	if err != nil {
		return nil, unreached(ctx, err)
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		defer response.Body.Close()
		return nil, refusal(response)
	}
	return response.Body, nil
}

func (p *Plane) address(path string) string { return strings.TrimSuffix(p.URL, "/") + path }

// unreached adds the way out to the error of a request that got no answer; it names the URL already.
func unreached(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return fmt.Errorf("%w (give the certificate of its CA: --ca-file, or Plane.HTTP; a simulator's test CA has it at /ca.pem)", err)
	}
	return fmt.Errorf("%w (is the simulator running? sim serve)", err)
}
