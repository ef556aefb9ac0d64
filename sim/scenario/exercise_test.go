package scenario_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
)

func TestExercisesAreListed(t *testing.T) {
	t.Parallel()
	listed, err := scenario.Exercises(fstest.MapFS{
		"base.yaml":   {Data: []byte("title: 町\nworld: {}\n")},
		"qa/b.yaml":   {Data: []byte("title: \"乙\"\nexercise:\n  brief: 略\nrules: []\nbase: base\nsteps: []\n")},
		"qa/a.yaml":   {Data: []byte("title: 甲 # exercise:\nrules: []\nbase: base\nsteps: []\n")},
		"z.yaml":      {Data: []byte(`{"title": "終", "steps": [], "exercise": {"brief": "略"}}`)},
		"broken.yaml": {Data: []byte("title: [exercise\n")},
		"exercise.md": {Data: []byte("exercise:")},
	})
	require.NoError(t, err)
	assert.Equal(t, []scenario.Listed{{Name: "qa/b", Title: "乙"}, {Name: "z", Title: "終"}}, listed)
}

// TestBriefsAreShort: they are read on a screen, beside what is to be done.
func TestBriefsAreShort(t *testing.T) {
	t.Parallel()
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	listed, err := scenario.Exercises(fixtures.FS)
	require.NoError(t, err)
	var names []string
	for _, l := range listed {
		names = append(names, l.Name)
	}
	for _, s := range all {
		if s.Exercise == nil {
			assert.NotContains(t, names, s.Name)
			continue
		}
		assert.Contains(t, names, s.Name)
		assert.LessOrEqual(t, len([]rune(s.Exercise.Brief)), 300, s.Name)
	}
}
