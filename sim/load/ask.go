package load

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"onshisim/sim/world"
)

// question is one request, with what its answer has to be.
type question struct {
	kind, method, path, token string
	body                      any   // as JSON; nil: none
	about                     []int // persons of the nation who decide the answer

	// predict says what the answer has to be by what is known of the persons now. It takes over from the answer what nobody
	// can know before: drawn ids, and instants of a clock that runs.
	predict func(answer []byte) expected
}

// largestAnswer bounds what is read of an answer, in bytes.
const largestAnswer = 4 << 20

// ask asks a question that was due at an instant, judges the answer and gives it with when it came. answered says that it
// came, and was no refusal.
func (p *player) ask(ctx context.Context, q *question, due time.Time) (answer []byte, came time.Time, answered bool) {
	if ctx.Err() != nil {
		return nil, due, false
	}
	status, answer, err := p.send(ctx, q)
	came = p.Now()
	if err != nil && ctx.Err() != nil {
		return nil, came, false // it was broken off with the day
	}
	p.tally.took(q.kind, came.Sub(due))
	switch {
	case err != nil:
		p.tally.failed(q.kind, failure(err))
		return nil, came, false
	case status >= http.StatusBadRequest && status != http.StatusForbidden:
		p.tally.failed(q.kind, fmt.Sprintf("%d %s", status, codeOf(answer)))
		return nil, came, false
	}
	p.judge(ctx, q, status, answer)
	return answer, p.Now(), status < http.StatusBadRequest
}

func (p *player) send(ctx context.Context, q *question) (status int, answer []byte, err error) {
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	var body io.Reader = http.NoBody
	if q.body != nil {
		text, err := json.Marshal(q.body)
		if err != nil {
			return 0, nil, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, q.method, p.PublicURL+p.prefix+q.path, body)
	if err != nil {
		return 0, nil, err
	}
	if q.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if q.token != "" {
		request.Header.Set("Authorization", "Bearer "+q.token)
	}
	response, err := p.HTTP.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, largestAnswer))
	return response.StatusCode, answer, err
}

// failure names why no answer came.
func failure(err error) string {
	if timeout := net.Error(nil); errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return "timeout"
	}
	return "connection broken"
}

// judge holds an answer against what it has to be. Before it is called wrong, the control plane is asked whether an event
// has changed the persons, and the answer is judged by their documents as they are now.
func (p *player) judge(ctx context.Context, q *question, status int, answer []byte) {
	if e := q.predict(answer); e.holds(status, answer) {
		return
	}
	asked := p.book.refresh(ctx, q.about)
	e := q.predict(answer)
	if e.holds(status, answer) || ctx.Err() != nil {
		return
	}
	w := Wrong{
		Kind: q.kind, Rules: e.rules, At: world.Instant(p.Now()), Expected: e,
		Request: Request{q.method, p.prefix + q.path, q.body}, Answer: Answer{status, inJSON(answer)},
	}
	for _, index := range q.about {
		w.Persons = append(w.Persons, p.book.person(index).ID)
	}
	if asked != nil {
		w.Unsure = "the control plane did not tell whether an event changed the person: " + asked.Error()
	}
	p.tally.wrong(w)
}

// inJSON is an answer as it is, or its text if it is no JSON.
func inJSON(answer []byte) json.RawMessage {
	if json.Valid(answer) {
		return answer
	}
	text, err := json.Marshal(string(answer))
	if err != nil {
		return nil
	}
	return text
}
