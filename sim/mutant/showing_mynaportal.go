package mutant

import (
	"slices"

	"onshisim/sim/disclosure"
)

func leaveOutNoAnswer(a *answer) {
	if entries, ok := a.body["entries"].([]any); ok && a.is("mynaportal/list-self-information") {
		a.body["entries"] = slices.DeleteFunc(entries, func(entry any) bool {
			return entry.(map[string]any)["status"] == "noAnswer"
		})
	}
}

func tellWhyNoAnswer(a *answer) {
	if a.is("mynaportal/list-self-information") && a.strictest == disclosure.Withheld {
		a.each("entries", func(o map[string]any) {
			if o["status"] == "noAnswer" {
				o["message"] = "提供不可"
			}
		})
	}
}

func moveToNewest(a *answer) {
	if a.is("mynaportal/list-medicines", "mynaportal/list-checkups", "mynaportal/list-medical-expenses") {
		a.each("items", a.becomeNewest)
	}
}

// becomeNewest ties an object to the membership that its person registered last.
func (a *answer) becomeNewest(o map[string]any) {
	for _, newest := range a.newest() {
		o["insurerNumber"], o["insuredIdentificationNumber"] = newest.InsurerNumber, newest.InsuredIdentificationNumber
		if o["insurerName"] != nil {
			o["insurerName"] = newest.InsurerName
		}
	}
}

func tellWhy(a *answer) {
	if a.is("mynaportal/register") && a.body["status"] == "failed" && a.strictest == disclosure.Withheld {
		a.body["message"] = "保険者により自己情報の提供が停止されています"
	}
}

func addAddress(a *answer) {
	if !a.is("mynaportal/list-eligibility") {
		return
	}
	a.each("items", func(o map[string]any) {
		if m, known := a.member(o); known {
			o["address"], o["postNumber"] = m.Address, m.PostNumber
		}
	})
}
