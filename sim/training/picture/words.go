package picture

import (
	"fmt"

	"onshisim/sim/explain"
	"onshisim/sim/guidance"
	"onshisim/sim/journal"
)

// outcome is what becomes of an information, told three ways at once: by a sign, in words, and by a class for the colour.
type outcome struct{ Sign, Words, Class string }

var outcomes = map[string]outcome{
	"notOffered":    {"–", "提供機能なし", "none"},
	"provided":      {"○", "提供する", "shown"},
	"addressHidden": {"△", "住所・郵便番号は非表示", "part"},
	"withheld":      {"×", "提供しない", "hidden"},
	"refused":       {"×", "拒否", "hidden"},
}

// cite names a rule and its place in the notice, as in P13-1 13頁.
func cite(id string) string {
	switch rule, known := guidance.Find(id); {
	case !known:
		return id
	case rule.Page == 0:
		return id + " 問答"
	default:
		return fmt.Sprintf("%s %d頁", id, rule.Page)
	}
}

// sentence is what a rule says.
func sentence(id string) string {
	rule, _ := guidance.Find(id)
	return rule.Text
}

// seenAs is the official name of an information: with the item that was asked for if there is one, and the way it is seen
// where there are several.
func seenAs(information, item, view string) string {
	name := explain.InformationWords[information][0]
	switch {
	case item != "":
		name += "(" + explain.InformationWords[item][0] + ")"
	case information == "eligibility":
		name += "(" + explain.ViewWords[view][0] + ")"
	}
	return name
}

// reason is why an outcome is stricter, with the rule that says so.
type reason struct{ Why, Cite string }

func (r reason) String() string { return r.Why + " " + r.Cite }

// because says a reason: the flag, whose it is, and the rule by which it counts; or what the rule says, if it is no flag's.
func because(r journal.RecordReason, whose string) reason {
	flag := explain.FlagWords[r.Flag][0]
	switch {
	case flag == "":
		return reason{sentence(r.Rule), cite(r.Rule)}
	case whose == "":
		return reason{flag, cite(r.Rule)}
	}
	return reason{flag + "(" + whose + ")", cite(r.Rule)}
}
