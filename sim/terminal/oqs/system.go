package oqs

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"onshisim/sim/world"
)

// takeFile tells the simulator of a file of a message; again if it was told before, so that no fault counts it twice.
func (t *Terminal) takeFile(ctx context.Context, about string, again bool) (world.TakenFile, error) {
	if again {
		about = ""
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	return t.Desk.TakeFile(ctx, about)
}

// system is the terminal's system, asked over HTTP.
type system struct {
	url  string
	http *http.Client
}

// answerTime is how long the control plane may take to answer, and slowTime the national system, whose answers faults delay.
const (
	answerTime = 15 * time.Second
	slowTime   = 11 * time.Minute
)

// largestReply bounds an answer of the system in bytes.
const largestReply = 64 << 20

// ask asks the system and reads its answer into a value. It may reject what it is asked, in its words. An error that is a
// *rejection is that it failed; with every other it may answer later: nobody answered, or the world is not there, or made anew.
func (s *system) ask(ctx context.Context, token, method, path string, body, into any) (*rejection, error) {
	ctx, cancel := context.WithTimeout(ctx, slowTime)
	defer cancel()
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	request, err := http.NewRequestWithContext(ctx, method, s.url+path, bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := s.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, largestReply))
	if err != nil {
		return nil, fmt.Errorf("%s %s: the answer broke off: %w", method, s.url+path, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		return refused(response, answer)
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return nil, reject("SIM-OQS-SYSTEM", "The national system's answer can't be read.")
	}
	return nil, nil
}

// refused reads a problem document (RFC 9457).
func refused(response *http.Response, answer []byte) (*rejection, error) {
	var problem struct {
		Code, Detail string
		Errors       []struct{ Field, Message string }
	}
	_ = json.Unmarshal(answer, &problem) // of what is none, the status tells
	if problem.Code == "SIM-WORLD-404" || problem.Code == "SIM-AUTH-401" {
		return nil, fmt.Errorf("%s: %s", response.Request.URL, problem.Detail)
	}
	detail := cmp.Or(problem.Detail, "The national system answers "+response.Status+".")
	for _, field := range problem.Errors {
		detail += " " + strings.TrimPrefix(field.Field, "body.") + ": " + field.Message
	}
	why := &rejection{cmp.Or(problem.Code, "SIM-OQS-SYSTEM"), detail}
	if response.StatusCode >= http.StatusInternalServerError {
		return nil, why
	}
	return why, nil
}
