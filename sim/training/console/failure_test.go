package console_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/training/lesson"
)

// TestAPageThatFailsIsAPage: with the number under which the log has the reason, once.
func TestAPageThatFailsIsAPage(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := newSchool(t, func(c *sim.Config) {
		c.Scenarios = fstest.MapFS{"broken.yaml": &fstest.MapFile{Data: []byte("title: [")}}
		c.Logger = slog.New(slog.NewJSONHandler(&log, nil))
	})
	r := request(http.MethodGet, "/", nil)
	r.Header.Set("X-Request-Id", "of-this-page")
	w := s.do(r)
	require.Equal(t, http.StatusInternalServerError, w.Code)
	require.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	require.NotEmpty(t, w.Header().Get("Content-Security-Policy"))
	require.Equal(t, "of-this-page", w.Header().Get("X-Request-Id"))
	require.Contains(t, w.Body.String(), "この画面を表示できませんでした。")
	require.Contains(t, w.Body.String(), "SIM-500 of-this-page")
	require.NotContains(t, w.Body.String(), "broken", "the reason is not the reader's")
	require.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
	require.Contains(t, log.String(), `"requestId":"of-this-page"`)
	require.Contains(t, log.String(), "broken.yaml")
	require.Contains(t, log.String(), "console.listWorlds", "where it was")
}

// TestWhatCannotBeReadNowIsToldSo: the store is away, and nothing is wrong with the page.
func TestWhatCannotBeReadNowIsToldSo(t *testing.T) {
	t.Parallel()
	store := &store{SharedMemory: eventlogtest.Shared()}
	s := newSchoolOn(t, store)
	s.trainee("a-01")
	paths := []string{"/console/class", "/console/worlds/a-01", "/console/worlds/a-01/exercise", "/console/worlds/a-01/report"}
	for _, path := range paths {
		s.page(path)
	}
	store.away.Store(true)
	for _, path := range paths {
		w := s.do(request(http.MethodGet, path, nil))
		assert.Equal(t, http.StatusServiceUnavailable, w.Code, path)
		assert.Contains(t, w.Body.String(), "いまは読めません。", path)
	}
	w := s.do(request(http.MethodPost, "/console/worlds/a-01/exercise/step", url.Values{"step": {"1"}}))
	assert.Equal(t, http.StatusServiceUnavailable, w.Code)
	store.gone.Store(true)
	w = s.do(request(http.MethodGet, "/console/worlds/a-01/mode", nil))
	assert.Equal(t, http.StatusServiceUnavailable, w.Code, "a world that can't be read now is there all the same")
	store.away.Store(false)
	store.gone.Store(false)
	for _, path := range paths {
		s.page(path)
	}
}

// TestAnActIsWholeThoughTheBrowserLeaves: a class, an exercise and its restart are of several steps each.
func TestAnActIsWholeThoughTheBrowserLeaves(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.leaves("/console/classes", class("spring", "3"))
	names, err := s.worlds.Names(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"spring-01", "spring-02", "spring-03"}, names)
	for _, name := range names {
		w, err := s.worlds.World(t.Context(), name)
		require.NoError(t, err)
		_, ok := lesson.Assigned(w)
		require.True(t, ok, name)
	}
	s.post("/console/worlds", url.Values{"name": {"a"}, "scenario": {"base"}})
	s.leaves("/console/worlds/a/exercise", url.Values{"scenario": {"flows/p15-steps"}, "where": {"new"}, "name": {"b"}})
	s.leaves("/console/worlds/a/exercise", url.Values{"scenario": {"flows/p15-steps"}, "where": {"here"}})
	for _, name := range []string{"a", "b"} {
		require.Contains(t, s.page("/console/worlds/"+name+"/exercise"), "次の手順を行う: STEP1")
	}
	w, err := s.worlds.World(t.Context(), "b")
	require.NoError(t, err)
	s.flag(w, "kaori")
	s.leaves("/console/worlds/b/exercise/restart", nil)
	require.Contains(t, s.page("/console/worlds/b/journal"), "記録はありません")
	s.leaves("/console/deletion", url.Values{"world": {"spring-01", "spring-02", "spring-03", "a"}})
	names, err = s.worlds.Names(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"b"}, names)
}

// TestAClassThatFailsHalfwayIsTakenBackThoughTheBrowserLeaves: at the very moment.
func TestAClassThatFailsHalfwayIsTakenBackThoughTheBrowserLeaves(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	store := &store{SharedMemory: eventlogtest.Shared(), creating: func(name string) error {
		if name != "spring-03" {
			return nil
		}
		leave()
		return errAway
	}}
	s := newSchoolOn(t, store)
	w := s.do(request(http.MethodPost, "/console/classes", class("spring", "5")).WithContext(ctx))
	require.GreaterOrEqual(t, w.Code, http.StatusInternalServerError)
	require.Contains(t, w.Body.String(), "世界 spring-03 を作れなかったため、クラスの世界は1つも作っていません。")
	names, err := s.worlds.Names(t.Context())
	require.NoError(t, err)
	require.Empty(t, names)
}

// leaves sends a form and is gone before anything is done.
func (s *school) leaves(path string, form url.Values) {
	s.Helper()
	ctx, leave := context.WithCancel(s.Context())
	leave()
	w := httptest.NewRecorder()
	s.Control.ServeHTTP(w, request(http.MethodPost, path, form).WithContext(ctx))
	require.Equal(s, http.StatusSeeOther, w.Code, "%s: %s", path, w.Body)
}

var errAway = errors.New("connection refused")

// store is a store that others share, and that is away now and then.
type store struct {
	*eventlogtest.SharedMemory
	away     atomic.Bool // what is kept beside the events
	gone     atomic.Bool // all of it
	creating func(world string) error
}

// Create implements eventlog.Log.
func (s *store) Create(ctx context.Context, world string, records iter.Seq2[[]byte, error]) (eventlog.Head, error) {
	if s.creating != nil {
		if err := s.creating(world); err != nil {
			return eventlog.Head{}, err
		}
	}
	return s.SharedMemory.Create(ctx, world, records)
}

// Head implements eventlog.Log.
func (s *store) Head(ctx context.Context, world string) (eventlog.Head, error) {
	if s.gone.Load() {
		return eventlog.Head{}, errAway
	}
	return s.SharedMemory.Head(ctx, world)
}

// Shared implements eventlog.Log.
func (s *store) Shared() eventlog.Notes { return &notes{s.SharedMemory.Shared(), &s.away} }

type notes struct {
	eventlog.Notes
	away *atomic.Bool
}

// Book implements eventlog.Notes.
func (n *notes) Book(ctx context.Context, log, after uint64) (eventlog.Book, error) {
	if n.away.Load() {
		return eventlog.Book{}, errAway
	}
	return n.Notes.Book(ctx, log, after)
}
