package simtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// Do sends a request to a national system, by its path within the world, as in /terminal/card-reads. The token may be empty.
// The body is sent as it is if it is a string or bytes, otherwise as JSON; nil for none. Whatever the status is, the answer
// is given: only when there is none does the test end.
func (w *World) Do(t TB, method, path, token string, body any) *Answer {
	t.Helper()
	content, err := contentOf(body)
	if err != nil {
		t.Fatalf("simtest: %s %s: the body can't be written as JSON: %v", method, path, err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, w.URL()+path, bytes.NewReader(content))
	if err != nil {
		t.Fatalf("simtest: %s %s: %v", method, path, err)
	}
	if content != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := w.sim.http.Do(request)
	if err != nil {
		t.Fatalf("simtest: no answer: %v", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("simtest: %s %s: the answer broke off after %d bytes: %v", method, path, len(text), err)
	}
	return &Answer{Status: response.StatusCode, Header: response.Header, Body: text}
}

func contentOf(body any) ([]byte, error) {
	switch body := body.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(body), nil
	case []byte:
		return body, nil
	}
	return json.Marshal(body)
}

// LogIn opens a Mynaportal session with a card and its PIN, and gives its token. A wrong PIN counts; the third locks the card.
func (w *World) LogIn(t TB, cardSerial, pin string) string {
	t.Helper()
	answer := w.Do(t, http.MethodPost, "/mynaportal/sessions", "", map[string]string{"cardSerial": cardSerial, "pin": pin})
	if answer.Status != http.StatusCreated {
		t.Fatalf("simtest: log in with card %q: %s", cardSerial, answer)
	}
	var session struct {
		Token string `json:"token"`
	}
	answer.JSON(t, &session)
	return session.Token
}
