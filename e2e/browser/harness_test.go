package browser_test

import (
	_ "embed"
	"fmt"
	"html"
	"image"
	"image/color"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	//go:embed testdata/good.html
	good string
	//go:embed testdata/style.css
	goodStyle string
)

const strict = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// site serves pages as they should be, except for what a test adds.
func site(t *testing.T, add func(*http.ServeMux)) string {
	t.Helper()
	needBrowser(t)
	mux := http.NewServeMux()
	mux.HandleFunc("/style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		fmt.Fprint(w, goodStyle)
	})
	if add != nil {
		add(mux)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", strict)
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Type", "text/html; charset=utf-8")
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func shows(page string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page) }
}

// simple is a page with nothing but its text.
func simple(text string) string {
	return `<!DOCTYPE html><html lang="ja"><title>頁</title><link rel="icon" href="data:,"><body>` + text
}

// recorder is a test that may fail: what it says is kept.
type recorder struct {
	testing.TB
	said   []string
	closes []func()
}

func (r *recorder) Errorf(format string, values ...any) {
	r.said = append(r.said, fmt.Sprintf(format, values...))
}

func (r *recorder) Fatalf(format string, values ...any) {
	r.Errorf(format, values...)
	runtime.Goexit()
}

func (r *recorder) Cleanup(do func()) { r.closes = append(r.closes, do) }

// failing is what a test with a tab of its own says as it fails.
func failing(t *testing.T, base string, test func(b *tab)) string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(openTab(r, base))
	}()
	<-done
	for i := len(r.closes) - 1; i >= 0; i-- {
		r.closes[i]()
	}
	return strings.Join(r.said, "\n")
}

// TestAFormIsFilledAndSent goes through every verb.
func TestAFormIsFilledAndSent(t *testing.T) {
	t.Parallel()
	var visits atomic.Int32
	base := site(t, func(mux *http.ServeMux) {
		mux.HandleFunc("/{$}", shows(good))
		mux.HandleFunc("/next", func(w http.ResponseWriter, r *http.Request) {
			assert.Regexp(t, `^ja\b`, r.Header.Get("Accept-Language"))
			fmt.Fprint(w, simple(fmt.Sprintf("<p>%d回目", visits.Add(1))))
		})
		mux.HandleFunc("/called", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, simple("<p>"+r.URL.RawQuery+"を呼びました"))
		})
		mux.HandleFunc("/entered", func(w http.ResponseWriter, r *http.Request) {
			assert.NoError(t, r.ParseForm())
			http.SetCookie(w, &http.Cookie{Name: "entered", Value: r.PostForm.Encode(), HttpOnly: true, SameSite: http.SameSiteStrictMode})
			http.Redirect(w, r, "/shown", http.StatusSeeOther)
		})
		mux.HandleFunc("/shown", func(w http.ResponseWriter, r *http.Request) {
			cookie, err := r.Cookie("entered")
			if err != nil {
				w.WriteHeader(http.StatusForbidden)
				fmt.Fprint(w, simple("<p>入れません"))
				return
			}
			fmt.Fprint(w, simple("<p>"+html.EscapeString(cookie.Value)))
		})
	})
	b := openTab(t, base)
	b.open("/")
	assert.Equal(t, "受付", b.title())
	assert.Contains(t, b.text(), "窓口で読み取りをします。")
	b.see("本人の確認", "標準　一郎")
	b.seeNot("入れません")

	b.fill("氏名", "架空")
	b.fill("氏名", "Kaku")
	b.press("End")
	b.press("o")
	assert.Equal(t, "Kakuo", b.value("氏名"))
	b.fill("暗証番号", "1101")
	b.fill("生年月日", "1988-08-08")
	b.fill("窓口", "外科")
	assert.Equal(t, "外科", b.value("窓口"))
	b.fill("備考", "")
	b.fill("同意", "する")
	b.fill("同意", "しない")
	assert.Equal(t, "しない", b.value("同意"))
	for _, is := range []string{"on", "off", "on", "on"} {
		b.fill("カードを持っている", is)
		assert.Equal(t, is, b.value("カードを持っている"))
	}
	b.click("確認する")
	b.see("born=1988-08-08&card=on&consent=no&name=Kakuo&note=&pin=1101&ward=2")
	assert.Equal(t, base+"/shown", b.url())

	b.back()
	b.fill("氏名", "Hanako")
	b.press("Enter")
	b.see("name=Hanako")
	b.back()
	b.click("読み取り")
	b.see("1回目")
	b.reload()
	b.see("2回目")
	b.back()
	b.clickIn("架空 花子", "呼ぶ")
	b.see("hanakoを呼びました")

	other := openTab(t, base)
	other.expectStatus(http.StatusForbidden)
	other.open("/shown")
	other.see("入れません") // it has no cookie of the first tab
}

