package control_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

type checkpointAnswer struct {
	Name     string
	Position uint64
	Now      string
}

func TestCheckpoints(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	list := func() []checkpointAnswer {
		return read[struct{ Checkpoints []checkpointAnswer }](t, p.send(http.MethodGet, "/worlds/t1/checkpoints", ""), http.StatusOK).Checkpoints
	}
	require.Empty(t, list())
	put := read[checkpointAnswer](t, p.send(http.MethodPut, "/worlds/t1/checkpoints/lesson-1", ""), http.StatusOK)
	require.Equal(t, "lesson-1", put.Name)
	require.Equal(t, "2021-04-01T09:00:00+09:00", put.Now)

	p.send(http.MethodPost, "/worlds/t1/clock/advance", `{"duration": "90d"}`)
	p.send(http.MethodPut, "/worlds/t1/mode", `{"mode": "disaster"}`)
	read[checkpointAnswer](t, p.send(http.MethodPut, "/worlds/t1/checkpoints/after", ""), http.StatusOK)
	require.Len(t, list(), 2)

	require.Equal(t, put, read[checkpointAnswer](t, p.send(http.MethodPost, "/worlds/t1/checkpoints/lesson-1/restore", ""), http.StatusOK))
	require.Equal(t, clockAnswer{"2021-04-01T09:00:00+09:00", false}, read[clockAnswer](t, p.send(http.MethodGet, "/worlds/t1/clock", ""), http.StatusOK))
	require.Contains(t, p.send(http.MethodGet, "/worlds/t1/mode", "").Body.String(), `"normal"`)
	require.Len(t, list(), 2, "a checkpoint put later stays")

	require.Equal(t, http.StatusNoContent, p.send(http.MethodDelete, "/worlds/t1/checkpoints/after", "").Code)
	require.Equal(t, []checkpointAnswer{put}, list())
}

func TestCheckpointsRefuse(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for _, c := range []struct{ method, path string }{
		{http.MethodPost, "/checkpoints/none/restore"}, {http.MethodDelete, "/checkpoints/none"},
	} {
		refused(t, p.send(c.method, "/worlds/t1"+c.path, ""), http.StatusNotFound, "SIM-CHECKPOINT-404")
	}
	refused(t, p.send(http.MethodPut, "/worlds/t1/checkpoints/-x", ""), http.StatusUnprocessableEntity, "SIM-REQ-422", "path.name")
}
