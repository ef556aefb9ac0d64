package browser_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

// patience is how long a page may take for anything, on a busy machine.
const patience = 20 * time.Second

// tab is a window of a browser without a past, 1280×900, in Japanese. Each of its verbs ends the test where it can't be done,
// with a picture and the page's text, and ends itself when the page that it leads to is loaded.
type tab struct {
	testing.TB
	*watch
	base   string // what a path is added to
	ctx    context.Context
	past   cdp.BrowserContextID // what it shares with no other tab
	script string               // what the verbs ask the page with
}

//go:embed find.js
var find string

// room opens a tab for the public listener.
func room(t testing.TB, s *process.Simulator) *tab { return openTab(t, s.Public, s.Control) }

// console opens a tab for the control listener.
func console(t testing.TB, s *process.Simulator) *tab { return openTab(t, s.Control, s.Public) }

// openTab opens a tab for pages of one listener, which may lead to others. Whatever goes wrong in it fails the test at its end.
func openTab(t testing.TB, base string, others ...string) *tab {
	t.Helper()
	needBrowser(t)
	parent, err := browser()
	require.NoError(t, err, "the browser does not start")
	past, window := newWindow(parent, t)
	ctx, stop := chromedp.NewContext(parent, chromedp.WithTargetID(window))
	t.Cleanup(stop)
	b := &tab{TB: t, watch: newWatch(append(others, base)), base: base, ctx: ctx, past: past, script: find}
	chromedp.ListenTarget(ctx, b.hear(ctx))
	require.NoError(t, chromedp.Run(ctx,
		emulation.SetFocusEmulationEnabled(true),
		emulation.SetLocaleOverride().WithLocale("ja_JP"),
		chromedp.ActionFunc(func(ctx context.Context) error { return b.desk(ctx) }),
		chromedp.ActionFunc(func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument(leaving).Do(ctx)
			return err
		}),
	))
	t.Cleanup(func() { b.report(b) })
	return b
}

// newWindow opens a window that shares nothing with others, not even cookies.
func newWindow(parent context.Context, t testing.TB) (past cdp.BrowserContextID, window target.ID) {
	t.Helper()
	of := cdp.WithExecutor(parent, chromedp.FromContext(parent).Browser)
	past, err := target.CreateBrowserContext().Do(of)
	require.NoError(t, err)
	t.Cleanup(func() { _ = target.DisposeBrowserContext(past).Do(of) })
	window, err = target.CreateTarget("about:blank").WithBrowserContextID(past).WithNewWindow(true).Do(of)
	require.NoError(t, err)
	return past, window
}

// open goes to an address, mostly a path of the tab's listener.
func (b *tab) open(path string) {
	b.Helper()
	if !strings.Contains(path, ":") {
		path = b.base + path
	}
	b.must("open "+path, func(ctx context.Context) error {
		return b.load(ctx, func(ctx context.Context) error {
			_, _, failure, _, err := page.Navigate(path).Do(ctx)
			if err == nil && failure != "" {
				err = fmt.Errorf("%s", failure)
			}
			return err
		})
	})
}

// reload asks for the page again.
func (b *tab) reload() {
	b.Helper()
	b.must("reload", func(ctx context.Context) error { return b.load(ctx, page.Reload().Do) })
}

// back goes to the page before.
func (b *tab) back() {
	b.Helper()
	b.must("back", func(ctx context.Context) error {
		at, entries, err := page.GetNavigationHistory().Do(ctx)
		if err != nil || at == 0 {
			return fmt.Errorf("there is no page before this one: %w", err)
		}
		return b.load(ctx, page.NavigateToHistoryEntry(entries[at-1].ID).Do)
	})
}

// click clicks the one link or button with a name: its text, or what it says to those who can't see it.
func (b *tab) click(name string) {
	b.Helper()
	b.must("click "+name, func(ctx context.Context) error { return b.clickAt(ctx, "actor(%s, null)", name) })
}

// clickIn clicks the one link or button with a name in the row, the list item or the section that has a text.
func (b *tab) clickIn(part, name string) {
	b.Helper()
	b.must("click "+name+" in "+part, func(ctx context.Context) error { return b.clickAt(ctx, "actor(%s, %s)", name, part) })
}

