package telemetry

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"onshisim/sim/eventlog"
)

// Watch measures what a log does, by the machine's time, and with a tracer makes a span of it in the trace that it is done
// for; tracer may be nil. The log is the same otherwise.
func (m *Metrics) Watch(log eventlog.Log, tracer *Tracer, now func() time.Time) eventlog.Log {
	w := &watch{metrics: m, tracer: tracer, now: now}
	watched := &watchedLog{
		Log: log, create: w.act("create"), append: w.act("append"), read: w.act("read"), head: w.act("head"),
		worlds: w.act("worlds"), delete: w.act("delete"),
	}
	if notes := log.Shared(); notes != nil {
		watched.notes = &watchedNotes{
			Notes: notes, note: w.act("note"), book: w.act("book"), clear: w.act("clear-book"),
			count: w.act("count"), counters: w.act("counters"),
		}
	}
	return watched
}

// watch is how something is watched.
type watch struct {
	metrics *Metrics
	tracer  *Tracer
	now     func() time.Time
}

// act is one thing that a log does.
type act struct {
	*watch
	name     string
	outcomes [4]atomic.Pointer[prometheus.Observer]
}

func (w *watch) act(name string) *act { return &act{watch: w, name: name} }

// outcomes are how it may end.
var outcomes = [...]string{"ok", "conflict", "unknown", "error"}

func outcomeOf(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, eventlog.ErrConflict):
		return 1
	case errors.Is(err, eventlog.ErrUnknownOutcome):
		return 2
	default:
		return 3
	}
}

// doing is an act that has begun.
type doing struct {
	*act
	began time.Time
	span  trace.Span // nil: it is done for no trace
}

func (a *act) begin(ctx context.Context) (context.Context, doing) {
	d := doing{act: a, began: a.now()}
	if a.tracer != nil && trace.SpanContextFromContext(ctx).IsValid() {
		ctx, d.span = a.tracer.tracer.Start(ctx, "log/"+a.name, trace.WithSpanKind(trace.SpanKindClient))
	}
	return ctx, d
}

// end ends it. What the error says may name what is stored, and is not told here.
func (d doing) end(err error) {
	outcome := outcomeOf(err)
	d.observer(outcome).Observe(d.now().Sub(d.began).Seconds())
	if d.span == nil {
		return
	}
	if outcome > 0 {
		d.span.SetStatus(codes.Error, "")
	}
	d.span.End()
}

func (a *act) observer(outcome int) prometheus.Observer {
	known := a.outcomes[outcome].Load()
	if known == nil {
		made := a.metrics.logDurations.WithLabelValues(a.name, outcomes[outcome])
		known = &made
		a.outcomes[outcome].Store(known)
	}
	return *known
}

// records counts those of the act.
func (a *act) records(number int) {
	if number > 0 {
		a.metrics.logRecords.WithLabelValues(a.name).Add(float64(number))
	}
}

type watchedLog struct {
	eventlog.Log
	create, append, read, head, worlds, delete *act
	notes                                      eventlog.Notes // nil: the log is not shared
}

// Create implements eventlog.Log.
func (l *watchedLog) Create(ctx context.Context, world string, records iter.Seq2[[]byte, error]) (eventlog.Head, error) {
	ctx, d := l.create.begin(ctx)
	head, err := l.Log.Create(ctx, world, records)
	d.end(err)
	d.records(int(head.Last))
	return head, err
}

// Append implements eventlog.Log.
func (l *watchedLog) Append(ctx context.Context, world string, after eventlog.Head, records [][]byte) error {
	ctx, d := l.append.begin(ctx)
	err := l.Log.Append(ctx, world, after, records)
	d.end(err)
	if err == nil {
		d.records(len(records))
	}
	return err
}

// Read implements eventlog.Log. It lasts until its reader has taken the last record, or has had enough.
func (l *watchedLog) Read(ctx context.Context, world string, after eventlog.Head) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		ctx, d := l.read.begin(ctx)
		var failure error
		number := 0
		defer func() {
			d.end(failure)
			d.records(number)
		}()
		for record, err := range l.Log.Read(ctx, world, after) {
			if failure = err; err == nil {
				number++
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// Head implements eventlog.Log.
func (l *watchedLog) Head(ctx context.Context, world string) (eventlog.Head, error) {
	ctx, d := l.head.begin(ctx)
	head, err := l.Log.Head(ctx, world)
	d.end(err)
	return head, err
}

// Worlds implements eventlog.Log.
func (l *watchedLog) Worlds(ctx context.Context) ([]string, error) {
	ctx, d := l.worlds.begin(ctx)
	names, err := l.Log.Worlds(ctx)
	d.end(err)
	return names, err
}

// Delete implements eventlog.Log.
func (l *watchedLog) Delete(ctx context.Context, world string, at eventlog.Head) error {
	ctx, d := l.delete.begin(ctx)
	err := l.Log.Delete(ctx, world, at)
	d.end(err)
	return err
}

// Shared implements eventlog.Log.
func (l *watchedLog) Shared() eventlog.Notes { return l.notes }
