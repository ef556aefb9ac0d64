package scenario_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

// call asks a handler by way of a target in process.
func call(t *testing.T, handler http.HandlerFunc, body io.Reader) (*http.Response, string, error) {
	t.Helper()
	target := scenario.InProcess(handler, nil)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target.PublicURL+"/a%2Fb?c=d", body)
	require.NoError(t, err)
	response, err := target.Client.Do(request)
	if err != nil {
		return nil, "", err
	}
	answered, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response, string(answered), nil
}

func TestInProcessAHandlerSeesARequestAsAServerGivesIt(t *testing.T) {
	response, answered, err := call(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.Equal(t, "x", string(body))
		assert.Equal(t, "/a%2Fb?c=d", r.RequestURI)
		assert.True(t, strings.HasPrefix(r.RemoteAddr, "127.0.0.1:"))
		w.Header().Set("A", "before")
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusTeapot)
		w.WriteHeader(http.StatusOK)
		w.Header().Set("A", "after")
		_, _ = io.WriteString(w, "tea")
	}, strings.NewReader("x"))
	require.NoError(t, err)
	assert.Equal(t, http.StatusTeapot, response.StatusCode)
	assert.Equal(t, "before", response.Header.Get("A"), "what is set after the status is too late")
	assert.Equal(t, "tea", answered)
}

func TestInProcessAHandlerMaySayNothing(t *testing.T) {
	response, answered, err := call(t, func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
	}, nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.Empty(t, answered)
}

func TestInProcessAnAbortIsABrokenConnection(t *testing.T) {
	_, _, err := call(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, nil)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.PanicsWithValue(t, "bug", func() {
		_, _, _ = call(t, func(http.ResponseWriter, *http.Request) { panic("bug") }, nil)
	})
}

func TestInProcessNothingReachesTheNetwork(t *testing.T) {
	_, err := scenario.InProcess(nil, nil).Client.Get("http://example.invalid/")
	assert.ErrorContains(t, err, "example.invalid is not in this process")
}
