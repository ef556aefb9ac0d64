package console_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

func TestTheClockIsMovedByForms(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	s.post("/console/worlds/a/clock", url.Values{"date": {"2021-05-06"}, "time": {"07:08"}})
	require.Equal(t, "2021-05-06T07:08:00+09:00", world.Instant(w.Now()))
	s.post("/console/worlds/a/clock/advance", url.Values{"duration": {"30d"}})
	require.Equal(t, "2021-06-05T07:08:00+09:00", world.Instant(w.Now()))
	require.Contains(t, s.page("/console/worlds/a"), "2021年6月5日 07:08:00")
	require.Contains(t, s.refuses("/console/worlds/a/clock", url.Values{"date": {"someday"}, "time": {"07:08"}}), `id="e-date"`)
	require.Contains(t, s.refuses("/console/worlds/a/clock/advance", url.Values{"duration": {"long"}}), `id="e-duration"`)
}

func TestTheModeIsSetByWhatTheWorldHas(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	institution := w.Outline().Institutions[0]
	require.Contains(t, s.page("/console/worlds/a/mode"), institution.InstitutionName)
	s.post("/console/worlds/a/mode", url.Values{"mode": {"failure"}, "institutions": {institution.MedicalInstitutionCode}, "systems": {"terminal"}})
	require.Equal(t, world.Mode{
		Mode: "failure", Areas: []string{}, Institutions: []string{institution.MedicalInstitutionCode}, Systems: []string{"terminal"},
	}, w.Mode())
	require.Contains(t, s.refuses("/console/worlds/a/mode", url.Values{"mode": {"failure"}, "institutions": {"0000000000"}}), `class="error"`)
	s.post("/console/worlds/a/mode", url.Values{"mode": {"normal"}, "areas": {institution.Area}, "systems": {"terminal"}})
	require.Equal(t, "normal", w.Mode().Mode, "what belongs to another mode may stay ticked")
}

func TestFaultsAreScriptedAndCleared(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	s.post("/console/worlds/a/faults", url.Values{"target": {"terminal/read-card"}, "kind": {"status"}, "status": {"503"}, "count": {"2"}})
	s.post("/console/worlds/a/faults", url.Values{"target": {"jpki"}, "kind": {"delay"}, "delay": {"3s"}})
	faults, err := w.Faults(t.Context())
	require.NoError(t, err)
	require.Equal(t, []world.Fault{{System: "terminal", Operation: "read-card", Status: 503, Count: 2}, {System: "jpki", Delay: "3s"}},
		[]world.Fault{faults[0].Fault, faults[1].Fault})
	require.Contains(t, s.page("/console/worlds/a/faults"), "HTTP 503")
	require.Contains(t, s.refuses("/console/worlds/a/faults", url.Values{"target": {"jpki/none"}, "kind": {"garbage"}}), `id="e-target"`)
	require.Contains(t, s.refuses("/console/worlds/a/faults", url.Values{"target": {"jpki"}, "kind": {"delay"}, "delay": {"soon"}}), `id="e-delay"`)
	require.Contains(t, s.refuses("/console/worlds/a/faults", url.Values{"target": {"jpki"}, "kind": {"garbage"}, "skip": {"some"}}), `id="e-skip"`)
	s.post("/console/worlds/a/faults/clear", nil)
	require.Contains(t, s.page("/console/worlds/a/faults"), "障害は設定されていません。")
}

func TestAWrongRuleIsWarnedOfOnEveryPageOfItsWorld(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("a")
	s.trainee("b")
	s.post("/console/worlds/a/mutant", url.Values{"mutant": {"latest-insurer-for-non-disclosure"}})
	for _, path := range []string{"", "/mode", "/faults", "/persons", "/persons/kaori", "/journal", "/exercise", "/report"} {
		require.Contains(t, s.page("/console/worlds/a"+path), "わざと誤った規則で答えています", path)
		require.NotContains(t, s.page("/console/worlds/b"+path), "わざと誤った規則で答えています", path)
	}
	require.Contains(t, s.refuses("/console/worlds/a/mutant", url.Values{"mutant": {"none-such"}}), `id="e-mutant"`)
}

func TestCheckpointsArePutRestoredAndDeleted(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	began := w.Now()
	s.post("/console/worlds/a/checkpoints", url.Values{"checkpoint": {"before"}})
	s.post("/console/worlds/a/clock/advance", url.Values{"duration": {"1d"}})
	s.post("/console/worlds/a/checkpoints/restore", url.Values{"checkpoint": {"before"}})
	require.Equal(t, began, w.Now())
	s.post("/console/worlds/a/checkpoints/delete", url.Values{"checkpoint": {"before"}})
	require.NotContains(t, s.page("/console/worlds/a"), "before に戻す")
	require.Contains(t, s.refuses("/console/worlds/a/checkpoints", url.Values{"checkpoint": {"あ"}}), `id="e-checkpoint"`)
	require.Contains(t, s.refuses("/console/worlds/a/checkpoints/restore", url.Values{"checkpoint": {"gone"}}), `id="e-checkpoint"`)
}

// TestACheckpointAssignsNoExercise: the name alone would do so.
func TestACheckpointAssignsNoExercise(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.post("/console/worlds", url.Values{"name": {"a"}, "scenario": {"base"}})
	for _, name := range []string{"exercise.flows.p15-steps", " exercise.mine"} {
		page := s.refuses("/console/worlds/a/checkpoints", url.Values{"checkpoint": {name}})
		require.Contains(t, page, `id="e-checkpoint">「exercise.」で始まる名前は`)
	}
	require.Contains(t, s.page("/console/worlds/a/exercise"), "演習が割り当てられていません。")
	s.post("/console/worlds/a/checkpoints", url.Values{"checkpoint": {"exercise"}})
}

// TestTheOverviewShowsTheLatestRequests: those that are there, after the others were cleared away too.
func TestTheOverviewShowsTheLatestRequests(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	numbers := func() (found []string) {
		for _, each := range requestLink.FindAllStringSubmatch(s.page("/console/worlds/a"), -1) {
			found = append(found, each[1])
		}
		return found
	}
	require.Empty(t, numbers())
	for range 20 {
		s.search(w)
	}
	require.Equal(t, []string{"20", "19", "18", "17", "16", "15", "14", "13"}, numbers())
	s.post("/console/worlds/a/journal/clear", nil)
	require.Empty(t, numbers())
	s.search(w)
	require.Equal(t, []string{"21"}, numbers())
}

var requestLink = regexp.MustCompile(`href="/console/worlds/a/journal/(\d+)"`)

func TestAWorldIsExportedAsTheControlPlaneDoes(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("a")
	w := s.do(request(http.MethodGet, "/console/worlds/a/events", nil))
	require.Equal(t, `attachment; filename="a.jsonl"`, w.Header().Get("Content-Disposition"))
	require.Equal(t, s.do(request(http.MethodGet, "/worlds/a/events", nil)).Body.String(), w.Body.String())
}

func TestWhatIsNotThereIsSaidSo(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("a")
	for _, path := range []string{
		"/console/nothing", "/console/worlds/none", "/console/worlds/a/persons/nobody", "/console/worlds/a/journal/1", "/console/worlds/a/journal/x",
		"/console/deletion", "/console/worlds/a/persons?id=nobody",
	} {
		w := s.do(request(http.MethodGet, path, nil))
		require.Equal(t, http.StatusNotFound, w.Code, path)
		require.Contains(t, w.Body.String(), `role="alert"`, path)
	}
}
