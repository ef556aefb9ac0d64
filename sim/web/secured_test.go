package web_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/certificates"
	"onshisim/sim/web"
)

// secured is TLS for 127.0.0.1, and a client that trusts it and speaks HTTP/2.
func secured(t *testing.T) (*tls.Config, *http.Client) {
	t.Helper()
	names := []string{"127.0.0.1"}
	ca, err := certificates.NewCA(names, time.Now())
	require.NoError(t, err)
	server, err := ca.Server(names, time.Now)
	require.NoError(t, err)
	trusted := x509.NewCertPool()
	require.True(t, trusted.AppendCertsFromPEM(ca.PEM()))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}, ForceAttemptHTTP2: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &tls.Config{GetCertificate: server.GetCertificate, MinVersion: tls.VersionTLS12}, &http.Client{Transport: transport, Timeout: patience}
}

func TestTLSIsSpoken(t *testing.T) {
	t.Parallel()
	config, client := secured(t)
	address := onLoopback(t, newServer(t), web.Limits{}, config)
	answer, err := client.Get("https://" + address + "/visits/a-1")
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), `"id":"a-1"`)
	require.Equal(t, 2, answer.ProtoMajor)
	require.Equal(t, uint16(tls.VersionTLS13), answer.TLS.Version)

	trusted := client.Transport.(*http.Transport).TLSClientConfig.RootCAs
	for version, taken := range map[uint16]bool{tls.VersionTLS11: false, tls.VersionTLS12: true} {
		conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS10, MaxVersion: version})
		require.Equal(t, taken, err == nil, "%x: %v", version, err)
		if taken {
			require.NoError(t, conn.Close())
		}
	}
	told, text := say(t, address, lookUp)
	require.Equal(t, http.StatusBadRequest, told.StatusCode, "plain HTTP is not answered")
	require.Empty(t, told.Header.Get("Sim"))
	require.NotContains(t, text, "a-1")
}

// TestAFloodOfStreams: HTTP/2 carries many requests over one connection; no more of them are answered at the same time
// than there may be connections.
func TestAFloodOfStreams(t *testing.T) {
	t.Parallel()
	const most = 4
	config, client := secured(t)
	open, busy := make(chan struct{}), make(chan struct{}, most)
	address := onLoopback(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		busy <- struct{}{}
		<-open
	}), web.Limits{Connections: most}, config)
	var flood sync.WaitGroup
	for range most {
		flood.Go(func() {
			answer, err := client.Get("https://" + address)
			if assert.NoError(t, err) {
				assert.Equal(t, http.StatusOK, answer.StatusCode)
				answer.Body.Close()
			}
		})
	}
	for range most {
		<-busy
	}
	for range 50 {
		answer, err := client.Get("https://" + address)
		require.NoError(t, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
		require.Equal(t, "1", answer.Header.Get("Retry-After"))
		require.Contains(t, string(body), `"code":"SIM-BUSY"`)
	}
	close(open)
	flood.Wait()
}

// TestWhoTakesNothingOfAStreamIsCutOff: over HTTP/2 the connection goes on, only the stream ends.
func TestWhoTakesNothingOfAStreamIsCutOff(t *testing.T) {
	t.Parallel()
	onSecuredPipes(t, func(w http.ResponseWriter, r *http.Request) {
		for i := 0; r.URL.Path == "/large"; i++ {
			if _, err := io.WriteString(w, large); err != nil {
				panic(http.ErrAbortHandler)
			}
		}
	}, func(t *testing.T, client *http.Client) {
		taken, err := client.Get("https://127.0.0.1/large")
		require.NoError(t, err)
		time.Sleep(time.Minute)
		requireEmpty(t, client)
		_, err = io.Copy(io.Discard, taken.Body)
		require.ErrorContains(t, err, "stream error")
	})
}

// TestAStreamMayTakeItsTime: the bound is for a part that was written and not taken, not for how long a handler waits.
func TestAStreamMayTakeItsTime(t *testing.T) {
	t.Parallel()
	onSecuredPipes(t, func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < 3 && r.URL.Path == "/late"; i++ {
			time.Sleep(10 * time.Minute)
			_, _ = io.WriteString(w, "part.")
			_ = http.NewResponseController(w).Flush()
		}
	}, func(t *testing.T, client *http.Client) {
		answer, err := client.Get("https://127.0.0.1/late")
		require.NoError(t, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.Equal(t, "part.part.part.", string(body))
	})
}

// TestTheBodyOfAStreamHasToComeInTime as that of a connection does.
func TestTheBodyOfAStreamHasToComeInTime(t *testing.T) {
	t.Parallel()
	onSecuredPipes(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
	}, func(t *testing.T, client *http.Client) {
		began := time.Now()
		unsent, never := io.Pipe()
		defer never.Close()
		answer, err := client.Post("https://127.0.0.1", "", unsent)
		require.NoError(t, err)
		answer.Body.Close()
		require.Equal(t, http.StatusBadRequest, answer.StatusCode)
		require.Equal(t, 30*time.Second, time.Since(began))
	})
}

// onSecuredPipes is onPipes over TLS, with a client that speaks HTTP/2 over one connection.
func onSecuredPipes(t *testing.T, handler http.HandlerFunc, test func(t *testing.T, client *http.Client)) {
	t.Helper()
	onPipes(t, func(t *testing.T, serve func(web.Listener) *pipes) {
		config, client := secured(t)
		p := serve(web.Listener{Handler: handler, TLS: config})
		client.Timeout = 0
		transport := client.Transport.(*http.Transport)
		transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
			transport.DialContext = nil
			return p.dial(t), nil
		}
		test(t, client)
		requireEmpty(t, client)
		transport.CloseIdleConnections()
	})
}

// requireEmpty finds that the connection is still good.
func requireEmpty(t *testing.T, client *http.Client) {
	t.Helper()
	answer, err := client.Get("https://127.0.0.1/")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, 2, answer.ProtoMajor)
}

// TestAStreamIsBoundedLikeAConnection: header and body.
func TestAStreamIsBoundedLikeAConnection(t *testing.T) {
	t.Parallel()
	config, client := secured(t)
	address := onLoopback(t, newServer(t), web.Limits{}, config)
	ask := func(body string, header http.Header) (int, error) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+address+"/visits", strings.NewReader(body))
		require.NoError(t, err)
		request.Header = header
		answer, err := client.Do(request)
		if err != nil {
			return 0, err
		}
		return answer.StatusCode, answer.Body.Close()
	}
	many := http.Header{}
	for i := range 101 {
		many.Set("A-"+strings.Repeat("a", i), "a")
	}
	status, err := ask("", many)
	require.NoError(t, err)
	require.Equal(t, http.StatusRequestHeaderFieldsTooLarge, status)
	status, err = ask(strings.Repeat(" ", 1<<20), http.Header{})
	require.NoError(t, err)
	require.Equal(t, http.StatusRequestEntityTooLarge, status)
	_, err = ask("", http.Header{"A": {strings.Repeat("a", 200<<10)}})
	require.ErrorContains(t, err, "larger than peer's advertised limit")
}
