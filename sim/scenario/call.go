package scenario

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// call is one request in the making.
type call struct {
	act    act
	step   Step
	path   map[string]string // what fills {…} in the path
	query  url.Values
	body   map[string]any
	player map[string]any // what only the player reads
	token  string
}

// newCall spreads a step's parameters to their places.
func newCall(a act, step Step, with map[string]any) *call {
	c := &call{act: a, step: step, path: map[string]string{}, query: url.Values{}, body: map[string]any{}, player: map[string]any{}}
	places := a.places()
	for key, value := range with {
		switch places[key] {
		case inPath:
			c.path[key] = fmt.Sprint(value)
		case inQuery:
			c.query.Set(key, fmt.Sprint(value))
		case inPlayer:
			c.player[key] = value
		default:
			c.body[key] = value
		}
	}
	return c
}

var placeholder = regexp.MustCompile(`\{[A-Za-z]+\}`)

// address is the path with its query, as the reports show it.
func (c *call) address() string {
	address := placeholder.ReplaceAllStringFunc(c.act.path, func(found string) string {
		return url.PathEscape(c.path[strings.Trim(found, "{}")])
	})
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
	}
	return address
}

// content is the body to send; nil if the call has none.
func (c *call) content() []byte {
	if len(c.body) == 0 && !c.act.hasBody() {
		return nil
	}
	return []byte(compact(c.body))
}

// send makes a request and reads its answer. The base is a listener's URL, with the world's prefix where that applies.
func (t Target) send(ctx context.Context, method, address, token string, content []byte) (*answer, error) {
	return t.sendFor(ctx, maxAnswer, method, address, token, content)
}

// sendFor does so for an answer of at most so many bytes.
func (t Target) sendFor(ctx context.Context, most int64, method, address, token string, content []byte) (*answer, error) {
	var body io.Reader = http.NoBody
	if content != nil {
		body = bytes.NewReader(content)
	}
	request, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json, application/problem+json")
	if content != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := t.client().Do(request)
	if err != nil {
		return nil, withoutURL(err)
	}
	a, err := readAnswer(response, most)
	return a, errors.Join(err, response.Body.Close())
}

// withoutURL takes the address out of a client's error: reports show it beside, without the world's name.
func withoutURL(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}
