package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// watch sees what happens in a tab, and keeps what must not.
type watch struct {
	hosts []string // that may be asked

	mu           sync.Mutex
	found        []string
	count        int           // of the pages that were loaded
	changed      chan struct{} // closed with the next page
	expected     int64         // the status of the next page; 0: one that is no error
	inlineStyles bool          // a page of others, which writes styles itself
	marked       chan struct{} // closed when all that went before is heard
	requests     map[network.RequestID]requested
	early        map[network.RequestID]int64 // statuses of answers that were told of before their requests
}

type requested struct {
	url  string
	page bool // or a part of one
}

func newWatch(bases []string) *watch {
	w := &watch{changed: make(chan struct{}), marked: make(chan struct{}), requests: map[network.RequestID]requested{}, early: map[network.RequestID]int64{}}
	for _, base := range bases {
		if at, err := url.Parse(base); err == nil {
			w.hosts = append(w.hosts, at.Host)
		}
	}
	return w
}

// expectStatus announces that the next page is an error, with a status of 400 or more.
func (w *watch) expectStatus(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.expected = int64(status)
}

// allowInlineStyles is for Swagger UI, which is not ours.
func (w *watch) allowInlineStyles() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inlineStyles = true
}

func (w *watch) loads() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}

// loaded waits until more pages are loaded than there were.
func (w *watch) loaded(ctx context.Context, before int) error {
	for {
		w.mu.Lock()
		count, changed := w.count, w.changed
		w.mu.Unlock()
		if count > before {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("no page came: %w", ctx.Err())
		}
	}
}

func (w *watch) find(format string, values ...any) {
	if one := fmt.Sprintf(format, values...); !slices.Contains(w.found, one) {
		w.found = append(w.found, one)
	}
}

// end is what a tab logs as its last.
const end = "onshisim: this tab ends"

// hear is told of each event, in their order.
func (w *watch) hear(ctx context.Context) func(event any) {
	return func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *page.EventLoadEventFired:
			w.count++
			close(w.changed)
			w.changed = make(chan struct{})
		case *page.EventJavascriptDialogOpening:
			w.find("a dialog opens: %s", e.Message)
			go func() { _ = chromedp.Run(ctx, page.HandleJavaScriptDialog(true)) }() // or the page waits for ever
		case *runtime.EventConsoleAPICalled:
			w.console(e)
		case *runtime.EventExceptionThrown:
			w.find("an exception: %s", e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			w.logged(e.Entry)
		case *network.EventRequestWillBeSent:
			w.request(e)
		case *network.EventResponseReceived:
			w.response(e)
		case *network.EventResponseReceivedExtraInfo:
			w.raw(e)
		case *network.EventLoadingFailed:
			if !e.Canceled || e.BlockedReason != "" {
				w.find("%s did not load: %s %s", w.requests[e.RequestID].url, e.ErrorText, e.BlockedReason)
			}
		}
	}
}

func (w *watch) console(e *runtime.EventConsoleAPICalled) {
	var words []string
	for _, argument := range e.Args {
		word := argument.Description
		if word == "" && json.Unmarshal(argument.Value, &word) != nil {
			word = string(argument.Value)
		}
		words = append(words, word)
	}
	said := strings.Join(words, " ")
	switch e.Type {
	case runtime.APITypeError, runtime.APITypeWarning, runtime.APITypeAssert:
		w.find("the console: %s: %s", e.Type, said)
	case runtime.APITypeDebug:
		if said == end {
			close(w.marked)
		}
	}
}

// logged is what the browser itself has to say of a page, as that it breaks its policy.
func (w *watch) logged(e *log.Entry) {
	if e.Source == log.SourceNetwork && strings.HasPrefix(e.Text, "Failed to load resource") { // response and EventLoadingFailed know it
		return
	}
	if e.Level == log.LevelError || e.Level == log.LevelWarning {
		w.find("the browser: %s: %s: %s", e.Level, e.Source, e.Text)
	}
}

func (w *watch) request(e *network.EventRequestWillBeSent) {
	w.requests[e.RequestID] = requested{e.Request.URL, e.Type == network.ResourceTypeDocument}
	if status, early := w.early[e.RequestID]; early {
		delete(w.early, e.RequestID)
		w.refused(e.RequestID, status)
	}
	at, err := url.Parse(e.Request.URL)
	switch {
	case err != nil:
		w.find("an address that is none: %s", e.Request.URL)
	case slices.Contains([]string{"data", "blob", "about", "file"}, at.Scheme):
	case !slices.Contains(w.hosts, at.Host):
		w.find("another host is asked: %s", e.Request.URL)
	}
	if e.RedirectResponse != nil && e.Type == network.ResourceTypeDocument {
		w.headers(e.RedirectResponse)
	}
}

