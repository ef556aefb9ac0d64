// Package ask asks the simulator's two listeners as every client does, over HTTP, for the screens of the training room: what a
// screen shows is an answer of the interface, decided, recorded in the journal and struck by faults like any other.
package ask

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// largestAnswer bounds an answer that is read, in bytes.
const largestAnswer = 16 << 20

// Desk is a listener that can be asked.
type Desk struct {
	Client *http.Client
	Base   string // the listener's URL, without a slash at the end
}

// Fields are an answer, or what a screen was asked to send: JSON as it is.
type Fields = map[string]any

// Ask sends a request and reads the answer; with a body, unless that is nil, and a token, unless that is empty. An answer that
// is no success is a *Refusal.
func (d Desk) Ask(ctx context.Context, method, path, token string, body any) (Fields, error) {
	var content io.Reader = http.NoBody
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, d.Base+path, content)
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := d.Client.Do(request)
	if err != nil {
		return nil, &Refusal{Status: http.StatusBadGateway, Detail: "no answer", Cause: err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer))
	if err != nil {
		return nil, &Refusal{Status: http.StatusBadGateway, Detail: "the answer broke off", Cause: err}
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		return nil, refusalOf(response.StatusCode, text)
	}
	return fieldsOf(text)
}

func fieldsOf(text []byte) (fields Fields, err error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return Fields{}, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&fields); err != nil {
		return nil, &Refusal{Status: http.StatusBadGateway, Detail: "the answer is no JSON", Cause: err}
	}
	return fields, nil
}

// Refusal is an answer that is no success, or none at all.
type Refusal struct {
	Status int               // of HTTP; 502 where nothing came that can be read
	Code   string            // SIM-…; empty where the answer has none
	Detail string            // for who reads the interface's English
	Fields map[string]string // what is wrong with a field, by its name within the body, as in birthdate
	Cause  error             // why nothing came
}

// Error says what was refused.
func (r *Refusal) Error() string { return fmt.Sprintf("%d %s %s", r.Status, r.Code, r.Detail) }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.Cause }

func refusalOf(status int, text []byte) *Refusal {
	var problem struct {
		Code, Detail string
		Errors       []struct{ Field, Message string }
	}
	r := &Refusal{Status: status, Fields: map[string]string{}}
	if json.Unmarshal(text, &problem) == nil { // else it is a fault's garbage
		r.Code, r.Detail = problem.Code, problem.Detail
	}
	for _, e := range problem.Errors {
		r.Fields[e.Field[strings.LastIndexByte(e.Field, '.')+1:]] = e.Message
	}
	return r
}