// fill gives a control, named by its label, a value. A choice is named by its text; a box is ticked by "on" and cleared by
// "off". Several boxes, or the choices of one question, are named by the question (the legend) and have their label as value.
func (b *tab) fill(label, value string) {
	b.Helper()
	b.must("fill "+label, func(ctx context.Context) error {
		var kind string
		if err := b.ask(ctx, &kind, "fill(%s, %s)", label, value); err != nil {
			return err
		}
		switch kind {
		case "type": // the control has the focus, and its text is selected
			if value == "" {
				return b.act(ctx, chromedp.KeyEvent(kb.Delete).Do)
			}
			return b.act(ctx, input.InsertText(value).Do)
		case "click":
			return b.clickAt(ctx, "choice(%s, %s)", label, value)
		case "set":
			return b.act(ctx, func(ctx context.Context) error { return b.ask(ctx, nil, "set(%s, %s)", label, value) })
		}
		return nil
	})
}

// value is what a control, named by its label, holds: of a choice the text, of a box "on" or "off".
func (b *tab) value(label string) (value string) {
	b.Helper()
	b.must("value of "+label, func(ctx context.Context) error { return b.ask(ctx, &value, "valueOf(%s)", label) })
	return value
}

// keys are those that have no character.
var keys = map[string]string{
	"Enter": kb.Enter, "Tab": kb.Tab, "Escape": kb.Escape, "Space": " ", "Backspace": kb.Backspace, "Delete": kb.Delete, "Home": kb.Home,
	"End": kb.End, "ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
}

// press presses a key, as "Enter", "a" or "Shift+Tab".
func (b *tab) press(key string) {
	b.Helper()
	b.must("press "+key, func(ctx context.Context) error { return b.pressed(ctx, key) })
}

func (b *tab) pressed(ctx context.Context, key string) error {
	name, shifted := strings.CutPrefix(key, "Shift+")
	characters, special := keys[name]
	if !special {
		characters = name
	}
	var with []chromedp.KeyOption
	if shifted {
		with = append(with, chromedp.KeyModifiers(input.ModifierShift))
	}
	return b.act(ctx, chromedp.KeyEvent(characters, with...).Do)
}

// text is what can be read on the page, with every space and line break as one space.
func (b *tab) text() (text string) {
	b.Helper()
	b.must("text", func(ctx context.Context) error { return b.ask(ctx, &text, "text()") })
	return text
}

// see waits until all of the texts can be read on the page.
func (b *tab) see(texts ...string) {
	b.Helper()
	for _, one := range texts {
		b.must("see "+one, func(ctx context.Context) error {
			for {
				err := b.ask(ctx, nil, "appears(%s)", one)
				if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "navigated") { // another page came meanwhile
					return err
				}
			}
		})
	}
}

// seeNot finds that none of the texts can be read on the page as it is.
func (b *tab) seeNot(texts ...string) {
	b.Helper()
	for _, one := range texts {
		b.must("see no "+one, func(ctx context.Context) error { return b.ask(ctx, nil, "isAbsent(%s)", one) })
	}
}

// title is the page's title.
func (b *tab) title() (title string) {
	b.Helper()
	b.must("title", func(ctx context.Context) error { return b.ask(ctx, &title, "document.title") })
	return title
}

// url is the page's address.
func (b *tab) url() (address string) {
	b.Helper()
	b.must("url", func(ctx context.Context) error { return b.ask(ctx, &address, "location.href") })
	return address
}

// must does something in time, or ends the test and shows what was there instead.
func (b *tab) must(what string, do func(context.Context) error) {
	b.Helper()
	b.mustWithin(patience, what, do)
}

func (b *tab) mustWithin(limit time.Duration, what string, do func(context.Context) error) {
	b.Helper()
	if err := b.try(limit, do); err != nil {
		b.Fatalf("%s: %v\n%s", what, err, b.scene())
	}
}

func (b *tab) try(limit time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	return chromedp.Run(ctx, chromedp.ActionFunc(do))
}

