package containers_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// controlToken is that of every control plane here.
const controlToken = "control-token-of-these-tests"

// answer is what came back, read to its end.
type answer struct {
	status int
	header http.Header
	body   string
}

// send sends a request with JSON, or none. It may be called outside of the test's goroutine.
func send(ctx context.Context, method, url, token, body string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(read)}, err
}

// ask sends a request that has to be answered with this status.
func ask(t *testing.T, method, url, token, body string, status int) answer {
	t.Helper()
	a, err := send(t.Context(), method, url, token, body)
	require.NoError(t, err)
	require.Equal(t, status, a.status, "%s %s: %s", method, url, a.body)
	return a
}

// field is a value of the answer's JSON object; nil if there is none.
func (a answer) field(t *testing.T, name string) any {
	t.Helper()
	var fields map[string]any
	require.NoError(t, json.Unmarshal([]byte(a.body), &fields), a.body)
	return fields[name]
}

// eventually waits until something can be done.
func eventually(t *testing.T, try func(ctx context.Context) error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		err := try(ctx)
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			require.FailNow(t, "it takes too long", "%v", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
