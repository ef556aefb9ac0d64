package room_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/training/room"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// theRoom is a simulator's screens, and the cookie of who has entered.
type theRoom struct {
	screens http.Handler
	worlds  *world.Registry
	entered *http.Cookie
}

func openRoom(t *testing.T, scenarios fs.FS, token string) *theRoom {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	document, err := scenario.NewWorlds(scenarios).World("base")
	require.NoError(t, err)
	_, err = worlds.Create(t.Context(), web.DefaultWorld, &document)
	require.NoError(t, err)
	r := &theRoom{worlds: worlds, screens: sim.New(sim.Config{
		Version: "test", Worlds: worlds, Scenarios: scenarios, Logger: slog.New(slog.DiscardHandler), ControlToken: token,
	}).Public}
	r.enter(t)
	return r
}

// enter gives the entry code, as a reader does.
func (r *theRoom) enter(t *testing.T) {
	t.Helper()
	here, err := r.worlds.World(t.Context(), web.DefaultWorld)
	require.NoError(t, err)
	form := httptest.NewRequest(http.MethodPost, "/room/entry", strings.NewReader(url.Values{"code": {room.EntryCode(here)}}.Encode()))
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	r.screens.ServeHTTP(w, form)
	require.Equal(t, http.StatusSeeOther, w.Code, w.Body)
	r.entered = w.Result().Cookies()[0]
}

func (r *theRoom) look(ctx context.Context, path string, cookies ...*http.Cookie) (status int, text string) {
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, path, http.NoBody)
	for _, cookie := range cookies {
		request.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	r.screens.ServeHTTP(w, request)
	return w.Code, w.Body.String()
}

// lesson is a problem's steps by their names, walked by the links from one to the next.
func (r *theRoom) lesson(t *testing.T, problem string) map[string]string {
	t.Helper()
	steps := map[string]string{}
	next := "/room/abuser/" + problem
	for i, name := range []string{"situation", "before", "measure", "after", "remains"} {
		status, text := r.look(t.Context(), next, r.entered)
		require.Equal(t, http.StatusOK, status, text)
		require.Contains(t, text, fmt.Sprintf("手順 %d / 5", i+1))
		steps[name] = text
		next, _, _ = strings.Cut(text, `">次へ</a>`)
		next = next[strings.LastIndex(next, `"`)+1:]
	}
	return steps
}

// afters are the cells of the column 後: what the abuser sees after the measure.
func afters(step string) (cells []string) {
	for _, row := range strings.Split(step, "<tr><td>")[1:] {
		row, _, _ = strings.Cut(row, "</tr>")
		columns := strings.Split(row, "<td>")
		cells = append(cells, columns[len(columns)-1])
	}
	return cells
}

// TestTheAbuserLearnsBeforeAndNotAfter: of the four problems each shows what betrays the refuge before the measure, and hides it
// after (P7-1, P8-1, P9-1, P9-2, P10-1).
func TestTheAbuserLearnsBeforeAndNotAfter(t *testing.T) {
	t.Parallel()
	r := openRoom(t, fixtures.FS, "")
	const nothing = "× 何も表示されない"
	for problem, c := range map[string]struct{ seen, gone, kept []string }{
		"card": {
			seen: []string{"かくれ里診療所", "かくれ里健診所", "架空県避難町かくれ里二丁目2番2号", "000-0202", "架空協会けんぽ"},
			gone: []string{nothing + "</p>", nothing + "(該当資格なし)", nothing + "(回答なし)"},
		},
		"proxy": {seen: []string{"かくれ里診療所", "かくれ里健診所", "架空協会けんぽ"}, gone: []string{nothing + "</p>", nothing + "(回答なし)"}},
		"certificate": {
			seen: []string{"架空県避難町かくれ里二丁目2番2号", "000-0202"},
			gone: []string{"× 住所、郵便番号: 表示されない"}, kept: []string{"! 保険者名: 架空協会けんぽ", "資格の有効性: 有効"},
		},
		"disaster": {
			seen: []string{"架空県避難町かくれ里二丁目2番2号", "000-0202", "架空睡眠導入錠"},
			gone: []string{"× 住所: 表示されない", "× 住所、郵便番号: 表示されない", nothing}, kept: []string{"! 保険者名: 架空協会けんぽ"},
		},
	} {
		steps := r.lesson(t, problem)
		cells := afters(steps["after"])
		seen := strings.Join(cells, "\n")
		for _, betrays := range c.seen {
			assert.Contains(t, steps["before"], betrays, problem)
			assert.Contains(t, steps["after"], betrays, problem)
		}
		for _, betrays := range []string{"かくれ里", "避難町", "000-0202", "架空睡眠導入錠", "9910020032"} {
			assert.NotContains(t, seen, betrays, problem)
		}
		for _, told := range append(c.gone, c.kept...) {
			assert.Contains(t, seen, told, problem)
		}
		for _, cell := range cells {
			assert.Contains(t, cell, "× ", problem+": every act tells less")
		}
		assert.Equal(t, len(c.kept) > 0, strings.Contains(seen, "保険者名: "), problem)
	}
}

// TestWhatShowsTheSameIsSaidOnce: the hospital and the pharmacy are one row.
func TestWhatShowsTheSameIsSaidOnce(t *testing.T) {
	t.Parallel()
	after := openRoom(t, fixtures.FS, "").lesson(t, "card")["after"]
	assert.Contains(t, after, "窓口・薬局")
	assert.Equal(t, 1, strings.Count(after, "<td>カードで資格確認</td>"))
}

