package load

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// tally counts what came of the requests.
type tally struct {
	mu     sync.Mutex
	kinds  map[string]*counted
	errors map[kindAndCode]int
	wrongs []Wrong // the first of them
	missed int     // visits that were not made

	sent, wrongCount, failedCount int
}

type kindAndCode struct{ kind, code string }

// counted is what came of the requests of one kind.
type counted struct {
	took                *hdrhistogram.Histogram // in microseconds
	sent, wrong, failed int
}

func newTally() *tally {
	return &tally{kinds: map[string]*counted{}, errors: map[kindAndCode]int{}}
}

const (
	// longest is the longest time that a histogram tells from a longer one.
	longest = time.Hour
	// digits is how many decimal digits of a time a histogram keeps.
	digits = 3
	// mostWrongs is how many wrong answers are kept in full.
	mostWrongs = 1000
)

func (t *tally) of(kind string) *counted {
	c := t.kinds[kind]
	if c == nil {
		c = &counted{took: hdrhistogram.New(1, longest.Microseconds(), digits)}
		t.kinds[kind] = c
	}
	return c
}

// took counts a request by the time from when it was due until it was over.
func (t *tally) took(kind string, time time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.of(kind)
	c.sent++
	t.sent++
	_ = c.took.RecordValue(min(max(time, 0), longest).Microseconds()) // within its bounds
}

func (t *tally) failed(kind, code string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of(kind).failed++
	t.failedCount++
	t.errors[kindAndCode{kind, code}]++
}

func (t *tally) wrong(w Wrong) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of(w.Kind).wrong++
	t.wrongCount++
	if len(t.wrongs) < mostWrongs {
		t.wrongs = append(t.wrongs, w)
	}
}

// leftOut counts a visit that was not made.
func (t *tally) leftOut() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.missed++
}

func (t *tally) progress() Progress {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Progress{Sent: t.sent, Wrong: t.wrongCount, Errors: t.failedCount}
}

// report fills in what was counted.
func (t *tally) report(r *Report) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Sent, r.Wrong, r.Errors, r.LeftOut = t.sent, t.wrongCount, t.failedCount, t.missed
	r.WrongAnswers = append([]Wrong{}, t.wrongs...)
	all := hdrhistogram.New(1, longest.Microseconds(), digits)
	for kind, c := range t.kinds {
		row, err := kindOf(kind, c, r.TookSeconds)
		if err != nil {
			return err
		}
		r.Kinds = append(r.Kinds, row)
		all.Merge(c.took)
	}
	slices.SortFunc(r.Kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(a.Kind, b.Kind))
	})
	whole, err := kindOf("all", &counted{all, t.sent, t.wrongCount, t.failedCount}, r.TookSeconds)
	r.Kinds = append(r.Kinds, whole)
	r.ErrorKinds = []ErrorKind{}
	for key, count := range t.errors {
		r.ErrorKinds = append(r.ErrorKinds, ErrorKind{key.kind, key.code, count})
	}
	slices.SortFunc(r.ErrorKinds, func(a, b ErrorKind) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code))
	})
	return err
}

// order is that of the kinds in the report: as the day goes.
var order = []string{
	"card-read", "medicines", "checkups", "certificate-check", "batch-check",
	"log-in", "portal-" + selfInformationPage, "portal-" + eligibilityPage, "portal-" + medicinesPage, "portal-" + checkupsPage, "portal-" + expensesPage,
	"disaster-search", "disaster-candidate", "disaster-consent", "disaster-medicines", "disaster-checkups",
}

func rank(kind string) int { return slices.Index(order, kind) }

func kindOf(kind string, c *counted, seconds float64) (Kind, error) {
	histogram, err := c.took.Encode(hdrhistogram.V2CompressedEncodingCookieBase)
	ms := func(microseconds int64) float64 { return float64(microseconds) / 1000 }
	row := Kind{
		Kind: kind, Sent: c.sent, Wrong: c.wrong, Errors: c.failed,
		P50: ms(c.took.ValueAtQuantile(50)), P90: ms(c.took.ValueAtQuantile(90)), P99: ms(c.took.ValueAtQuantile(99)),
		P999: ms(c.took.ValueAtQuantile(99.9)), Max: ms(c.took.Max()), Histogram: string(histogram),
	}
	if seconds > 0 {
		row.PerSecond = float64(c.sent) / seconds
	}
	return row, err
}
