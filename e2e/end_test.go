package e2e_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestItEndsWellWhenAsked: what runs is finished, nothing new is taken, the ports are free.
func TestItEndsWellWhenAsked(t *testing.T) {
	t.Parallel()
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			running := beginCardRead(t, s.public)

			require.NoError(t, s.Process.Signal(signal))
			for _, base := range []string{s.public, s.control} {
				require.Eventually(t, func() bool { return refuses(base) }, patience, time.Millisecond, "it still takes requests")
			}
			a := running.finish(t)
			assert.Equal(t, http.StatusOK, a.status)
			assert.Contains(t, a.body, `"qualificationValidity":"1"`)

			assert.Equal(t, 0, s.Wait(t))
			assert.Regexp(t, `^{.*"msg":"started".*}\n{.*"msg":"ended".*}\n$`, s.Stderr.String())
			for _, base := range []string{s.public, s.control} {
				again, err := net.Listen("tcp", strings.TrimPrefix(base, "http://"))
				require.NoError(t, err, "the port is not free")
				require.NoError(t, again.Close())
			}
		})
	}
}

// TestItSaysThatItLeaves before it does, when another program asks for the end: a load balancer that looks at /readyz has
// gone to another replica by then, and no request was refused.
func TestItSaysThatItLeaves(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for _, base := range []string{s.public, s.control} {
		assert.Equal(t, "ready", get(t, base+"/readyz").field(t, "status"))
	}
	asked := time.Now()
	require.NoError(t, s.Process.Signal(syscall.SIGTERM))
	for _, base := range []string{s.public, s.control} {
		require.Eventually(t, func() bool {
			return must(t, request{method: http.MethodGet, url: base + "/readyz"}).status != http.StatusOK
		}, patience, time.Millisecond)
		left := must(t, request{method: http.MethodGet, url: base + "/readyz"})
		requireProblem(t, left, http.StatusServiceUnavailable, "SIM-LEAVING-503")
		assert.Equal(t, "1", left.header.Get("Retry-After"))
		get(t, base+"/healthz")
	}
	assert.Equal(t, http.StatusOK, beginCardRead(t, s.public).finish(t).status, "it still takes requests")
	assert.Equal(t, 0, s.Wait(t))
	assert.Greater(t, time.Since(asked), time.Second)
}

func refuses(base string) bool {
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	if err == nil {
		_ = conn.Close()
	}
	return err != nil
}

// underway is a request whose body the simulator has begun to read.
type underway struct {
	net.Conn
	answers *bufio.Reader
	rest    string
}

// beginCardRead sends a request up to its body. By 100 Continue a server says that it waits for it.
func beginCardRead(t *testing.T, base string) underway {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	body := readCard("card-ichiro-1", "1101")
	_, err = fmt.Fprintf(conn, "POST /terminal/card-reads HTTP/1.1\r\nHost: sim\r\nAuthorization: Bearer hospital-token\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", len(body))
	require.NoError(t, err)
	u := underway{conn, bufio.NewReader(conn), body}
	line, err := u.answers.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "HTTP/1.1 100 Continue\r\n", line)
	_, err = u.answers.ReadString('\n')
	require.NoError(t, err)
	return u
}

func (u underway) finish(t *testing.T) answer {
	t.Helper()
	_, err := io.WriteString(u, u.rest)
	require.NoError(t, err)
	in, err := http.ReadResponse(u.answers, nil)
	require.NoError(t, err)
	read, err := io.ReadAll(in.Body)
	require.NoError(t, err)
	return answer{in.StatusCode, in.Header, string(read)}
}

// readCard is the body of a card read with a PIN and consent to checkups and medicines.
func readCard(serial, pin string) string {
	return fmt.Sprintf(`{"cardSerial":%q,"verification":{"method":"pin","pin":%q},"consents":{"checkups":true,"medicines":true}}`, serial, pin)
}

func TestATakenPortIsNamedByItsFlag(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = taken.Close() })
	for _, flag := range []string{"listen", "control-listen"} {
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			args := []string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--" + flag, taken.Addr().String()}
			e := run(t, args...)
			assert.Equal(t, 1, e.status)
			assert.Empty(t, e.stdout, "it welcomes nobody")
			assert.Regexp(t, `^sim: --`+flag+`: .*`+taken.Addr().String()+`.*in use`, e.stderr)
		})
	}
	for _, flag := range []string{"listen", "control-listen"} {
		e := run(t, "serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--"+flag, "127.0.0.1")
		assert.Equal(t, 1, e.status)
		assert.Contains(t, e.stderr, "--"+flag+": ")
	}
}
