package sim_test

import (
	"context"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// The examples of docs/scenarios.md are scenarios that pass.
func TestTheDocumentedScenariosPass(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/scenarios.md")
	require.NoError(t, err)
	blocks := yamlBlock.FindAllSubmatch(text, -1)
	require.NotEmpty(t, blocks)
	for _, block := range blocks {
		s, err := scenario.Parse("docs/scenarios.md", block[1])
		require.NoError(t, err)
		passes(t, target(t), s)
	}
}

// Every scenario that comes with the program passes.
func TestTheScenariosPass(t *testing.T) {
	t.Parallel()
	scenarios, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	played := target(t)
	for _, s := range scenarios {
		passes(t, played, s)
	}
}

// passes plays a scenario; where it fails, the test shows who saw what.
func passes(t *testing.T, played scenario.Target, s *scenario.Scenario) {
	t.Helper()
	result := scenario.Play(context.Background(), played, s)
	if !result.Passed() {
		var seen strings.Builder
		require.NoError(t, scenario.WriteText(&seen, scenario.Report{Results: []scenario.Result{result}}, false))
		t.Error(seen.String())
	}
}

// target is a simulator in this process, whose answers are held against its own documents.
func target(t *testing.T) scenario.Target {
	t.Helper()
	return over(t, eventlog.NewMemory())
}

// over is such a simulator over a log.
func over(t *testing.T, log eventlog.Log) scenario.Target {
	t.Helper()
	handlers := simulator(t, log, world.Limits{})
	return scenario.InProcess(openapitest.Checked(t, handlers.Public), openapitest.Checked(t, handlers.Control))
}

func simulator(t *testing.T, log eventlog.Log, limits world.Limits) sim.Handlers {
	t.Helper()
	worlds, err := world.Open(context.Background(), log, world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 }, Limits: limits,
	})
	require.NoError(t, err)
	return sim.New(sim.Config{Version: "test", Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler)})
}
