package console

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"onshisim/sim/explain"
	"onshisim/sim/guidance"
	"onshisim/sim/journal"
	"onshisim/sim/scenario"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/picture"
)

// systems are the national systems' names.
var systems = map[string]string{
	"intermediate": "中間サーバー", "mynaportal": "マイナポータル", "jpki": "カード窓口・JPKI", "terminal": "資格確認端末",
	"disaster": "災害・障害時の画面", "oqs": "端末のファイル連携",
}

// roles are who asks.
var roles = map[string]string{
	"insurer": "保険者", "agency": "情報照会者", "institution": "医療機関・薬局", "cardOffice": "カード窓口", "citizen": "本人・代理人", "": "認証なし",
}

// outcome is what became of an information: a sign, words, and a class for the colour.
type outcome struct{ Sign, Words, Class string }

var outcomes = map[string]outcome{
	"provided":      {"○", "提供", "good"},
	"addressHidden": {"△", "住所は非表示", "part"},
	"withheld":      {"×", "提供しない", "bad"},
	"refused":       {"×", "拒否", "bad"},
	"notOffered":    {"–", "提供機能なし", "soft"},
}

// request is one request as lists have it.
type request struct {
	Number          uint64
	At, Who, System string
	What            string
	Status          int
	Code, Fault     string
	Outcomes        []outcome
	Persons, Rules  []string
}

// requestList is what a list of requests shows.
type requestList struct {
	List []request
	Path string // of the world
}

// inWords puts a record into words.
func (v *visit) inWords(r *journal.Record) request {
	w := request{
		Number: r.Number, At: r.At, Who: v.who(&r.Actor), System: systems[r.System], Status: r.Status, Code: r.Code, Fault: r.Fault,
		What: cmp.Or(scenario.Label(r.Method, r.Path), r.Operation, r.Method+" "+r.Path),
	}
	for i := range r.Decisions {
		d := &r.Decisions[i]
		w.Outcomes = withNew(w.Outcomes, outcomes[d.Outcome])
		w.Persons, w.Rules = withNew(w.Persons, d.Person), withNew(w.Rules, d.Rule)
		for _, reason := range d.Reasons {
			w.Rules = withNew(w.Rules, reason.Rule)
		}
	}
	return w
}

// withNew is a list with an element that is not in it yet, nor empty.
func withNew[T comparable](list []T, element T) []T {
	var empty T
	if element == empty || slices.Contains(list, element) {
		return list
	}
	return append(list, element)
}

// who says who asked.
func (v *visit) who(a *journal.RecordActor) string {
	if o, known := v.world.Organisation(a.Code); known {
		return cmp.Or(o.Name, o.Code)
	}
	if a.Person != "" {
		return roles[a.Role] + " " + a.Person
	}
	return roles[a.Role]
}

// decided is one decision in words.
type decided struct {
	Person, What, Insurer, Rule, Cite string
	Outcome                           outcome
	Reasons                           []reason
}

// reason is why an outcome is stricter, with the rule and its page.
type reason struct{ Why, Cite string }

func decisionsOf(r *journal.Record, names picture.Names) (list []decided) {
	for i := range r.Decisions {
		d := &r.Decisions[i]
		one := decided{Person: d.Person, Insurer: insurer(names, d.InsurerNumber), Rule: d.Rule, Cite: cite(d.Rule), Outcome: outcomes[d.Outcome]}
		if d.Information == "" {
			one.What = ruleText(d.Rule)
		} else {
			one.What = explain.InformationWords[d.Information][0] + "(" + explain.ViewWords[d.View][0] + ")"
		}
		for _, why := range d.Reasons {
			text := cmp.Or(explain.FlagWords[why.Flag][0], ruleText(why.Rule))
			if name := insurer(names, why.InsurerNumber); why.Flag != "" && name != "" {
				text += "(" + name + ")"
			}
			one.Reasons = append(one.Reasons, reason{text, cite(why.Rule)})
		}
		list = append(list, one)
	}
	return list
}

func insurer(names picture.Names, number string) string { return cmp.Or(names[number], number) }

// cite names a rule with its page.
func cite(id string) string {
	rule, known := guidance.Find(id)
	switch {
	case !known:
		return id
	case rule.Page == 0:
		return id + " 問答"
	}
	return fmt.Sprintf("%s %d頁", id, rule.Page)
}

func ruleText(id string) string {
	rule, _ := guidance.Find(id)
	return rule.Text
}

// into reads an answer as what it is.
func into[T any](answer ask.Fields) (value T, err error) {
	text, err := json.Marshal(answer)
	if err != nil {
		return value, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return value, decoder.Decode(&value)
}
