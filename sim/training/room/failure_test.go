package room_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/room"
	"onshisim/sim/world"
)

// TestAScreenThatFailsIsAScreen: with the number under which the log has the reason.
func TestAScreenThatFailsIsAScreen(t *testing.T) {
	t.Parallel()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{Wall: time.Now, Seed: func() uint64 { return 7 }})
	require.NoError(t, err)
	w, err := worlds.Create(t.Context(), "a", &world.Document{})
	require.NoError(t, err)
	_, err = w.PutCheckpoint(t.Context(), lesson.Checkpoint("broken"))
	require.NoError(t, err)
	var log bytes.Buffer
	h := sim.New(sim.Config{
		Version: "test", Worlds: worlds, Scenarios: fstest.MapFS{"broken.yaml": &fstest.MapFile{Data: []byte("title: [")}},
		Logger: slog.New(slog.NewJSONHandler(&log, nil)),
	})
	server := httptest.NewServer(h.Public)
	t.Cleanup(server.Close)
	v := (&house{worlds, server, nil}).visitor(t, "a")
	require.Equal(t, "研修室", v.send(t, "/room/entry", "code", room.EntryCode(w)).title())

	answer, err := v.Get(v.base + "/room/exercise")
	require.NoError(t, err)
	var text bytes.Buffer
	_, err = text.ReadFrom(answer.Body)
	require.NoError(t, err)
	id := answer.Header.Get("X-Request-Id")
	require.Equal(t, http.StatusInternalServerError, answer.StatusCode)
	require.Equal(t, "text/html; charset=utf-8", answer.Header.Get("Content-Type"))
	require.Contains(t, text.String(), "この画面を表示できませんでした。")
	require.Contains(t, text.String(), "SIM-500 "+id)
	require.Contains(t, text.String(), `href="/w/a/"`, "the way back leads to the world")
	require.Contains(t, log.String(), `"requestId":"`+id+`"`)
	require.Contains(t, log.String(), "broken.yaml")
}