func TestTwoLinksOfOneNameAreTold(t *testing.T) {
	t.Parallel()
	base := site(t, func(mux *http.ServeMux) { mux.HandleFunc("/{$}", shows(good)) })
	said := failing(t, base, func(b *tab) {
		b.open("/")
		b.click("呼ぶ")
	})
	assert.Regexp(t, `^click 呼ぶ: 2 links or buttons "呼ぶ"; there are: "本文へ", .*"確認する"`, said)
	assert.Contains(t, said, "標準　一郎", "the page's text")
	assert.FileExists(t, filepath.Join(screens, "failed-"+t.Name()+".png"))
}

// TestWhatATabMustNotDo: each of these fails a test that does nothing about it.
func TestWhatATabMustNotDo(t *testing.T) {
	t.Parallel()
	script := strings.Replace(strict, "style-src", "script-src 'self'; connect-src *; style-src", 1)
	header := func(name, value, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(name, value)
			fmt.Fprint(w, simple(text))
		}
	}
	runs := func(path string) http.HandlerFunc {
		return header("Content-Security-Policy", script, `<p>頁<script src="`+path+`"></script>`)
	}
	pages := map[string]struct {
		page  http.HandlerFunc
		found string
	}{
		"warning":   {runs("/warning.js"), "the console: warning: careful 7"},
		"error":     {runs("/error.js"), "the console: error: wrong"},
		"exception": {runs("/exception.js"), "an exception: "},
		"dialog":    {runs("/dialog.js"), "a dialog opens: sure?"},
		"host":      {runs("/host.js"), "another host is asked: http://elsewhere.example/"},
		"cookie":    {runs("/cookie.js"), "the cookie seen is not HttpOnly and SameSite=Strict"},
		"set":       {header("Set-Cookie", "lax=1; HttpOnly; SameSite=Lax", ""), "the cookie lax is not"},
		"gone":      {header("Set-Cookie", "gone=; Max-Age=0", ""), "the cookie gone is not"},
		"inline":    {header("X-Is", "strict", `<p style="color: red">頁`), "the browser: error: security: "},
		"missing":   {header("X-Is", "strict", `<link rel="stylesheet" href="/none.css">`), "/none.css answers 404"},
		"status":    {http.NotFound, "/status answers 404"},
		"stored":    {header("Cache-Control", "max-age=9", ""), "may be stored: Cache-Control: max-age=9"},
		"guessed":   {header("X-Content-Type-Options", "", ""), "has no X-Content-Type-Options"},
		"policy":    {header("Content-Security-Policy", "default-src *", ""), "default-src allows *"},
		"unsafe":    {header("Content-Security-Policy", strict+"; script-src 'unsafe-inline'", ""), "script-src allows 'unsafe-inline'"},
		"none":      {header("Content-Security-Policy", "", ""), "default-src is not 'none'"},
	}
	base := site(t, func(mux *http.ServeMux) {
		for name, script := range map[string]string{
			"warning": "console.warn('careful', 7)", "error": "console.error('wrong')", "exception": "null.x", "dialog": "confirm('sure?')",
			"host": "fetch('http://elsewhere.example/').catch(() => {})", "cookie": "document.cookie = 'seen=1; SameSite=Strict'",
		} {
			mux.HandleFunc("/"+name+".js", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/javascript")
				fmt.Fprint(w, script)
			})
		}
		for name, is := range pages {
			mux.HandleFunc("/"+name, is.page)
		}
	})
	for name, is := range pages {
		t.Run(name, func(t *testing.T) {
			assert.Contains(t, failing(t, base, func(b *tab) { b.open("/" + name) }), is.found)
		})
	}
	t.Run("an announced error that does not come", func(t *testing.T) {
		said := failing(t, base, func(b *tab) {
			b.expectStatus(http.StatusConflict)
			b.open("/status")
		})
		assert.Contains(t, said, "/status answers 404")
		said = failing(t, base, func(b *tab) { b.expectStatus(http.StatusConflict) })
		assert.Contains(t, said, "no page answered 409")
	})
}

