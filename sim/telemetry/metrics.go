package telemetry

import (
	"bytes"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/common/expfmt"
)

// Metrics are the metrics of one simulator, for Prometheus. No label has more values than the program has operations,
// statuses or codes: a world's name is none, because worlds come and go with every test.
type Metrics struct {
	registry *prometheus.Registry

	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	refusals  *prometheus.CounterVec
	inFlight  *prometheus.GaugeVec

	logDurations *prometheus.HistogramVec
	logRecords   *prometheus.CounterVec
}

// Bounds of the buckets in seconds: a certificate check takes about 50 µs, and a client gives up after 10 s.
var (
	requestBuckets = []float64{50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}
	logBuckets     = []float64{1e-6, 10e-6, 100e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}
)

// NewMetrics makes the metrics of a program of a version that answers by an edition of the rules.
func NewMetrics(version, ruleEdition string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onshisim_requests_total", Help: "Requests by HTTP status; none: the connection was dropped without an answer.",
		}, []string{"system", "operation", "status"}),
		durations: prometheus.NewHistogramVec(durations(
			"onshisim_request_duration_seconds", "Time from a request's arrival to the end of its answer.", requestBuckets,
		), []string{"system", "operation"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onshisim_refusals_total", Help: "Answers that were a problem, by its code.",
		}, []string{"system", "code"}),
		inFlight: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "onshisim_requests_in_flight", Help: "Requests being answered now.",
		}, []string{"listener"}),
		logDurations: prometheus.NewHistogramVec(durations(
			"onshisim_log_duration_seconds", "Time that the event log took.", logBuckets,
		), []string{"operation", "outcome"}),
		logRecords: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onshisim_log_records_total", Help: "Events that the event log took or gave.",
		}, []string{"operation"}),
	}
	built := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "onshisim_build_info", Help: "1, for the program's version and the rules that it answers by.",
		ConstLabels: prometheus.Labels{"version": version, "rule_edition": ruleEdition, "go_version": runtime.Version()},
	})
	built.Set(1)
	m.registry.MustRegister(m.requests, m.durations, m.refusals, m.inFlight, m.logDurations, m.logRecords, built,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// durations are a histogram's options: the classic buckets, and for scrapers that take them native ones.
func durations(name, help string, buckets []float64) prometheus.HistogramOpts {
	return prometheus.HistogramOpts{
		Name: name, Help: help, Buckets: buckets,
		NativeHistogramBucketFactor: 1.1, NativeHistogramMaxBucketNumber: 160, NativeHistogramMinResetDuration: time.Hour,
	}
}

// Gauge goes up and down.
type Gauge = prometheus.Gauge

// InFlight counts what a listener is answering.
func (m *Metrics) InFlight(listener string) Gauge {
	return m.inFlight.WithLabelValues(listener)
}

// Gather writes all metrics in the format that a scraper asks for by its Accept header; text if it does not say.
func (m *Metrics) Gather(accept string) (contentType string, body []byte, err error) {
	families, err := m.registry.Gather()
	if err != nil {
		return "", nil, err
	}
	format := expfmt.NegotiateAccept(http.Header{"Accept": {accept}}, expfmt.DefaultAcceptedFormats()...)
	var text bytes.Buffer
	encoder := expfmt.NewEncoder(&text, format)
	for _, family := range families {
		if err := encoder.Encode(family); err != nil {
			return "", nil, err
		}
	}
	return string(format), text.Bytes(), nil
}
