package journal_test

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
)

func TestOverTheBoundOfEntriesTheOldestGo(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 20, Bytes: 1 << 20, Body: 10})
	empties(j, 20)
	page := read(j, journal.Query{})
	assert.Len(t, page.Entries, 20)
	assert.Zero(t, page.Dropped)
	empties(j, 33)
	page = read(j, journal.Query{})
	assert.Len(t, page.Entries, 20)
	assert.EqualValues(t, 34, page.Entries[0].Number)
	assert.EqualValues(t, 53, page.Entries[19].Number)
	assert.EqualValues(t, 33, page.Dropped)
}

func TestOverTheBoundOfBytesTheOldestGo(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 100, Bytes: 30, Body: 20})
	for range 5 {
		add(j, journal.Entry{Path: "/234", Request: []byte("56789"), Answer: []byte("0")})
	}
	assert.Equal(t, []uint64{3, 4, 5}, numbers(read(j, journal.Query{}).Entries))
	add(j, journal.Entry{Answer: []byte("1234567890")})
	assert.Equal(t, []uint64{4, 5, 6}, numbers(read(j, journal.Query{}).Entries))
	add(j, journal.Entry{Path: "/" + strings.Repeat("x", 29)})
	assert.Equal(t, []uint64{7}, numbers(read(j, journal.Query{}).Entries))
}

func TestAnEntryThatIsOverTheBoundsAloneIsDropped(t *testing.T) {
	t.Parallel()
	for _, limits := range []journal.Limits{{}, {Entries: 5}, {Bytes: 5}, {Entries: 5, Bytes: 10, Body: 10}, {Entries: -1, Bytes: -1, Body: -1}} {
		j := journal.New("town", limits)
		add(j, journal.Entry{Path: "/a", Request: []byte("12345"), Answer: []byte("67890")})
		page := read(j, journal.Query{})
		assert.Empty(t, page.Entries, limits)
		assert.EqualValues(t, 1, page.Dropped, limits)
		assert.EqualValues(t, 1, page.Next, limits)
	}
}

func TestDecisionsCountAsBytes(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 100, Bytes: 10_000})
	add(j, journal.Entry{Decisions: make([]journal.Decision, 40)})
	reasons := make([]disclosure.Reason, 100)
	add(j, journal.Entry{Decisions: []journal.Decision{{Verdict: disclosure.Verdict{Reasons: reasons}}}})
	assert.Equal(t, []uint64{2}, numbers(read(j, journal.Query{}).Entries))
}

func TestAHugeBodyIsCutAndFlagged(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 10, Bytes: 1000, Body: 4})
	add(j, journal.Entry{Request: []byte(`[1,2,3]`), Answer: []byte(`[12]`)})
	add(j, journal.Entry{Request: []byte(`{}`), Answer: []byte(`避難`)})
	add(j, journal.Entry{Request: []byte(`1`), RequestCut: true})
	r := read(j, journal.Query{}).Entries
	assert.Equal(t, "[1,2", r[0].Request)
	assert.True(t, r[0].RequestCut)
	assert.False(t, r[0].AnswerCut)
	assert.Len(t, r[0].Answer, 1)
	assert.Equal(t, "避\uFFFD", r[1].Answer, "cut within a character")
	assert.True(t, r[1].AnswerCut)
	assert.Equal(t, "1", r[2].Request, "cut by who added it")
	assert.True(t, r[2].RequestCut)
}

func TestTheCallersBodiesAreCopied(t *testing.T) {
	t.Parallel()
	j := journal.New("town", ample)
	request, answer := []byte(`"request"`), []byte(`"answer"`)
	add(j, journal.Entry{Request: request, Answer: answer})
	clear(request)
	clear(answer)
	r := read(j, journal.Query{}).Entries[0]
	assert.Equal(t, "request", r.Request)
	assert.Equal(t, "answer", r.Answer)
}

// Not parallel, as the collector is asked to run.
func TestNothingHoldsOnToAHugeBody(t *testing.T) {
	j := journal.New("town", journal.Limits{Entries: 10, Bytes: 1000, Body: 4})
	body := addHuge(j)
	runtime.GC()
	assert.Nil(t, body.Value())
	runtime.KeepAlive(j)
}

//go:noinline
func addHuge(j *journal.Journal) weak.Pointer[byte] {
	body := bytes.Repeat([]byte("x"), 1<<20)
	add(j, journal.Entry{Request: body, Answer: body[1:]})
	return weak.Make(&body[0])
}

