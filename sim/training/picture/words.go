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

// informationOf is the official name of an information, with the item that was asked for if there is one.
func informationOf(information, item string) string {
	name := explain.InformationWords[information][0]
	if item != "" {
		name += "(" + explain.InformationWords[item][0] + ")"
	}
	return name
}

// because says a reason: the flag, whose it is, and the rule by which it counts; or what the rule says, if it is no flag's.
func because(reason journal.RecordReason, whose string) string {
	flag := explain.FlagWords[reason.Flag][0]
	switch {
	case flag == "":
		return sentence(reason.Rule) + " " + cite(reason.Rule)
	case whose == "":
		return flag + " " + cite(reason.Rule)
	}
	return flag + "(" + whose + ") " + cite(reason.Rule)
}
