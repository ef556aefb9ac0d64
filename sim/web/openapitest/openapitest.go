// Package openapitest holds what a listener answers against the OpenAPI document that it serves: every answer has a
// documented status, media type and body, and every body that was taken is one that the document allows.
package openapitest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
)

// T is what a check needs of a test; rapid's tests have it too.
type T interface {
	Errorf(format string, args ...any)
}

// Checked answers as handler does, and fails t where an answer is not what handler's document says.
//
// What is streamed is streamed on, and a handler that drops the connection with http.ErrAbortHandler is not judged.
func Checked(t T, handler http.Handler) http.Handler {
	load := sync.OnceValues(func() (*document, error) { return documentOf(handler) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{method: r.Method, path: r.URL.EscapedPath(), requestType: r.Header.Get("Content-Type")}
		heard := &body{source: r.Body}
		said := &answer{ResponseWriter: w}
		incoming := *r
		incoming.Body = heard
		handler.ServeHTTP(said, &incoming)

		x.request, x.answer = heard.text.Bytes(), said.text.Bytes()
		x.status, x.answerType = said.final()
		d, err := load()
		if err == nil {
			err = d.check(x)
		}
		if err != nil {
			t.Errorf("%v", err)
		}
	})
}

// documentOf asks a handler for its document, as anyone can.
func documentOf(handler http.Handler) (*document, error) {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, documentPath, http.NoBody))
	return parse(w.Code, w.Body.Bytes())
}

// body is a request's, and keeps what was read of it.
type body struct {
	source io.ReadCloser
	text   bytes.Buffer
}

// Read reads on.
func (b *body) Read(part []byte) (int, error) {
	n, err := b.source.Read(part)
	b.text.Write(part[:n])
	return n, err
}

// Close closes the request's own body.
func (b *body) Close() error { return b.source.Close() }

// answer is what a handler writes, passed on and kept.
type answer struct {
	http.ResponseWriter
	status int
	media  string
	text   bytes.Buffer
}

// WriteHeader keeps the first final status, and the media type as it is then.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status, a.media = status, a.Header().Get("Content-Type")
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write keeps a part of the body.
func (a *answer) Write(part []byte) (int, error) {
	if a.status == 0 {
		a.status, a.media = http.StatusOK, a.Header().Get("Content-Type")
	}
	a.text.Write(part)
	return a.ResponseWriter.Write(part)
}

// Unwrap gives http.ResponseController what it flushes.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// final is what was sent in the end: a handler that says nothing says 200.
func (a *answer) final() (status int, media string) {
	if a.status == 0 {
		return http.StatusOK, a.Header().Get("Content-Type")
	}
	return a.status, a.media
}