// TestEveryBarrierIsFound changes a good page in one thing at a time.
func TestEveryBarrierIsFound(t *testing.T) {
	t.Parallel()
	changes := []struct{ from, to, found string }{
		{``, ``, ``},
		{`lang="ja"`, `lang="en"`, `html has lang="en"`},
		{`<title>受付`, `<title>`, "the page has no title"},
		{`<h1>受付</h1>`, ``, "there are 0 h1"},
		{`<h2>本人の確認</h2>`, `<h1>本人</h1>`, "there are 2 h1"},
		{`<h2>本人の確認</h2>`, `<h3>本人</h3>`, "an h3 after an h1"},
		{`<h2>本人の確認</h2>`, `<h2></h2>`, "an empty heading"},
		{`<main id="main">`, `<div id="main">`, "there are 0 main landmarks"},
		{`<a class="skip" href="#main">本文へ</a>` + "\n" + `<nav aria-label="主な画面">`, `<div>`, "neither a skip link nor a nav landmark"},
		{`id="note"`, `id="pin"`, "#pin: an id that is there twice"},
		{`<label for="pin">`, `<label for="pine">`, "for names #pine, which is not there"},
		{`<label for="pin">暗証番号</label>`, ``, "#pin: a control without a label"},
		{`<label for="ward">窓口</label>`, ``, "#ward: a control without a label"},
		{`<fieldset><legend>同意</legend>`, `<div>`, "a choice without a question"},
		{`<legend>同意</legend>`, ``, "a group without a legend"},
		{`<button>確認する</button>`, `<button></button>`, "a link or button without a name"},
		{`<a href="/next">次の画面</a>`, `<a href="/next"><img src="data:," alt=""></a>`, "a link or button without a name"},
		{` aria-label="印"`, ``, "a picture without a name"},
		{`<svg`, `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width="9" height="9"><svg`, "a picture without a name"},
		{`<th scope="col">操作</th>`, `<th>操作</th>`, "(操作): a th without scope"},
		{`<th scope="col">氏名</th><th scope="col">操作</th>`, `<td>氏名</td>`, "a table without th"},
		{`<caption>待っている人</caption>`, ``, "a table without a caption"},
		{`aria-describedby="name-error" `, ``, "#name: marked as wrong (aria-invalid), but nothing says why"},
		{`aria-invalid="true" `, ``, "#name-error (氏名を入力してください): an error that belongs to no field"},
		{`</body>`, `<p class="c">薄い</p>`, "contrast of 3.54, not 4.5"},
		{`</body>`, `<div class="half"><p>薄い</p></div>`, "text has a contrast of"},
		{`</body>`, `<p class="dark">暗い</p>`, "text has a contrast of"},
		{`</body>`, `<p class="picture">絵</p>`, "over a picture"},
		{`id="pin"`, `id="pin" class="c"`, "#pin: text has a contrast of 3.54"},
		{`id="name"`, `id="name" class="holds"`, "#name: placeholder has a contrast of"},
		{`id="pin"`, `id="pin" tabindex="1"`, "a tabindex above 0"},
		{`id="pin"`, `id="pin" tabindex="1"`, "Tab does not go through the page in its order"},
		{`<button>`, `<button class="bare">`, "(確認する): nothing shows that it has the focus"},
		{`class="skip"`, `class="lost"`, "(本文へ): has the focus and can’t be seen"},
		{`</body>`, `<p class="long">長い</p>`, "the page scrolls sideways"},
		{`<meta name="viewport" content="width=device-width, initial-scale=1">`, ``, "the page scrolls sideways"},
		{`<button>`, `<button class="small">`, "is less than 24×24"},
		{`</body>`, `<script src="/trap.js"></script>`, "Tab does not go through the page in its order"},
	}
	base := site(t, func(mux *http.ServeMux) {
		mux.HandleFunc("/{n}", func(w http.ResponseWriter, r *http.Request) {
			var n int
			_, err := fmt.Sscan(r.PathValue("n"), &n)
			assert.NoError(t, err)
			w.Header().Set("Content-Security-Policy", strings.Replace(strict, "style-src", "script-src 'self'; style-src", 1))
			page := strings.Replace(good, changes[n].from, changes[n].to, 1)
			fmt.Fprint(w, strings.Replace(page, "/style.css", "/bad.css", 1))
		})
		mux.HandleFunc("/bad.css", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/css; charset=utf-8")
			fmt.Fprint(w, goodStyle, `.c { color: #888 } .half { opacity: 0.4 } .dark { background: rgb(0 0 0 / 70%) }
				.picture { background-image: linear-gradient(red, blue) } .holds::placeholder { color: #aaa } .bare:focus { outline: none }
				.lost { position: absolute; left: -99rem } .long { width: 500px }
				button.small { min-height: 0; height: 20px; width: 20px; padding: 0; overflow: hidden }`)
		})
		mux.HandleFunc("/trap.js", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, `document.getElementById('pin').addEventListener('keydown', e => { if (e.key === 'Tab') e.preventDefault() })`)
		})
	})
	b := openTab(t, base)
	for n, change := range changes {
		require.Contains(t, good, change.from)
		b.open(fmt.Sprintf("/%d", n))
		found := b.barriers()
		if change.found == "" {
			assert.Empty(t, found, "the good page")
			continue
		}
		assert.Contains(t, strings.Join(found, "\n"), change.found, "%s → %s", change.from, change.to)
	}
	b.open("/0")
	b.accessible()
	assert.Contains(t, failing(t, base, func(b *tab) {
		b.open("/1")
		b.accessible()
	}), base+"/1 is not accessible:\n  html has lang=\"en\"")
}

