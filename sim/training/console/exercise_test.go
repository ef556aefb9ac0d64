package console_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim"
	"onshisim/sim/training/lesson"
	"onshisim/sim/world"
)

// TestAnExerciseTicksWhatWasDone: by the trainee over HTTP, and by the instructor step by step; what was passed over is told
// with its rule.
func TestAnExerciseTicksWhatWasDone(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a-01")
	page := s.page("/console/worlds/a-01/exercise")
	require.NotContains(t, page, "✓ できた")
	require.Contains(t, page, "次の手順を行う: STEP1")

	s.call("a-01", http.MethodPost, "/jpki/cards/card-kaori-1/suspension", w.Outline().CardOffice.Token, "")
	page = s.page("/console/worlds/a-01/exercise")
	require.Equal(t, 1, strings.Count(page, "✓ できた"))
	require.Contains(t, page, "次の手順を行う: 翌日になる")

	require.Equal(t, "/console/worlds/a-01/exercise?done=played", s.step("a-01", 1))
	require.Equal(t, "2021-04-02T10:00:00+09:00", world.Instant(w.Now()))
	for i := 2; i < 5; i++ {
		s.step("a-01", i)
	}
	require.Contains(t, s.page("/console/class?class=a"), `<progress max=`)
	require.Contains(t, s.page("/console/worlds/a-01/report"), "STEP1 夜間でも")

	s.post("/console/worlds/a-01/exercise/restart", nil)
	require.NotContains(t, s.page("/console/worlds/a-01/exercise"), "✓ できた")
	require.Equal(t, "2021-04-01T22:30:00+09:00", world.Instant(w.Now()))
}

func (s *school) step(name string, index int) string {
	s.Helper()
	return s.post("/console/worlds/"+name+"/exercise/step", url.Values{"step": {strconv.Itoa(index)}})
}

func TestWhatWasForgottenIsToldWithItsRule(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	s.step("a", 1)
	s.flag(w, "kaori")
	page := s.page("/console/worlds/a/exercise")
	require.Contains(t, page, "忘れていること")
	require.Contains(t, page, "P15-1 15頁")
	require.Contains(t, s.page("/console/class"), `! 1</span>`)
	require.Contains(t, s.page("/console/worlds/a/report"), "忘れていること")
}

func TestAScenarioIsBegunInThisWorldOrInANewOne(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.post("/console/worlds", url.Values{"name": {"a"}, "scenario": {"base"}})
	require.Contains(t, s.page("/console/worlds/a/exercise"), "演習が割り当てられていません。")
	w, err := s.worlds.World(t.Context(), "a")
	require.NoError(t, err)
	for _, scenario := range []string{"base", "no/such"} {
		require.Contains(t, s.refuses("/console/worlds/a/exercise", url.Values{"scenario": {scenario}, "where": {"here"}}), `id="e-scenario"`)
	}
	s.post("/console/worlds/a/exercise", url.Values{"scenario": {"flows/p15-steps"}, "where": {"here"}})
	name, ok := lesson.Assigned(w)
	require.True(t, ok)
	require.Equal(t, "flows/p15-steps", name)

	require.Contains(t, s.refuses("/console/worlds/a/exercise", url.Values{"scenario": {"flows/p15-steps"}, "where": {"new"}, "name": {"a"}}), `id="e-name"`)
	require.Equal(t, "/console/worlds/b/exercise?done=made", s.post("/console/worlds/a/exercise", url.Values{"scenario": {"flows/p15-steps"}, "where": {"new"}, "name": {"b"}}))
}

// TestAStepThatGoesOtherwiseIsToldSo: by a wrong rule, what is to be refused is not.
func TestAStepThatGoesOtherwiseIsToldSo(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("a")
	s.post("/console/worlds/a/mutant", url.Values{"mutant": {"any-insurer-sets-flags"}})
	require.Contains(t, s.refuses("/console/worlds/a/exercise/step", url.Values{"step": {"3"}}), "シナリオのとおりになりませんでした")
	s.refuses("/console/worlds/a/exercise/step", url.Values{"step": {"1000"}})
}

func TestStepsArePlayedOnlyWhereAllSystemsAre(t *testing.T) {
	t.Parallel()
	s := newSchool(t, func(c *sim.Config) { c.Systems = []string{"terminal"} })
	s.trainee("a")
	require.NotContains(t, s.page("/console/worlds/a/exercise"), "次の手順を行う")
	s.refuses("/console/worlds/a/exercise/step", url.Values{"step": {"1"}})
}
