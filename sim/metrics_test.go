package sim_test

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// servedMetrics are the metrics of an operator who has used the simulator, as rows of name, kind and labels.
func servedMetrics(t *testing.T, text string) (rows []string) {
	t.Helper()
	kinds, labels := map[string]string{}, map[string][]string{}
	series := regexp.MustCompile(`^(\w+?)(?:_count)?(?:\{(.*)\})? \S+$`)
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "# TYPE "):
			kinds[words[2]] = words[3]
		case strings.HasPrefix(line, "#"), regexp.MustCompile(`^(go|process)_|^\w+_(bucket|sum)[ {]`).MatchString(line):
		default:
			found := series.FindStringSubmatch(strings.TrimSpace(line))
			require.NotNil(t, found, line)
			labels[found[1]] = nil
			for _, label := range regexp.MustCompile(`(\w+)="`).FindAllStringSubmatch(found[2], -1) {
				labels[found[1]] = append(labels[found[1]], label[1])
			}
		}
	}
	for name, of := range labels {
		rows = append(rows, row(name, kinds[name], of))
	}
	slices.Sort(rows)
	return rows
}

func row(name, kind string, labels []string) string {
	slices.Sort(labels)
	return strings.Join(append([]string{name, kind}, labels...), " ")
}

// TestTheMetricsAreAsDocumented: the table of docs/operation.md names each with its kind and its labels, and no other.
func TestTheMetricsAreAsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/operation.md")
	require.NoError(t, err)
	var documented []string
	for _, cells := range regexp.MustCompile("(?m)^\\| `(onshisim_\\w+)` \\| (\\w+) \\|([^|]*)\\|").FindAllStringSubmatch(string(page), -1) {
		documented = append(documented, row(cells[1], cells[2], strings.Fields(strings.ReplaceAll(cells[3], "`", ""))))
	}
	slices.Sort(documented)
	require.NotEmpty(t, documented)

	c := &client{t, newOperator(t, eventlog.NewMemory()).target(func(*http.Request) {})}
	c.send(http.MethodPut, c.ControlURL+"/worlds/default", "", `{"scenario": "base"}`, http.StatusCreated)
	c.send(http.MethodPost, c.PublicURL+"/terminal/card-reads", "", `{}`, http.StatusUnauthorized)
	assert.Equal(t, documented, servedMetrics(t, c.send(http.MethodGet, c.ControlURL+"/metrics", "", "", http.StatusOK)))
	c.send(http.MethodGet, c.PublicURL+"/metrics", "", "", http.StatusNotFound) // everybody reaches it
}
