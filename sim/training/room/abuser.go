package room

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"onshisim/sim/guidance"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
)

// mountAbuser adds the abuser's seat (加害者の席), a guided page that is teaching material: it names flags and rules, and
// shows of no world but that of the shipped scenarios.
func (r *room) mountAbuser(mux *http.ServeMux) {
	for pattern, screen := range map[string]func(*visit){
		"GET ":           listProblems,
		"GET /{problem}": teachProblem,
	} {
		r.mountSeat(mux, "/room/abuser", pattern, func(v *visit) {
			links := []page.Link{{Path: v.here("/room/abuser"), Text: "4つの課題"}}
			for i := range abuserProblems {
				links = append(links, page.Link{Path: v.here("/room/abuser/" + abuserProblems[i].Name), Text: abuserProblems[i].Title})
			}
			v.sit("abuser", "加害者の席", links...)
			screen(v)
		})
	}
}

func listProblems(v *visit) {
	v.show("abuser", "加害者の席: 対策の前と後", map[string]any{"Path": v.here("/room/abuser"), "Problems": abuserProblems})
}

// steps are the pages of a problem, in the order in which they are read.
var steps = []string{"状況", "対策の前", "対策", "対策の後", "残る手がかり"}

// teachProblem plays a problem's scenes and shows one step of what the abuser learns before the measure and after it.
func teachProblem(v *visit) {
	at := slices.IndexFunc(abuserProblems, func(p abuserProblem) bool { return p.Name == v.PathValue("problem") })
	step, err := strconv.Atoi(cmp.Or(v.FormValue("step"), "1"))
	if at < 0 || err != nil || step < 1 || step > len(steps) {
		v.lost()
		return
	}
	problem := abuserProblems[at]
	scenes, hints, err := v.plays.lesson(v.Context(), &problem)
	if err != nil {
		v.fail(&ask.Refusal{Status: http.StatusServiceUnavailable, Detail: "the scenario was not played", Cause: err})
		return
	}
	menu := make([]page.Link, len(steps))
	paths := make([]string, len(steps)+2) // no step is before the first, and none after the last
	for i, name := range steps {
		paths[i+1] = v.here(v.URL.Path) + "?step=" + strconv.Itoa(i+1)
		menu[i] = page.Link{Path: paths[i+1], Text: name, Here: i+1 == step}
	}
	v.show("abuser-problem", "課題: "+problem.Title, map[string]any{
		"Problem": problem, "Scenes": scenes, "Hints": hints, "Questions": rulesOf(problem.Questions),
		"All": v.here("/room/abuser"), "Step": step, "Steps": menu, "Back": paths[step-1], "On": paths[step+1],
	})
}

// rulesOf are rules of the notice by their ids.
func rulesOf(ids []string) (rules []guidance.Rule) {
	for _, id := range ids {
		rule, _ := guidance.Find(id)
		rules = append(rules, rule)
	}
	return rules
}