// Not parallel, as the collector is asked to run.
func TestNothingHoldsOnToAnEntryThatWasDropped(t *testing.T) {
	j := journal.New("town", journal.Limits{Entries: 4, Bytes: 10_000})
	decision := addDecided(j)
	empties(j, 4)
	runtime.GC()
	assert.Nil(t, decision.Value())
	runtime.KeepAlive(j)
}

//go:noinline
func addDecided(j *journal.Journal) weak.Pointer[journal.Decision] {
	decisions := []journal.Decision{withheld}
	add(j, journal.Entry{Decisions: decisions})
	return weak.Make(&decisions[0])
}

func TestClearForgetsAndTheNumbersGoOn(t *testing.T) {
	t.Parallel()
	j := journal.New("town", journal.Limits{Entries: 3, Bytes: 1000})
	empties(j, 5)
	clearAll(j)
	page := read(j, journal.Query{})
	assert.Equal(t, journal.Page{Entries: []journal.Record{}, Next: 5}, page, "what was cleared away was not dropped")
	empties(j, 4)
	page = read(j, journal.Query{})
	assert.Equal(t, []uint64{7, 8, 9}, numbers(page.Entries))
	assert.EqualValues(t, 1, page.Dropped)
}

func TestWaitReturnsAtOnceIfThereIsALaterEntry(t *testing.T) {
	t.Parallel()
	j := journal.New("town", ample)
	empties(j, 2)
	assert.NoError(t, j.Wait(t.Context(), 0))
	assert.NoError(t, j.Wait(t.Context(), 1))
}

func TestWaitWakesAllWhoWaitForTheEntry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := journal.New("town", ample)
		empties(j, 1)
		woken := make(chan struct{}, 100)
		for range 100 {
			go func() {
				assert.NoError(t, j.Wait(t.Context(), 1))
				woken <- struct{}{}
			}()
		}
		synctest.Wait()
		require.Empty(t, woken)
		empties(j, 1)
		synctest.Wait()
		require.Len(t, woken, 100)
	})
}

// A number that was never given is one of a world that was there before: to wait for more after it would be in vain.
func TestWaitDoesNotWaitAfterANumberThatWasNeverGiven(t *testing.T) {
	t.Parallel()
	j := journal.New("town", ample)
	empties(j, 1)
	assert.NoError(t, j.Wait(t.Context(), 2))
}

func TestWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := journal.New("town", ample)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			assert.NoError(t, j.Wait(ctx, 0))
			close(ended)
		}()
		synctest.Wait()
		cancel()
		<-ended
	})
}

func TestWaitDoesNotTakeWhatWasClearedAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		j := journal.New("town", ample)
		empties(j, 3)
		clearAll(j)
		ended := make(chan struct{})
		go func() {
			assert.NoError(t, j.Wait(t.Context(), 1))
			close(ended)
		}()
		synctest.Wait()
		select {
		case <-ended:
			t.Fatal("there is no entry")
		default:
		}
		empties(j, 1)
		<-ended
	})
}

func TestAJournalIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 200
	j := journal.New("town", journal.Limits{Entries: 50, Bytes: 1 << 14, Body: 100})
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for range each {
				add(j, cardRead())
			}
		})
		all.Go(func() {
			var next uint64
			for next < writers*each {
				assert.NoError(t, j.Wait(t.Context(), next))
				page := read(j, journal.Query{After: next, Person: "hanako", Limit: 7})
				assert.Greater(t, page.Next, next)
				next = page.Next
			}
		})
		all.Go(func() {
			for range 20 {
				v, err := j.Verify(context.Background(), journal.Expectation{Match: map[string]any{"decisions": []any{map[string]any{"outcome": "withheld"}}}})
				assert.NoError(t, err)
				assert.Equal(t, v.Examined, v.Matched)
			}
		})
	}
	all.Wait()
	page := read(j, journal.Query{})
	assert.EqualValues(t, writers*each, page.Next)
	assert.EqualValues(t, writers*each, page.Dropped+uint64(page.Total))
}

func BenchmarkAdd(b *testing.B) {
	j := journal.New("town", journal.Limits{Entries: 1000, Bytes: 1 << 24, Body: 1 << 14})
	e := cardRead()
	b.ReportAllocs()
	for b.Loop() {
		add(j, e)
	}
}

func BenchmarkAddInParallel(b *testing.B) {
	j := journal.New("town", journal.Limits{Entries: 1000, Bytes: 1 << 24, Body: 1 << 14})
	e := cardRead()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			add(j, e)
		}
	})
}
