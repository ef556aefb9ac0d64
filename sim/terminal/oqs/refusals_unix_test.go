//go:build unix

package oqs_test

import (
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNoPipeIsWaitedFor: nobody may hold the terminal up.
func TestNoPipeIsWaitedFor(t *testing.T) {
	t.Parallel()
	x := start(t)
	require.NoError(t, syscall.Mkfifo(x.path("req", "OQSsiquc01req_pipe.xml"), 0o644))
	assert.Equal(t, "SIM-OQS-FILE", text(x.await(t, "res", "OQSsiquc01err_pipe.xml"), "ErrorCode"))
	x.gone(t, "OQSsiquc01req_pipe.xml")
}
