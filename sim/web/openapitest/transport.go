package openapitest

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
)

// CheckedTransport sends as next does, and gives an error instead of an answer that is not what the document of its
// listener says: so the test that asked is the one that fails. The bases are the listeners' URLs, without a slash at the
// end; what goes elsewhere is not checked.
func CheckedTransport(next http.RoundTripper, bases ...string) http.RoundTripper {
	c := checkedTransport{next, map[string]func() (*document, error){}}
	for _, base := range bases {
		c.documents[base] = sync.OnceValues(func() (*document, error) { return c.fetch(base + documentPath) })
	}
	return c
}

type checkedTransport struct {
	next      http.RoundTripper
	documents map[string]func() (*document, error) // by base
}

func (c checkedTransport) fetch(url string) (*document, error) {
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	response, err := c.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	return parse(response.StatusCode, text)
}

// RoundTrip asks and checks.
func (c checkedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	base, load := c.listenerOf(request)
	if load == nil {
		return c.next.RoundTrip(request)
	}
	sent, outgoing, err := read(request)
	if err != nil {
		return nil, err
	}
	response, err := c.next.RoundTrip(outgoing)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answered, err := io.ReadAll(response.Body)
	response.Body = io.NopCloser(bytes.NewReader(answered))
	if err != nil { // the connection broke: whoever reads on is to see it break
		response.Body = io.NopCloser(io.MultiReader(response.Body, broken{err}))
		return response, nil
	}
	d, err := load()
	if err == nil {
		err = d.check(&exchange{
			method: request.Method, path: strings.TrimPrefix(plain(request), base),
			requestType: request.Header.Get("Content-Type"), request: sent,
			status: response.StatusCode, answerType: response.Header.Get("Content-Type"), answer: answered,
		})
	}
	if err != nil {
		return nil, err
	}
	return response, nil
}

// listenerOf is the base that a request goes to, with what loads the document there; nil if it goes elsewhere.
func (c checkedTransport) listenerOf(request *http.Request) (base string, load func() (*document, error)) {
	for base, load := range c.documents {
		if strings.HasPrefix(plain(request), base+"/") {
			return base, load
		}
	}
	return "", nil
}

// plain is a request's URL without its query.
func plain(request *http.Request) string {
	return request.URL.Scheme + "://" + request.URL.Host + request.URL.EscapedPath()
}

// read is a request's body, and the request with it.
func read(request *http.Request) (sent []byte, outgoing *http.Request, err error) {
	if request.Body == nil {
		return nil, request, nil
	}
	defer request.Body.Close()
	if sent, err = io.ReadAll(request.Body); err != nil {
		return nil, nil, err
	}
	again := *request
	again.Body = io.NopCloser(bytes.NewReader(sent))
	return sent, &again, nil
}

// broken is the end of a body that did not come whole.
type broken struct{ err error }

// Read tells how it broke.
func (b broken) Read([]byte) (int, error) { return 0, b.err }