func TestPicturesAreHeldAgainstEachOther(t *testing.T) {
	t.Parallel()
	var id atomic.Int32
	base := site(t, func(mux *http.ServeMux) {
		mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.Replace(good, "<h1>受付", fmt.Sprintf("<h1>受付 <span>%d</span>", id.Add(1)), 1))
		})
	})
	b := openTab(t, base)
	b.open("/")
	first, masked := b.picture(), b.picture("h1 span")
	b.fill("備考", "") // a cursor is not to be seen
	b.press("Home")
	b.reload()
	assert.Equal(t, 1280, first.Rect.Dx())
	assert.GreaterOrEqual(t, first.Rect.Dy(), 900)
	b.sameLooks("masked", masked, b.picture("h1 span"))
	said := failing(t, base, func(other *tab) { other.sameLooks("harness", first, b.picture()) })
	assert.Regexp(t, `^harness: \d+ pixels differ, red in .*harness-diff\.png$`, said)
	b.screenshot("harness")
	b.phoneScreenshot("harness")
	assert.FileExists(t, filepath.Join(screens, "harness-phone.png"))
}

func TestDifferenceCountsPixels(t *testing.T) {
	t.Parallel()
	one, other := image.NewRGBA(image.Rect(0, 0, 4, 3)), image.NewRGBA(image.Rect(0, 0, 4, 3))
	count, _ := difference(one, other)
	assert.Zero(t, count)
	other.SetRGBA(1, 2, color.RGBA{R: 1})
	count, drawn := difference(one, other)
	assert.Equal(t, 1, count)
	assert.Equal(t, color.RGBA{R: 255, A: 255}, drawn.RGBAAt(1, 2))
	count, _ = difference(one, image.NewRGBA(image.Rect(0, 0, 5, 4)))
	assert.Equal(t, 8, count, "what only one of them has")
}
