package scenario

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// Target is the simulator that scenarios are played against.
type Target struct {
	PublicURL    string
	ControlURL   string
	ControlToken string       // for a control plane that is not on loopback
	Client       *http.Client // nil: the default one
}

// client gives the HTTP client to use.
func (t Target) client() *http.Client {
	if t.Client == nil {
		return http.DefaultClient
	}
	return t.Client
}

// The hosts by which a target in process knows its two listeners. Names under localhost never lead into the network, and a
// control plane without a token answers to them.
const (
	publicHost  = "public.localhost"
	controlHost = "control.localhost"
)

// InProcess makes a target of the two listeners' handlers, without a network.
func InProcess(public, control http.Handler) Target {
	return Target{
		PublicURL:  "http://" + publicHost,
		ControlURL: "http://" + controlHost,
		Client:     &http.Client{Transport: inProcess{publicHost: public, controlHost: control}},
	}
}

// inProcess answers requests by calling the handler of their host.
type inProcess map[string]http.Handler

// RoundTrip calls the handler. A handler that aborts is a connection that breaks.
func (hosts inProcess) RoundTrip(request *http.Request) (response *http.Response, err error) {
	handler, ok := hosts[request.URL.Host]
	if !ok {
		return nil, fmt.Errorf("%s is not in this process", request.URL.Host)
	}
	incoming := request.Clone(request.Context())
	incoming.RequestURI = request.URL.RequestURI()
	incoming.RemoteAddr = "127.0.0.1:0"
	incoming.Host = request.URL.Host
	if incoming.Body == nil {
		incoming.Body = http.NoBody
	}
	defer func() {
		switch aborted := recover(); aborted {
		case nil:
		case http.ErrAbortHandler:
			response, err = nil, io.ErrUnexpectedEOF
		default:
			panic(aborted)
		}
	}()
	recorded := &recorder{header: http.Header{}}
	handler.ServeHTTP(recorded, incoming)
	return recorded.response(request), nil
}

// recorder keeps what a handler writes.
type recorder struct {
	header http.Header
	sent   http.Header // the header as it was when the status was written
	status int
	body   bytes.Buffer
}

// Header gives the header to write.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader keeps the first final status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK {
		r.status, r.sent = status, r.header.Clone()
	}
}

// Write keeps a part of the body.
func (r *recorder) Write(part []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(part)
}

// response is what a client gets.
func (r *recorder) response(request *http.Request) *http.Response {
	r.WriteHeader(http.StatusOK)
	return &http.Response{
		Status:     strconv.Itoa(r.status) + " " + http.StatusText(r.status),
		StatusCode: r.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        r.sent,
		Body:          io.NopCloser(&r.body),
		ContentLength: int64(r.body.Len()),
		Request:       request,
	}
}
