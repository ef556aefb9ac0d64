package browser_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// liveScript is what reads a page's live parts again.
var liveScript = filepath.Join(repository, "sim", "training", "page", "assets", "live.js")

// livePage is a page that shows a number, and tells when that is another.
type livePage struct {
	number  atomic.Int64
	streams atomic.Int64 // that are open
	listens atomic.Int64 // that ever were

	mu    sync.Mutex
	reads []time.Time // by the script
}

func (l *livePage) mount(mux *http.ServeMux) {
	policy := strings.Replace(strict, "style-src", "script-src 'self'; connect-src 'self'; style-src", 1)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Sec-Fetch-Dest") != "document" {
			l.mu.Lock()
			l.reads = append(l.reads, time.Now())
			l.mu.Unlock()
		}
		w.Header().Set("Content-Security-Policy", policy)
		number := l.number.Load()
		page := strings.Replace(simple(fmt.Sprintf(`<script src="/live.js" defer></script><p data-part="number">番号 %d。</p>`, number)),
			"<body>", fmt.Sprintf(`<body data-live="/events?since=%d">`, number), 1)
		fmt.Fprint(w, page)
	})
	mux.HandleFunc("/live.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Del("Content-Type")
		http.ServeFile(w, r, liveScript)
	})
	mux.HandleFunc("/events", func(w http.ResponseWriter, r *http.Request) {
		l.streams.Add(1)
		l.listens.Add(1)
		defer l.streams.Add(-1)
		w.Header().Set("Content-Type", "text/event-stream")
		seen := r.URL.Query().Get("since")
		for r.Context().Err() == nil {
			if now := fmt.Sprint(l.number.Load()); now != seen {
				seen = now
				fmt.Fprintf(w, "id: %s\nevent: happened\ndata:\n\n", now)
			}
			_ = http.NewResponseController(w).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	})
}

func (l *livePage) readAt() []time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]time.Time{}, l.reads...)
}

// hide hides the page as another tab in front of it does, or shows it.
func (b *tab) hide(hidden bool) {
	b.Helper()
	b.must("hide", func(ctx context.Context) error {
		return b.ask(ctx, nil, fmt.Sprintf(`(() => {
			Object.defineProperty(document, "hidden", { configurable: true, value: %t });
			document.dispatchEvent(new Event("visibilitychange"));
		})()`, hidden))
	})
}

// TestALivePageIsReadAtOnceAndThenAtLeisure: the first change is shown at once, those of a busy class no more often than every
// two seconds, and the last of them in any case.
func TestALivePageIsReadAtOnceAndThenAtLeisure(t *testing.T) {
	t.Parallel()
	l := &livePage{}
	b := openTab(t, site(t, l.mount))
	b.open("/")
	b.see("番号 0。")
	began := time.Now()
	for range 60 {
		l.number.Add(1)
		time.Sleep(50 * time.Millisecond)
	}
	b.see("番号 60。")
	reads := l.readAt()
	require.GreaterOrEqual(t, len(reads), 2)
	require.Less(t, reads[0].Sub(began), 1500*time.Millisecond)
	for i, at := range reads[1:] {
		require.GreaterOrEqual(t, at.Sub(reads[i]), 2*time.Second-50*time.Millisecond, "%v", reads)
	}
}

// TestAPageThatNobodySeesHoldsNoConnection: a browser has six of them for all tabs.
func TestAPageThatNobodySeesHoldsNoConnection(t *testing.T) {
	t.Parallel()
	l := &livePage{}
	b := openTab(t, site(t, l.mount))
	b.open("/")
	open := func(wanted int64) {
		t.Helper()
		require.Eventually(t, func() bool { return l.streams.Load() == wanted }, patience, 10*time.Millisecond)
	}
	open(1)
	b.hide(true)
	open(0)
	l.number.Add(1)
	time.Sleep(500 * time.Millisecond)
	require.Empty(t, l.readAt())
	b.seeNot("番号 1。")

	b.hide(false)
	b.see("番号 1。")
	open(1)
	require.Len(t, l.readAt(), 1, "what is shown is told no second time")
	l.number.Add(1)
	b.see("番号 2。")
	require.EqualValues(t, 2, l.listens.Load())

	b.open("about:blank")
	open(0)
}
