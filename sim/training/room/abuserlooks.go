package room

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"onshisim/sim/scenario"
	"onshisim/sim/training/page"
)

// flagsSet are the two flags as the insurer's terminal answers.
type flagsSet struct {
	NonDisclosure          bool `json:"nonDisclosure"`
	SelfInformationBlocked bool `json:"selfInformationBlocked"`
}

// none says whether the victim is not protected.
func (f flagsSet) none() bool { return f == flagsSet{} }

// look is one act of the abuser's, the same before a measure and after it, at all the places where it shows the same.
type look struct {
	Act           string
	places        []string
	before, after learned
}

// shows says what a look shows: two that show the same differ only in their places.
func (l *look) shows() string { return fmt.Sprint(l.Act, l.before, l.after) }

// Places are where the act is done, in words.
func (l *look) Places() string { return strings.Join(l.places, "・") }

// moment is a step of a play with the flags that stood when it was done.
type moment struct {
	scenario.Step
	Result scenario.StepResult
	Flags  flagsSet
}

// Saw says in one line what was seen; a refusal in the words of the screens.
func (m *moment) Saw() string {
	var refused struct{ Code string }
	_ = json.Unmarshal(m.Result.Answer.Body, &refused) // what is no refusal has no code, and not all that are have one
	return page.Saw(m.Result.Answer.Status, refused.Code, m.Result.Saw)
}

// momentsOf are the steps of a play in their order.
func momentsOf(result scenario.Result) []moment {
	var flags flagsSet
	moments := make([]moment, 0, len(result.Steps))
	for i, step := range result.Scenario.Steps {
		if step.Actor == scenario.Insurer {
			_ = json.Unmarshal(result.Steps[i].Answer.Body, &flags) // what is no answer about flags leaves them
		}
		moments = append(moments, moment{step, result.Steps[i], flags})
	}
	return moments
}

// asks says what a step asks for: two that ask for the same differ only in the flags that stand.
func (m *moment) asks() string { return fmt.Sprint(m.Actor, m.As, m.Act, m.With) }

// byTheAbuser leaves out of who did a step that it was the abuser: all looks are the abuser's.
var byTheAbuser = strings.NewReplacer("（加害者）", "", "加害者(", "", ")", "")

// looks are the acts from which the abuser learns something while no flag is set, each beside the same act with other flags.
func looks(moments []moment, after flagsSet) (found []look) {
	for i := range moments {
		before := &moments[i]
		told := learnedFrom(before.Result.Answer.Body)
		at := slices.IndexFunc(moments, func(m moment) bool { return m.Flags == after && m.asks() == before.asks() })
		if before.Actor == scenario.Insurer || !before.Flags.none() || told.none() || at < 0 {
			continue
		}
		l := look{before.Result.Act, []string{byTheAbuser.Replace(moments[at].Result.Who)}, told, learnedFrom(moments[at].Result.Answer.Body)}
		same := slices.IndexFunc(found, func(f look) bool { return f.shows() == l.shows() })
		switch {
		case same < 0:
			found = append(found, l)
		case !slices.Contains(found[same].places, l.places[0]):
			found[same].places = append(found[same].places, l.places[0])
		}
	}
	return found
}
