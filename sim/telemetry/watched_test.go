package telemetry_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
	"onshisim/sim/telemetry"
)

// TestAWatchedLogIsTheSameLog: it passes the suite that every log passes.
func TestAWatchedLogIsTheSameLog(t *testing.T) {
	t.Parallel()
	eventlogtest.Run(t, func(*testing.T) eventlog.Log {
		return telemetry.NewMetrics("", "").Watch(eventlog.NewMemory(), nil, time.Now)
	})
}

// failing is a log whose appends fail.
type failing struct {
	*eventlog.Memory
	with error
}

func (f *failing) Append(context.Context, string, eventlog.Head, [][]byte) error { return f.with }

// shared is a log that other processes may write to.
type shared struct{ *eventlog.Memory }

func (shared) Shared() eventlog.Notes { return noNotes{} }

// noNotes can't be reached.
type noNotes struct{ eventlog.Notes }

var errLost = errors.New("protected text")

func (noNotes) Note(context.Context, uint64, []byte, int, int) error { return errLost }
func (noNotes) Book(context.Context, uint64, uint64) (eventlog.Book, error) {
	return eventlog.Book{}, nil
}
func (noNotes) ClearBook(context.Context, uint64) error                     { return nil }
func (noNotes) Count(context.Context, uint64, string) (uint64, error)       { return 7, nil }
func (noNotes) Counters(context.Context, uint64) (map[string]uint64, error) { return nil, nil }

func TestWhatALogDoesIsMeasured(t *testing.T) {
	t.Parallel()
	m := telemetry.NewMetrics("", "")
	log := m.Watch(eventlog.NewMemory(), nil, time.Now)
	head, err := log.Create(t.Context(), "w", eventlogtest.Each([]byte("1"), []byte("2")))
	require.NoError(t, err)
	require.NoError(t, log.Append(t.Context(), "w", head, [][]byte{[]byte("3")}))
	require.ErrorIs(t, log.Append(t.Context(), "w", head, [][]byte{[]byte("3")}), eventlog.ErrConflict)
	for _, err := range log.Read(t.Context(), "w", eventlog.Head{}) {
		require.NoError(t, err)
	}
	for _, err := range log.Read(t.Context(), "w", eventlog.Head{}) {
		require.NoError(t, err)
		break
	}
	require.Nil(t, log.Shared())
	for _, with := range []error{eventlog.ErrUnknownOutcome, errLost} {
		require.ErrorIs(t, m.Watch(&failing{eventlog.NewMemory(), with}, nil, time.Now).Append(t.Context(), "w", head, nil), with)
	}
	notes := m.Watch(shared{eventlog.NewMemory()}, nil, time.Now).Shared()
	require.ErrorIs(t, notes.Note(t.Context(), 1, nil, 1, 1), errLost)
	nth, err := notes.Count(t.Context(), 1, "a")
	require.NoError(t, err)
	require.Equal(t, uint64(7), nth)
	_, err = notes.Book(t.Context(), 1, 0)
	require.NoError(t, err)
	_, err = notes.Counters(t.Context(), 1)
	require.NoError(t, err)
	require.NoError(t, notes.ClearBook(t.Context(), 1))

	require.Equal(t, []string{
		`onshisim_log_records_total{operation="append"} 1`, `onshisim_log_records_total{operation="create"} 2`, `onshisim_log_records_total{operation="read"} 4`,
	}, samples(t, m, "onshisim_log_records_total"))
	require.Equal(t, []string{
		`onshisim_log_duration_seconds_count{operation="append",outcome="conflict"} 1`,
		`onshisim_log_duration_seconds_count{operation="append",outcome="error"} 1`,
		`onshisim_log_duration_seconds_count{operation="append",outcome="ok"} 1`,
		`onshisim_log_duration_seconds_count{operation="append",outcome="unknown"} 1`,
		`onshisim_log_duration_seconds_count{operation="book",outcome="ok"} 1`,
		`onshisim_log_duration_seconds_count{operation="clear-book",outcome="ok"} 1`,
		`onshisim_log_duration_seconds_count{operation="count",outcome="ok"} 1`,
		`onshisim_log_duration_seconds_count{operation="counters",outcome="ok"} 1`,
		`onshisim_log_duration_seconds_count{operation="create",outcome="ok"} 1`,
		`onshisim_log_duration_seconds_count{operation="note",outcome="error"} 1`,
		`onshisim_log_duration_seconds_count{operation="read",outcome="ok"} 2`,
	}, samples(t, m, "onshisim_log_duration_seconds_count"))
}

// TestALogIsTracedWithItsRequest, and only so: what the program does for itself makes no traces. An error tells nothing.
func TestALogIsTracedWithItsRequest(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewInMemoryExporter()
	provider := sdk.NewTracerProvider(sdk.WithSyncer(spans))
	log := telemetry.NewMetrics("", "").Watch(&failing{eventlog.NewMemory(), errLost}, telemetry.NewTracer(provider), time.Now)
	_, err := log.Create(t.Context(), "w", eventlogtest.Each([]byte("1")))
	require.NoError(t, err)
	require.Empty(t, spans.GetSpans())

	ctx, parent := provider.Tracer("test").Start(t.Context(), "request")
	_, err = log.Head(ctx, "w")
	require.NoError(t, err)
	require.ErrorIs(t, log.Append(ctx, "w", eventlog.Head{}, nil), errLost)
	for _, err := range log.Read(ctx, "w", eventlog.Head{}) {
		require.NoError(t, err)
	}
	var told []string
	for _, span := range spans.GetSpans() {
		require.Equal(t, parent.SpanContext().SpanID(), span.Parent.SpanID())
		require.Empty(t, span.Attributes)
		told = append(told, span.Name+" "+span.Status.Code.String()+span.Status.Description)
	}
	require.Equal(t, []string{"log/head Unset", "log/append Error", "log/read Unset"}, told)
}