// raw is an answer as it came over the wire: with its cookies, and also where the page gets nothing of it, as when an error does
// not have the type of a style sheet.
func (w *watch) raw(e *network.EventResponseReceivedExtraInfo) {
	for name, value := range e.Headers {
		if strings.EqualFold(name, "Set-Cookie") {
			w.cookies(fmt.Sprint(value))
		}
	}
	if e.StatusCode < 400 {
		return
	}
	if _, asked := w.requests[e.RequestID]; !asked { // the browser tells of the two in either order
		w.early[e.RequestID] = e.StatusCode
		return
	}
	w.refused(e.RequestID, e.StatusCode)
}

// refused is told of a part of a page that the page does not get; a page's own status is looked at with its answer.
func (w *watch) refused(id network.RequestID, status int64) {
	if asked := w.requests[id]; !asked.page {
		w.find("%s answers %d", asked.url, status)
	}
}

func (w *watch) response(e *network.EventResponseReceived) {
	r := e.Response
	expected := int64(0)
	if e.Type == network.ResourceTypeDocument && strings.HasPrefix(r.URL, "http") {
		expected, w.expected = w.expected, 0
		w.headers(r)
	}
	if r.Status != expected && (r.Status >= 400 || expected != 0) {
		w.find("%s answers %d", r.URL, r.Status)
	}
}

// headers looks at those of a page.
func (w *watch) headers(r *network.Response) {
	header := http.Header{}
	for name, value := range r.Headers {
		header.Set(name, fmt.Sprint(value))
	}
	if header.Get("Cache-Control") != "no-store" {
		w.find("%s may be stored: Cache-Control: %s", r.URL, header.Get("Cache-Control"))
	}
	if header.Get("X-Content-Type-Options") != "nosniff" {
		w.find("%s has no X-Content-Type-Options: nosniff", r.URL)
	}
	if r.MimeType == "text/html" && (r.Status < 300 || r.Status >= 400) {
		for _, weak := range weaknesses(header.Get("Content-Security-Policy"), w.inlineStyles) {
			w.find("the policy of %s: %s", r.URL, weak)
		}
	}
}

// weaknesses are what is missing in a policy, or too much.
func weaknesses(policy string, inlineStyles bool) (weak []string) {
	directives := map[string][]string{}
	for directive := range strings.SplitSeq(policy, ";") {
		if words := strings.Fields(directive); len(words) > 0 {
			directives[words[0]] = words[1:]
		}
	}
	for _, name := range []string{"default-src", "base-uri", "frame-ancestors"} {
		if !slices.Equal(directives[name], []string{"'none'"}) {
			weak = append(weak, name+" is not 'none'")
		}
	}
	if len(directives["form-action"]) == 0 {
		weak = append(weak, "form-action is missing")
	}
	for name, sources := range directives {
		for _, source := range sources {
			switch {
			case source == "'none'", source == "'self'", strings.HasPrefix(source, "'nonce-"), strings.HasPrefix(source, "'sha256-"):
			case source == "data:" && name == "img-src":
			case source == "'unsafe-inline'" && name == "style-src" && inlineStyles:
			default:
				weak = append(weak, name+" allows "+source)
			}
		}
	}
	slices.Sort(weak)
	return weak
}

// cookies looks at what sets them, one in a line.
func (w *watch) cookies(lines string) {
	for line := range strings.SplitSeq(lines, "\n") {
		cookie, err := http.ParseSetCookie(line)
		switch {
		case err != nil:
			w.find("a cookie that is none: %v", err)
		case !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode:
			w.find("the cookie %s is not HttpOnly and SameSite=Strict", cookie.Name)
		}
	}
}

// report fails the test for what was found in its tab.
func (w *watch) report(b *tab) {
	b.Helper()
	if b.ctx.Err() != nil {
		return
	}
	err := b.try(patience, func(ctx context.Context) error {
		if _, _, err := runtime.Evaluate(fmt.Sprintf("console.debug(%q)", end)).Do(ctx); err != nil {
			return err
		}
		select {
		case <-w.marked:
		case <-ctx.Done():
			return ctx.Err()
		}
		// Those that a script set came with no answer.
		cookies, err := storage.GetCookies().WithBrowserContextID(b.past).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, cookie := range cookies {
			if !cookie.HTTPOnly || cookie.SameSite != network.CookieSameSiteStrict {
				w.find("the cookie %s is not HttpOnly and SameSite=Strict", cookie.Name)
			}
		}
		if w.expected != 0 {
			w.find("no page answered %d", w.expected)
		}
		return err
	})
	if err != nil {
		b.Errorf("the end of the tab: %v", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.found) > 0 {
		b.Errorf("in the tab for %s:\n  %s", b.base, strings.Join(w.found, "\n  "))
	}
}
