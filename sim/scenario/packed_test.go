package scenario_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
)

// withoutLines forgets where the steps stood.
func withoutLines(s *scenario.Scenario) []scenario.Step {
	steps := append([]scenario.Step(nil), s.Steps...)
	for i := range steps {
		steps[i].Line = 0
	}
	return steps
}

// TestAPackedScenarioIsTheSame: with its world in it, read as what it is and as any other scenario file.
func TestAPackedScenarioIsTheSame(t *testing.T) {
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	for _, s := range all {
		if len(s.Steps) == 0 {
			continue
		}
		text, err := s.Packed(9007199254740993, "2030-01-02T03:04:05+09:00")
		require.NoError(t, err)
		unpacked, err := scenario.Unpack(s.Name, text)
		require.NoError(t, err)
		readings := []*scenario.Scenario{unpacked}
		if strings.HasPrefix(s.Name, "qa/") { // YAML takes its time
			parsed, err := scenario.Parse(s.Name+".yaml", text)
			require.NoError(t, err)
			readings = append(readings, parsed)
		}
		want := s.World
		want.Seed, want.Now = 9007199254740993, "2030-01-02T03:04:05+09:00"
		for _, got := range readings {
			assert.Equal(t, s.Name, got.Name)
			assert.Equal(t, []any{s.Title, s.Summary, s.Rules, s.Exercise}, []any{got.Title, got.Summary, got.Rules, got.Exercise})
			assert.Empty(t, got.Base)
			assert.Equal(t, want, got.World)
			assert.Equal(t, withoutLines(s), withoutLines(got))
		}
		again, err := unpacked.Packed(0, "")
		require.NoError(t, err)
		assert.Equal(t, string(text), string(again), "nothing is pinned anew, and nothing lost")
	}
}

func TestAPackedScenarioKeepsEveryCharacter(t *testing.T) {
	s, err := scenario.Parse("x.yaml", []byte("title: \"<a> & \\\"b\\\" \\\\ \\u2028 \\t 𠮷 ${x} # : -\"\nrules: [QA-3]\nworld: {persons: [{id: a, name: \"<&>\\u2028𠮷\"}]}\nsteps:\n"+oneStep))
	require.NoError(t, err)
	text, err := s.Packed(1, "2030-01-02T03:04:05+09:00")
	require.NoError(t, err)
	for _, read := range []func(string, []byte) (*scenario.Scenario, error){scenario.Unpack, scenario.Parse} {
		got, err := read("x", text)
		require.NoError(t, err)
		assert.Equal(t, "<a> & \"b\" \\ \u2028 \t 𠮷 ${x} # : -", got.Title)
		assert.Equal(t, "<&>\u2028𠮷", got.World.Persons[0].Name)
	}
}

func TestUnpackRefusesWhatIsNoScenario(t *testing.T) {
	_, err := scenario.Unpack("x", []byte("{"))
	assert.ErrorContains(t, err, "x.yaml is not JSON")
	_, err = scenario.Unpack("x", []byte(`null`))
	assert.ErrorContains(t, err, "x.yaml:1:1")
	_, err = scenario.Unpack("x", []byte(`{"title": "題", "rules": ["QA-3"], "base": "base", "steps": []}`))
	assert.ErrorContains(t, err, "there is no such scenario")
}
