package sim_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	api "onshisim/client"
	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// TestSlowBodiesKeepNobodyOutOfAWorld: a request whose body is still to come does not count among those that its world
// answers at the same time. Anybody can send such a request: to log in takes no token.
func TestSlowBodiesKeepNobodyOutOfAWorld(t *testing.T) {
	t.Parallel()
	handlers := simulator(t, eventlog.NewMemory(), world.Limits{Requests: 1})
	public, control := httptest.NewServer(handlers.Public), httptest.NewServer(handlers.Control)
	defer control.Close()
	defer public.Close()
	_, err := (&api.Plane{URL: control.URL, HTTP: control.Client()}).World("default").Create(t.Context(), api.Source{Scenario: "base"})
	require.NoError(t, err)

	for range 20 {
		conn, err := net.Dial("tcp", public.Listener.Addr().String())
		require.NoError(t, err)
		defer conn.Close()
		_, err = io.WriteString(conn, "POST /mynaportal/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n")
		require.NoError(t, err)
		told, err := bufio.NewReader(conn).ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "HTTP/1.1 100 Continue\r\n", told, "it waits for the body now")
		_, err = io.WriteString(conn, "{")
		require.NoError(t, err)
	}
	answer, err := public.Client().Post(public.URL+"/mynaportal/sessions", "application/json", strings.NewReader(`{"cardSerial":"card-ichiro-1","pin":"1101"}`))
	require.NoError(t, err)
	answer.Body.Close()
	require.Equal(t, http.StatusCreated, answer.StatusCode)
}