// scene is where the tab is, what is read there, and where its picture lies.
func (b *tab) scene() string {
	var at, text string
	var picture []byte
	err := b.try(patience, func(ctx context.Context) error {
		if err := b.ask(ctx, &at, "location.href"); err != nil {
			return err
		}
		if err := b.ask(ctx, &text, "document.body ? document.body.innerText : ''"); err != nil {
			return err
		}
		return chromedp.FullScreenshot(&picture, 100).Do(ctx)
	})
	if err != nil {
		return fmt.Sprintf("(the page does not answer: %v)", err)
	}
	file := filepath.Join(screens, "failed-"+strings.NewReplacer("/", "-", " ", "-").Replace(b.Name())+".png")
	if err := write(file, picture); err != nil {
		file = err.Error()
	}
	return fmt.Sprintf("at %s, as in %s:\n%s", at, file, text)
}

func write(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// ask evaluates an expression in the page, where the functions of the tab's script are known; %s are texts.
func (b *tab) ask(ctx context.Context, answer any, expression string, texts ...string) error {
	quoted := make([]any, len(texts))
	for i, text := range texts {
		literal, err := json.Marshal(text)
		if err != nil {
			return err
		}
		quoted[i] = string(literal)
	}
	// async, so that it may wait for what is to come, and says nothing of values that are no JSON.
	whole := fmt.Sprintf("(async () => { %s\nreturn %s })()", b.script, fmt.Sprintf(expression, quoted...))
	found, failure, err := runtime.Evaluate(whole).WithAwaitPromise(true).WithReturnByValue(true).Do(ctx)
	switch {
	case err != nil:
		return err
	case failure != nil && failure.Exception != nil:
		message, _, _ := strings.Cut(failure.Exception.Description, "\n    at ")
		return fmt.Errorf("%s", strings.TrimPrefix(message, "Error: "))
	case failure != nil:
		return failure
	case answer == nil:
		return nil
	}
	return json.Unmarshal(found.Value, answer)
}

// clickAt clicks the element that an expression gives, as a mouse does: in its middle, where nothing may lie over it.
func (b *tab) clickAt(ctx context.Context, expression string, texts ...string) error {
	var at struct{ X, Y float64 }
	if err := b.ask(ctx, &at, "middle("+expression+")", texts...); err != nil {
		return err
	}
	return b.act(ctx, chromedp.MouseClickXY(at.X, at.Y).Do)
}

// leaving tells, from the page's first moment, whether something has begun that leads away from it.
const leaving = `(() => {
	window.onshisimLeaves = false
	const leave = () => { window.onshisimLeaves = true }
	navigation.addEventListener('navigate', e => { if (!e.hashChange && e.downloadRequest === null) leave() })
	window.addEventListener('submit', e => {
		const form = e.target, by = e.submitter
		const here = ['', '_self', '_top', '_parent'].includes((by?.getAttribute('formtarget') ?? form.getAttribute('target')) || '')
		if (!e.defaultPrevented && here && (by?.getAttribute('formmethod') ?? form.getAttribute('method')) !== 'dialog') leave()
	})
})()`

// where is a page as opposed to the one before or after it.
type where struct {
	Born   float64
	Leaves bool
	There  bool // all of it is loaded
}

const whereItIs = "({born: performance.timeOrigin, leaves: window.onshisimLeaves === true, there: document.readyState === 'complete'})"

// act does what may lead to another page. If it does, the page is there afterwards.
func (b *tab) act(ctx context.Context, do func(context.Context) error) error {
	return b.follow(ctx, do, false)
}

// load does what leads to another page, and waits for that.
func (b *tab) load(ctx context.Context, do func(context.Context) error) error {
	return b.follow(ctx, do, true)
}

// follow does what leads to another page, or may, and waits until that is there. What is loaded meanwhile may still be the
// page before it.
func (b *tab) follow(ctx context.Context, do func(context.Context) error, leads bool) error {
	loads := b.loads()
	var before, after where
	if err := b.ask(ctx, &before, whereItIs); err != nil {
		return err
	}
	if err := do(ctx); err != nil {
		return err
	}
	if err := b.ask(ctx, &after, whereItIs); !leads && err == nil && !after.Leaves && after.Born == before.Born {
		return nil
	}
	for {
		if err := b.ask(ctx, &after, whereItIs); err == nil && after.There && after.Born != before.Born {
			return nil
		}
		if err := b.loaded(ctx, loads); err != nil {
			return err
		}
		loads = b.loads()
	}
}
