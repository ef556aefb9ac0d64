package conformance_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/telemetry"
	"onshisim/sim/world"
)

// operated is a program of a test's own, with what it tells its operator.
type operated struct {
	*simulator
	log   bytes.Buffer
	spans *tracetest.InMemoryExporter
}

func newOperated(t *testing.T) *operated {
	t.Helper()
	o := &operated{spans: tracetest.NewInMemoryExporter()}
	worlds, err := world.Open(context.Background(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	handlers := sim.New(sim.Config{
		Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.NewJSONHandler(&o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Tracer: telemetry.NewTracer(sdk.NewTracerProvider(sdk.WithSyncer(o.spans))),
	})
	target := scenario.InProcess(handlers.Public, handlers.Control)
	o.simulator = &simulator{public: target.PublicURL, control: target.ControlURL, client: target.Client}
	return o
}

// counts are the metrics that do not measure time or the machine.
func (o *operated) counts(t *testing.T) map[string]float64 {
	t.Helper()
	counts := map[string]float64{}
	for line := range strings.Lines(o.send(t, http.MethodGet, o.control+"/metrics", "", nil).body) {
		if !strings.HasPrefix(line, "onshisim_") || strings.Contains(line, "_seconds_bucket{") || strings.Contains(line, "_seconds_sum{") {
			continue
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		number, err := strconv.ParseFloat(value, 64)
		require.NoError(t, err)
		counts[name] = number
	}
	require.NotEmpty(t, counts)
	return counts
}

// own are the fields of a log line, and the attributes of a span, that differ between any two requests.
var own = []string{"time", "requestId", "traceId", "spentMicroseconds", "world", "onshisim.request_id", "onshisim.world"}

// told is what the operator sees of the twin's calls.
func (w *twin) told(t *testing.T, o *operated, document world.Document, inquired bool) (told []string) {
	t.Helper()
	c := &caller{t: t, place: newPlace(t, o.simulator, document)}
	c.openScreens(t)
	if inquired {
		c.inquire(t, c.subjectCode(t, individualNumber(id)), "A", "benefits")
	}
	before := o.counts(t)
	o.log.Reset()
	o.spans.Reset()
	w.calls(c)
	for line := range strings.Lines(o.log.String()) {
		fields := map[string]any{}
		require.NoError(t, json.Unmarshal([]byte(line), &fields))
		told = append(told, inWords(fields))
	}
	for _, span := range o.spans.GetSpans() {
		fields := map[string]any{"name": span.Name, "status": span.Status.Code}
		for _, a := range span.Attributes {
			fields[string(a.Key)] = a.Value.AsInterface()
		}
		told = append(told, inWords(fields))
	}
	after := o.counts(t)
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if more := after[name] - before[name]; more != 0 {
			told = append(told, fmt.Sprint(name, " +", more))
		}
	}
	return told
}

// inWords are fields on one line, but for those that differ between any two requests.
func inWords(fields map[string]any) string {
	maps.DeleteFunc(fields, func(name string, _ any) bool { return slices.Contains(own, name) })
	return fmt.Sprint(fields) // sorted by name
}

// TestTwinsAreToldAlike, one after the other, since all worlds are told of together: nor can the operator tell the two apart, from what is counted, logged and traced; the reasons are in
// the journal.
func TestTwinsAreToldAlike(t *testing.T) {
	t.Parallel()
	o := newOperated(t)
	for _, w := range allTwins() {
		for _, set := range w.flags {
			t.Run("QA-3 "+w.route+" "+w.title+", "+fmt.Sprint(set), func(t *testing.T) {
				var protected, plain []string
				t.Run("protected", func(t *testing.T) { protected = w.told(t, o, w.document(set), w.inquired) })
				t.Run("plain", func(t *testing.T) { plain = w.told(t, o, w.plain(w.document(set)), false) })
				require.Greater(t, len(protected), 2)
				assert.Equal(t, protected, plain)
			})
		}
	}
}
