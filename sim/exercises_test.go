package sim_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// exercise is one that is done in a world of its own.
type exercise struct {
	*client
	*scenario.Scenario
	world string
}

// begin makes the world of a shipped exercise.
func begin(t *testing.T, name string) *exercise {
	t.Helper()
	handlers := simulator(t, eventlog.NewMemory(), world.Limits{})
	played := scenario.InProcess(handlers.Public, handlers.Control)
	s, err := scenario.Load(fixtures.FS, name)
	require.NoError(t, err)
	require.NotNil(t, s.Exercise, name)
	x := &exercise{&client{t, played}, s, "insurer"} // a name that stands in answers too
	x.send(http.MethodPut, played.ControlURL+"/worlds/"+x.world, "", `{"scenario": "`+name+`"}`, http.StatusCreated)
	return x
}

// ask reads from the control plane.
func ask[T any](x *exercise, path string) (answer T) {
	x.T.Helper()
	require.NoError(x.T, json.Unmarshal([]byte(x.send(http.MethodGet, x.Target.ControlURL+"/worlds/"+x.world+path, "", "", http.StatusOK)), &answer))
	return answer
}

// happened is what is known of the world now.
func (x *exercise) happened() scenario.Happened {
	x.T.Helper()
	page := ask[journal.Page](x, "/journal")
	now, err := time.Parse(time.RFC3339, ask[struct{ Now string }](x, "/clock").Now)
	require.NoError(x.T, err)
	h := scenario.Happened{Records: page.Entries, Dropped: page.Dropped, Now: now, Mode: ask[world.Mode](x, "/mode")}
	for _, id := range x.StagedPersons() {
		h.Persons = append(h.Persons, ask[world.Person](x, "/persons/"+id))
	}
	return h
}

func (x *exercise) progress() scenario.Progress {
	x.T.Helper()
	return scenario.Follow(x.Scenario, x.happened())
}

// play plays the step at an index, and every progress is made anew.
func (x *exercise) play(index int) scenario.StepResult {
	x.T.Helper()
	return scenario.PlayStep(x.T.Context(), x.Target, x.world, x.Scenario, x.progress(), index)
}

// step is the index of the step with a title.
func (x *exercise) step(title string) int {
	x.T.Helper()
	for i, step := range x.Steps {
		if strings.HasPrefix(step.Title, title) {
			return i
		}
	}
	x.T.Fatalf("%s has no step %s", x.Name, title)
	return -1
}

// TestEveryExerciseCanBeDone: played step by step by who remembers nothing, it ends with everything done, and at no time before
// is a step that was done not ticked or one that was not done called forgotten.
func TestEveryExerciseCanBeDone(t *testing.T) {
	t.Parallel()
	all, err := scenario.LoadAll(fixtures.FS)
	require.NoError(t, err)
	listed := slices.DeleteFunc(all, func(s *scenario.Scenario) bool { return s.Exercise == nil })
	assert.Len(t, listed, 16)
	for _, l := range listed {
		t.Run(l.Name, func(t *testing.T) {
			t.Parallel()
			x := begin(t, l.Name)
			for i := range x.Steps {
				result := x.play(i)
				require.Equal(t, scenario.Passed, result.Verdict, "%s: %+v", x.Steps[i].Title, result)
				p := x.progress()
				for k, step := range p.Steps {
					switch {
					case k > i:
						assert.Contains(t, []scenario.State{scenario.Open, scenario.NotNeeded, scenario.Done}, step.State, "%d %s after %d", k, step.Title, i)
						assert.False(t, step.Trainee && step.State != scenario.Open, "%d %s after %d: %s", k, step.Title, i, step.State)
					case step.State != scenario.NotNeeded:
						require.Equal(t, scenario.Done, step.State, "%d %s after %d: %+v", k, step.Title, i, step.Mismatches)
					}
				}
				require.Empty(t, p.Forgotten)
			}
			p := x.progress()
			assert.True(t, p.Finished)
			assert.Equal(t, -1, p.Next)
			assert.Equal(t, p.Counts.Steps, p.Counts.Done)
		})
	}
}

// TestWhatIsForgottenIsNamed: each lasting step of an exercise, left out alone, is named with its rules once all others are done.
func TestWhatIsForgottenIsNamed(t *testing.T) {
	t.Parallel()
	for exerciseName, titles := range map[string][]string{
		"flows/p15-steps":     {"STEP3 香の申請に基づき", "香が代理人の設定を解除する"},
		"flows/p17-insured":   {"⑦ 保険者が自己情報提供不可フラグを解除する", "④ 保険者が"},
		"flows/p16-dependant": {"⑪ 保険者Bも", "⑬ 保険者Aが"},
	} {
		for _, title := range titles {
			t.Run(title, func(t *testing.T) {
				t.Parallel()
				x := begin(t, exerciseName)
				left := x.step(title)
				for i := range x.Steps {
					if i != left {
						x.play(i)
					}
				}
				p := x.progress()
				assert.Equal(t, scenario.Forgotten, p.Steps[left].State)
				assert.False(t, p.Finished)
				require.NotEmpty(t, p.Forgotten)
				assert.Equal(t, left, p.Forgotten[0].Step)
				assert.Equal(t, p.Steps[left].Rules, p.Forgotten[0].Rules)
				for _, rule := range x.Steps[left].Rules {
					assert.Contains(t, p.Forgotten[0].Text, rule)
				}
			})
		}
	}
}

// TestAStepIsPlayedBesideATrainee: with what the trainee got, and where nobody is logged in, by logging in.
func TestAStepIsPlayedBesideATrainee(t *testing.T) {
	t.Parallel()
	x := begin(t, "flows/p15-steps")
	office := ask[world.Document](x, "").CardOffice.Token
	x.send(http.MethodPost, x.PublicURL+"/w/"+x.world+"/jpki/cards/card-kaori-1/suspension", office, "", http.StatusOK)
	x.play(x.step("翌日になる"))
	x.play(x.step("4月16日になる"))
	x.send(http.MethodPost, x.PublicURL+"/w/"+x.world+"/jpki/cards/card-kaori-1/reissue", office, "", http.StatusCreated)

	removing := x.step("香が代理人の設定を解除する")
	result := x.play(removing)
	assert.Equal(t, scenario.Passed, result.Verdict, "%+v", result)
	p := x.progress()
	assert.Equal(t, scenario.Done, p.Steps[removing].State)
	assert.Equal(t, scenario.Done, p.Steps[x.step("香が再発行されたカードでログインする")].State)
	assert.Equal(t, scenario.Forgotten, p.Steps[x.step("STEP2 避難先市町村への")].State)

	result = x.play(x.step("STEP3 保険者は")) // half a year later the session has ended
	require.Equal(t, scenario.Passed, result.Verdict, "%+v", result)
	result = x.play(x.step("代理人は一人もいなくなる"))
	assert.Equal(t, scenario.Passed, result.Verdict, "%+v", result)
}
