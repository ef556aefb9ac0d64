package world

import (
	"context"
	"sync/atomic"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/journal"
)

// Look is one look at the persons of a world: at an instant, by the world's policy. What it decides it notes for the
// journal of the request that it is for.
type Look struct {
	Now   time.Time
	Today disclosure.Date

	policy *disclosure.Policy
	trace  *Trace
	person string // id of whom it is about, as far as that is known before anything is decided
}

// Of is the same look, about a person; nil is nobody in particular.
func (l Look) Of(p *Insured) Look {
	if p != nil {
		l.person = p.ID
	}
	return l
}

// ByNotice is the same look by the notice, whatever policy the world answers by.
func (l Look) ByNotice() Look {
	l.policy = disclosure.Notice
	return l
}

// Trace is what was decided for one request, in that order.
type Trace struct {
	Decisions []journal.Decision
}

// TraceKey is under what a context holds the *Trace in which its looks note what they decide.
type TraceKey struct{}

// Tracing is a context whose looks note what they decide in a trace.
func Tracing(ctx context.Context, trace *Trace) context.Context {
	return context.WithValue(ctx, TraceKey{}, trace)
}

// Look looks at the world as it is now.
func (w *World) Look(ctx context.Context) Look {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.look(ctx, w.instant())
}

func (s *State) look(ctx context.Context, now time.Time) Look {
	trace, _ := ctx.Value(TraceKey{}).(*Trace)
	return Look{Now: now, Today: today(now), policy: s.policy, trace: trace}
}

// lastDay is the day on which somebody looked last. Worlds look a thousand times on one day.
var lastDay atomic.Pointer[day]

type day struct {
	number int64 // of days since 1970, in JST
	date   disclosure.Date
}

// today is DateOf, but that it writes a day down once.
func today(now time.Time) disclosure.Date {
	const aheadOfUTC, seconds = 9 * 60 * 60, 24 * 60 * 60
	unix := now.Unix() + aheadOfUTC
	if unix < 0 { // where division rounds up
		return DateOf(now)
	}
	if last := lastDay.Load(); last != nil && last.number == unix/seconds {
		return last.date
	}
	d := &day{unix / seconds, DateOf(now)}
	lastDay.Store(d)
	return d.date
}

// Decide asks the rule core about one information about a person's membership own (-1: none in particular).
func (l Look) Decide(p *Insured, view disclosure.Information, place disclosure.Place, own int) disclosure.Outcome {
	return l.DecideItem(p, view, disclosure.NoItem, place, own)
}

// DecideItem asks about one specific personal information where the notice's table leaves it to the asker.
func (l Look) DecideItem(p *Insured, view disclosure.Information, item disclosure.Item, place disclosure.Place, own int) disclosure.Outcome {
	q := disclosure.Question{View: view, Place: place, Own: own, Item: item, Today: l.Today}
	verdict := l.Verdict(p, q)
	l.note(p, q, verdict)
	return verdict.Outcome
}

// DecideRecord asks whether Mynaportal's history shows an exchange record.
// With its membership gone, nobody's flag could hide the record any more, so it counts as not completed.
func (l Look) DecideRecord(p *Insured, r *ExchangeRecord) disclosure.Outcome {
	own := p.Membership(r.PersonalInsuredNumber)
	record := disclosure.Record{
		Own: own, Item: itemByCode[r.Item], Completed: r.Completed && own >= 0,
		NonDisclosureCode: r.NonDisclosureCode, InquirerFlag: p.HidesSubject(r.AgencyCode),
	}
	verdict := l.policy.DecideRecord(record, l.Today, p.Memberships)
	l.note(p, record.Question(l.Today), verdict)
	return verdict.Outcome
}

// Verdict asks the rule core, with its reasons, and notes nothing: to explain is not to decide.
func (l Look) Verdict(p *Insured, q disclosure.Question) disclosure.Verdict {
	return l.policy.Decide(q, p.Memberships)
}

// Latest is the index of the person's membership at the latest insurer, -1 if there is none.
func (l Look) Latest(p *Insured) int { return l.policy.Latest(p.Memberships, l.Today) }

// Meets says whether a condition of the notice holds, or is not asked for. One that does not is noted.
func (l Look) Meets(c disclosure.Condition, met bool) bool {
	if met || !l.policy.Wants(c) {
		return true
	}
	l.refuse(c.Rule())
	return false
}

// refuse notes that what a rule asks for is not there.
func (l Look) refuse(rule string) {
	if l.trace != nil {
		l.trace.Decisions = append(l.trace.Decisions, journal.Decision{Person: l.person, Gate: rule})
	}
}

func (l Look) note(p *Insured, q disclosure.Question, verdict disclosure.Verdict) {
	if l.trace == nil {
		return
	}
	if noted := len(l.trace.Decisions); noted > 0 {
		if last := &l.trace.Decisions[noted-1]; last.Person == p.ID && last.Question == q && last.Gate == "" && last.Verdict.Outcome == verdict.Outcome {
			return // it was asked twice in a row, and answered the same
		}
	}
	decision := journal.Decision{Person: p.ID, Question: q, Verdict: verdict}
	if q.Own >= 0 {
		decision.Own = p.Memberships[q.Own]
	}
	l.trace.Decisions = append(l.trace.Decisions, decision)
}