// TestTheInsurersNameStaysAHint: P10-2, shown by what was answered.
func TestTheInsurersNameStaysAHint(t *testing.T) {
	t.Parallel()
	remains := openRoom(t, fixtures.FS, "").lesson(t, "disaster")["remains"]
	assert.Contains(t, remains, "P10-2")
	assert.Contains(t, remains, "候補者1件〔隠里　忍 架空県隠里町国民健康保険 住所なし〕")
	assert.Contains(t, remains, "QA-3")
}

// TestTheFlagThatDoesNotHelpIsSaid: the non-disclosure flag alone hides nothing at Mynaportal, and hides an address (P12-3, P12-6).
func TestTheFlagThatDoesNotHelpIsSaid(t *testing.T) {
	t.Parallel()
	r := openRoom(t, fixtures.FS, "")
	alone := `不開示該当 <span class="badge bad">設定中(1)</span><br>自己情報提供不可 <span class="badge soft">なし(0)</span></td><td>`
	assert.Contains(t, r.lesson(t, "card")["measure"], alone+"なし</td>")
	assert.Contains(t, r.lesson(t, "disaster")["measure"], alone+`<span class="good">× 住所、郵便番号</span></td>`)
}

func TestTheProblemsAreListed(t *testing.T) {
	t.Parallel()
	r := openRoom(t, fixtures.FS, "")
	status, text := r.look(t.Context(), "/room/abuser", r.entered)
	require.Equal(t, http.StatusOK, status)
	for _, problem := range []string{"card", "proxy", "certificate", "disaster"} {
		assert.Contains(t, text, `<a href="/room/abuser/`+problem+`"`)
	}
	for _, path := range []string{"nothing", "card?step=0", "card?step=6", "card?step=x"} {
		status, _ = r.look(t.Context(), "/room/abuser/"+path, r.entered)
		assert.Equal(t, http.StatusNotFound, status, path)
	}
}

// TestWhoHasNotEnteredPlaysNothing: a play makes a world, which is not for everybody.
func TestWhoHasNotEnteredPlaysNothing(t *testing.T) {
	t.Parallel()
	counted := &countingFS{FS: fixtures.FS}
	r := openRoom(t, counted, "")
	for _, path := range []string{"/room/abuser", "/room/abuser/card"} {
		status, text := r.look(t.Context(), path)
		assert.Equal(t, http.StatusForbidden, status)
		assert.NotContains(t, text, "花子")
	}
	assert.Zero(t, counted.plays.Load())
}

// countingFS counts how often the scenarios of the problems are opened, which is once for each play.
type countingFS struct {
	fs.FS
	plays atomic.Int64
}

func (c *countingFS) Open(name string) (fs.File, error) {
	if path.Dir(name) == "measures" {
		c.plays.Add(1)
	}
	return c.FS.Open(name)
}

func TestReadersAtTheSameTimePlayOnce(t *testing.T) {
	t.Parallel()
	counted := &countingFS{FS: fixtures.FS}
	r := openRoom(t, counted, "")
	var texts [8]string
	var all sync.WaitGroup
	for i := range texts {
		all.Go(func() { _, texts[i] = r.look(t.Context(), "/room/abuser/proxy?step=2", r.entered) })
	}
	all.Wait()
	for _, text := range texts {
		assert.Contains(t, text, "かくれ里診療所")
		assert.Equal(t, texts[0], text)
	}
	assert.EqualValues(t, 1, counted.plays.Load())
	names, err := r.worlds.Names(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []string{web.DefaultWorld}, names, "no world of a play is left")
}

// TestAReaderWhoLeavesCutsNoPlay: the next one has it.
func TestAReaderWhoLeavesCutsNoPlay(t *testing.T) {
	t.Parallel()
	counted := &countingFS{FS: fixtures.FS}
	r := openRoom(t, counted, "")
	leaving, leave := context.WithCancel(t.Context())
	counted.FS = openedFS{fixtures.FS, leave} // the reader leaves as the play begins
	r.look(leaving, "/room/abuser/proxy", r.entered)
	r.lesson(t, "proxy")
	assert.EqualValues(t, 1, counted.plays.Load())
}

// openedFS tells when a problem's scenario is opened.
type openedFS struct {
	fs.FS
	opened func()
}

func (o openedFS) Open(name string) (fs.File, error) {
	if path.Dir(name) == "measures" {
		o.opened()
	}
	return o.FS.Open(name)
}

func TestAPlayBearsTheControlPlanesToken(t *testing.T) {
	t.Parallel()
	assert.Contains(t, openRoom(t, fixtures.FS, "secret").lesson(t, "proxy")["before"], "かくれ里診療所")
}

// rewritten are the shipped scenarios with one text in place of another.
func rewritten(t *testing.T, from, to string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	require.NoError(t, fs.WalkDir(fixtures.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fixtures.FS, name)
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(text), from, to))}
		return err
	}))
	return files
}

func TestWhatIsAnsweredIsNoMarkup(t *testing.T) {
	t.Parallel()
	before := openRoom(t, rewritten(t, "かくれ里診療所", "<script>x</script>"), "").lesson(t, "proxy")["before"]
	assert.Contains(t, before, "&lt;script&gt;x&lt;/script&gt;")
	assert.NotContains(t, before, "<script>")
}

// TestAPlayThatFailsIsNoAnswer: nothing half played is taught, and it is tried again.
func TestAPlayThatFailsIsNoAnswer(t *testing.T) {
	t.Parallel()
	r := openRoom(t, rewritten(t, "status: noAnswer", "status: provided"), "")
	status, text := r.look(t.Context(), "/room/abuser/proxy", r.entered)
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.NotContains(t, text, "かくれ里")
	assert.NotContains(t, text, "noAnswer")
}
