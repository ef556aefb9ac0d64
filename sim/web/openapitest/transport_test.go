package openapitest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web/openapitest"
)

// ask asks by way of a network.
func ask(t *testing.T, client *http.Client, method, url, body string) (answer string, err error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return string(text), err
}

// served are the pets at a URL, with a client that checks them there.
func served(t *testing.T) (base string, client *http.Client) {
	t.Helper()
	server := httptest.NewServer(pets)
	t.Cleanup(server.Close)
	return server.URL, &http.Client{Transport: openapitest.CheckedTransport(server.Client().Transport, server.URL)}
}

func TestCheckedTransport(t *testing.T) {
	t.Parallel()
	base, client := served(t)
	for name, x := range exchanges {
		if name == "something, not nothing" {
			continue // net/http does not send it
		}
		t.Run(name, func(t *testing.T) {
			answer, err := ask(t, client, x.method, base+x.path+query(x.status, x.media, x.answer), x.request)
			if x.want != "" {
				require.ErrorContains(t, err, x.want)
				return
			}
			require.NoError(t, err)
			require.Equal(t, x.answer, answer)
		})
	}
}

func TestCheckedTransportKeepsWhatBreaks(t *testing.T) {
	t.Parallel()
	base, client := served(t)
	_, err := ask(t, client, "GET", base+"/pets/1?abort", "")
	require.ErrorIs(t, err, io.EOF)

	cut := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "9")
		_, _ = io.WriteString(w, "half")
	}))
	t.Cleanup(cut.Close)
	client.Transport = openapitest.CheckedTransport(cut.Client().Transport, cut.URL)
	answer, err := ask(t, client, "GET", cut.URL+"/pets", "")
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, "half", answer)
}

func TestCheckedTransportLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	_, client := served(t)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "x") }))
	t.Cleanup(other.Close)
	answer, err := ask(t, client, "GET", other.URL+"/pets", "")
	require.NoError(t, err)
	require.Equal(t, "x", answer)
}
