package e2e_test

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// answer is what came back, read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// field is a value of the answer's JSON object; nil if there is none.
func (a answer) field(t *testing.T, name string) any {
	t.Helper()
	var fields map[string]any
	require.NoError(t, json.Unmarshal([]byte(a.body), &fields), a.body)
	return fields[name]
}

// request is something to send; an empty token sends none.
type request struct {
	method, url, token, body string
	contentType              string      // if not application/json
	stream                   io.Reader   // sent in chunks, in the body's place
	header                   http.Header // what else is sent
}

// send sends a request. It may be called outside of the test's goroutine.
func send(ctx context.Context, r request) (answer, error) {
	var body io.Reader = strings.NewReader(r.body)
	if r.stream != nil {
		body = r.stream
	}
	out, err := http.NewRequestWithContext(ctx, r.method, r.url, body)
	if err != nil {
		return answer{}, err
	}
	maps.Copy(out.Header, r.header)
	if r.token != "" {
		out.Header.Set("Authorization", "Bearer "+r.token)
	}
	if r.contentType != "" {
		out.Header.Set("Content-Type", r.contentType)
	} else if r.body != "" || r.stream != nil {
		out.Header.Set("Content-Type", "application/json")
	}
	in, err := http.DefaultClient.Do(out)
	if err != nil {
		return answer{}, err
	}
	defer in.Body.Close()
	read, err := io.ReadAll(in.Body)
	return answer{in.StatusCode, in.Header, string(read)}, err
}

// must sends a request that has to be answered, whatever the answer.
func must(t *testing.T, r request) answer {
	t.Helper()
	a, err := send(t.Context(), r)
	require.NoError(t, err)
	return a
}

// get reads what has to be there.
func get(t *testing.T, url string) answer {
	t.Helper()
	a := must(t, request{method: http.MethodGet, url: url})
	require.Equal(t, http.StatusOK, a.status, a.body)
	return a
}
