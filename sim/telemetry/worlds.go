package telemetry

import (
	"iter"

	"github.com/prometheus/client_golang/prometheus"

	"onshisim/sim/eventlog"
)

// CountWorlds has every scrape look at the worlds: each by its name, with its position in its log. Only the world of the
// given name has a series of its own. It may be called once.
func (m *Metrics) CountWorlds(first string, positions func() iter.Seq2[string, eventlog.Position]) {
	m.registry.MustRegister(&worldCollector{
		first: first, positions: positions,
		worlds:   prometheus.NewDesc("onshisim_worlds", "Worlds that there are.", nil, nil),
		events:   prometheus.NewDesc("onshisim_events", "Events of all worlds together.", nil, nil),
		largest:  prometheus.NewDesc("onshisim_largest_world_events", "Events of the world that has the most; --max-events bounds it.", nil, nil),
		position: prometheus.NewDesc("onshisim_log_position", "Position of the first world in its log, as this process knows it.", []string{"world"}, nil),
	})
}

type worldCollector struct {
	first                             string
	positions                         func() iter.Seq2[string, eventlog.Position]
	worlds, events, largest, position *prometheus.Desc
}

// Describe implements prometheus.Collector.
func (c *worldCollector) Describe(to chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{c.worlds, c.events, c.largest, c.position} {
		to <- desc
	}
}

// Collect implements prometheus.Collector.
func (c *worldCollector) Collect(to chan<- prometheus.Metric) {
	var worlds, events, largest eventlog.Position
	gauge := func(desc *prometheus.Desc, value eventlog.Position, labels ...string) {
		to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(value), labels...)
	}
	for name, position := range c.positions() {
		worlds++
		events += position
		largest = max(largest, position)
		if name == c.first {
			gauge(c.position, position, name)
		}
	}
	gauge(c.worlds, worlds)
	gauge(c.events, events)
	gauge(c.largest, largest)
}
