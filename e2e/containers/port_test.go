package containers_test

import (
	"math/rand/v2"
	"net"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// freePort is a port of the loopback interface that nobody uses, and nobody is given either: it is below those that systems
// take for outgoing connections. A container keeps it when it is started again.
func freePort(t *testing.T) string {
	t.Helper()
	const lowest, count, tries = 20000, 10000, 100
	for range tries {
		port := strconv.Itoa(lowest + rand.IntN(count))
		listener, err := net.Listen("tcp", "127.0.0.1:"+port)
		if err == nil {
			require.NoError(t, listener.Close())
			return port
		}
	}
	require.FailNow(t, "no port is free")
	return ""
}
