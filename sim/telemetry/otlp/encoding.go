package otlp

import (
	"fmt"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// The messages of opentelemetry/proto/collector/trace/v1 as JSON writes them: ids in hex, 64-bit numbers as strings, enums
// as numbers.
type (
	batch struct {
		ResourceSpans []resourceSpans `json:"resourceSpans"`
	}
	resourceSpans struct {
		Resource struct {
			Attributes []keyValue `json:"attributes"`
		} `json:"resource"`
		ScopeSpans []scopeSpans `json:"scopeSpans"`
	}
	scopeSpans struct {
		Scope struct {
			Name string `json:"name"`
		} `json:"scope"`
		Spans []span `json:"spans"`
	}
	span struct {
		TraceID           string     `json:"traceId"`
		SpanID            string     `json:"spanId"`
		ParentSpanID      string     `json:"parentSpanId,omitempty"`
		Flags             uint32     `json:"flags"`
		Name              string     `json:"name"`
		Kind              int        `json:"kind"`
		StartTimeUnixNano string     `json:"startTimeUnixNano"`
		EndTimeUnixNano   string     `json:"endTimeUnixNano"`
		Attributes        []keyValue `json:"attributes,omitempty"`
		Status            struct {
			Code int `json:"code,omitempty"`
		} `json:"status"`
	}
	keyValue struct {
		Key   string         `json:"key"`
		Value map[string]any `json:"value"`
	}
)

// batchOf is the message of a batch of spans. They are all of one program, so they have one resource and one scope.
func batchOf(spans []sdk.ReadOnlySpan) batch {
	var all resourceSpans
	all.Resource.Attributes = keyValues(spans[0].Resource().Attributes())
	all.ScopeSpans = make([]scopeSpans, 1)
	all.ScopeSpans[0].Scope.Name = spans[0].InstrumentationScope().Name
	for _, s := range spans {
		all.ScopeSpans[0].Spans = append(all.ScopeSpans[0].Spans, spanOf(s))
	}
	return batch{[]resourceSpans{all}}
}

func spanOf(s sdk.ReadOnlySpan) span {
	context, parent := s.SpanContext(), s.Parent()
	message := span{
		TraceID: context.TraceID().String(), SpanID: context.SpanID().String(), Flags: uint32(context.TraceFlags()),
		Name: s.Name(), Kind: int(s.SpanKind()), // numbered alike
		StartTimeUnixNano: nanoseconds(s.StartTime()), EndTimeUnixNano: nanoseconds(s.EndTime()),
		Attributes: keyValues(s.Attributes()),
	}
	if parent.SpanID().IsValid() {
		message.ParentSpanID = parent.SpanID().String()
	}
	message.Status.Code = map[codes.Code]int{codes.Ok: 1, codes.Error: 2}[s.Status().Code]
	return message
}

func nanoseconds(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

func keyValues(attributes []attribute.KeyValue) []keyValue {
	var pairs []keyValue
	for _, a := range attributes {
		pairs = append(pairs, keyValue{string(a.Key), anyValue(a.Value)})
	}
	return pairs
}

// anyValue is a value under the name of its type; a list is written as text, since no span here has one.
func anyValue(v attribute.Value) map[string]any {
	switch v.Type() {
	case attribute.STRING:
		return map[string]any{"stringValue": v.AsString()}
	case attribute.BOOL:
		return map[string]any{"boolValue": v.AsBool()}
	case attribute.INT64:
		return map[string]any{"intValue": strconv.FormatInt(v.AsInt64(), 10)}
	case attribute.FLOAT64:
		return map[string]any{"doubleValue": v.AsFloat64()}
	default:
		return map[string]any{"stringValue": fmt.Sprint(v.AsInterface())}
	}
}
