package room_test

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/scenario"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/page"
)

// exercises are those that are shipped.
func exercises(t *testing.T) []*scenario.Scenario {
	t.Helper()
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	return slices.DeleteFunc(all, func(s *scenario.Scenario) bool { return s.Exercise == nil })
}

// TestEveryExerciseCanBeDoneOnTheScreens does all steps of every exercise on the screens; each is ticked, and what was seen is
// what the scenario says.
func TestEveryExerciseCanBeDoneOnTheScreens(t *testing.T) {
	t.Parallel()
	all := exercises(t)
	require.GreaterOrEqual(t, len(all), 8+4, "one of each case of the QA, and of each flow")
	for _, s := range all {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			h := open(t, "default", s.Name)
			h.plane(t, http.MethodPut, "/worlds/default/checkpoints/"+lesson.Checkpoint(s.Name), nil)
			tr := h.newTrainee(t)
			for i := range s.Steps {
				tr.do(&s.Steps[i])
				tr.stage(&s.Steps[i])
			}
			w, err := h.worlds.World(t.Context(), "default")
			require.NoError(t, err)
			done, err := lesson.NewScenarios(fixtures.FS).Of(t.Context(), w)
			require.NoError(t, err)
			for i, step := range done.Progress.Steps {
				if step.Trainee {
					assert.Equal(t, scenario.Done, step.State, "step %d: %s (%s) %v", i+1, step.Title, step.Task, step.Mismatches)
				}
			}
			assert.Empty(t, done.Progress.Forgotten)
			assert.True(t, done.Progress.Finished)
			assert.Contains(t, tr.desk.open(t, "/room/exercise").text(), "✓ 済み")
			assert.NotContains(t, tr.desk.open(t, "/room/exercise").text(), "□ まだ")
			assert.NotRegexp(t, `見えたもの: [0-9]{3} |[a-z] [a-z]`, tr.desk.open(t, "/room/exercise").text(), "a refusal has the screens' words")
		})
	}
}

var listedTask = regexp.MustCompile(`(?s)<li><p>.*?</li>`)

// TestATraineeIsToldAllThatIsToBeEntered: every value without which a step is not recognised stands with its task, on the page of
// who there is or in the brief, unless an earlier step makes it known; what will be seen, and the titles, do not.
func TestATraineeIsToldAllThatIsToBeEntered(t *testing.T) {
	t.Parallel()
	for _, s := range exercises(t) {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			h := open(t, "default", s.Name)
			h.plane(t, http.MethodPut, "/worlds/default/checkpoints/"+lesson.Checkpoint(s.Name), nil)
			v := h.trainee(t, "default")
			listing := v.open(t, "/room/exercise")
			elsewhere := s.Exercise.Brief + v.open(t, "/room/cast").text()
			tasks := listedTask.FindAllString(listing.html, -1)
			for _, step := range s.Steps {
				if step.Actor == scenario.Time || step.Actor == scenario.Operator {
					continue
				}
				require.NotEmpty(t, tasks, step.Title)
				told := blank.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(tasks[0], " ")), " ")
				tasks = tasks[1:]
				for _, d := range demandsOf(&step) {
					if !strings.Contains(d.value, "${") && !strings.Contains(elsewhere, d.value) {
						assert.Contains(t, told, d.words(), "%s: %s", step.Title, d.field)
					}
				}
				assert.NotContains(t, told, step.Title)
			}
			assert.Empty(t, tasks)
		})
	}
}

// demand is a value that a step is recognised by.
type demand struct{ field, value string }

// words is what the screens call it.
func (d demand) words() string {
	field := d.field[strings.LastIndexByte(d.field, '.')+1:]
	words, own := map[string]string{
		"nonDisclosure true": "不開示該当フラグ 設定する(1)", "nonDisclosure false": "不開示該当フラグ 解除する(0)",
		"selfInformationBlocked true": "自己情報提供不可フラグ 設定する(1)", "selfInformationBlocked false": "自己情報提供不可フラグ 解除する(0)",
		"method pin": "本人確認 暗証番号", "match true": "顔認証(本人)", "method face": "本人確認 顔認証(本人)",
		"medicines true": "薬剤情報の提供", "checkups true": "特定健診情報等の提供",
		"limitCertificate true": "限度額情報の提供", "specificDiseases true": "特定疾病療養受療証の提供",
	}[field+" "+d.value]
	if own {
		return words
	}
	if field == "items" {
		field = "item"
	}
	return page.Word(field, d.value)
}

// demandsOf are where a step is done, and all that it gives but what a trainee words differently.
func demandsOf(step *scenario.Step) (list []demand) {
	var find func(field string, value any)
	find = func(field string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for name, inner := range value {
				find(field+"."+name, inner)
			}
		case []any:
			for _, inner := range value {
				find(field, inner)
			}
		default:
			list = append(list, demand{field, fmt.Sprint(value)})
		}
	}
	for name, value := range step.With {
		if !slices.Contains([]string{"reason", "appliedOn", "askedBy"}, name) {
			find(name, value)
		}
	}
	if _, given := step.With["reason"]; step.Act == "setFlags" && !given {
		list = append(list, demand{"reason", "理由 空白だけにする"})
	}
	if step.As != "" {
		list = append(list, demand{"as", step.As})
	}
	return list
}

func TestTheExerciseTellsWhatIsToBeDoneAndNotWhatIsToBeSeen(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "qa/qa-1")
	v := h.trainee(t, "default")
	assert.NotContains(t, v.open(t, "/").text(), "演習")
	assert.Equal(t, http.StatusNotFound, v.open(t, "/room/exercise").status, "the world is for none")

	h.plane(t, http.MethodPut, "/worlds/default/checkpoints/"+lesson.Checkpoint("qa/qa-1"), nil)
	exercise := v.follow(t, v.open(t, "/"), "問1")
	assert.Contains(t, exercise.text(), "のうち 0 が済みました。")
	assert.NotContains(t, exercise.text(), "該当資格なし", "that is for the trainee to find out")
	assert.Contains(t, v.readCard(t, "card-hanako-1", "2202").text(), "該当資格なし")
	assert.Contains(t, v.open(t, exercise.path).text(), "該当資格なし", "and stands there from then on")
}
