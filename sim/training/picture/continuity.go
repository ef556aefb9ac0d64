package picture

import (
	"slices"
	"strings"

	"onshisim/sim/explain"
)

// concern is a line of page 13: whose flag counts for what.
type concern struct{ Rule, What, Flag, Whose string }

var concerns = []concern{
	{"P13-1", "資格・薬剤・健診・医療費通知", "selfInformationBlocked", "最新の保険者"},
	{"P13-2", "資格・薬剤・健診・医療費通知", "nonDisclosure", "過去を含むどれか"},
	{"P13-3", "自己情報", "selfInformationBlocked", "それぞれの保険者"},
	{"P13-4", "初回登録", "selfInformationBlocked", "最新の保険者"},
	{"P13-5", "やりとり履歴", "nonDisclosure", "それぞれの保険者"},
}

// effect is a concern as it is now.
type effect struct {
	Rule, What, Flag, Whose string
	Hit                     string   // the informations on which it has an effect; empty if on all of them
	By                      []string // letters of the memberships whose flag has one
	On                      []cell   // what becomes of each membership's information by those flags alone
}

// effectsOf reads the reasons of a person's rows: which flags have an effect by each rule, and on what.
func effectsOf(rows []explain.DisclosureRow, members []membership) (effects []effect) {
	for _, c := range concerns {
		e := effect{Rule: cite(c.Rule), What: c.What, Flag: explain.FlagWords[c.Flag][0], Whose: c.Whose}
		worst, hit, whole := make([]string, len(members)), []string{}, true
		for i := range rows {
			own := at(members, rows[i].PersonalInsuredNumber)
			for _, reason := range rows[i].Reasons {
				if reason.Rule != c.Rule || own < 0 {
					continue
				}
				e.By = append(e.By, letterOf(members, reason.PersonalInsuredNumber))
				hit = append(hit, seenAs(rows[i].Information, rows[i].Item, rows[i].View))
				whole = whole && rows[i].Item != ""
				if worst[own] != "withheld" {
					worst[own] = rows[i].Outcome
				}
			}
		}
		slices.Sort(e.By)
		e.By = slices.Compact(e.By)
		slices.Sort(hit)
		if hit = slices.Compact(hit); !whole || len(hit) < len(items)-1 {
			e.Hit = strings.Join(hit, "、")
		}
		for own, m := range members {
			if c.Rule != "P13-4" || m.Latest {
				e.On = append(e.On, onMembership(m, worst[own]))
			}
		}
		effects = append(effects, e)
	}
	return effects
}

func onMembership(m membership, worst string) cell {
	if worst == "" {
		worst = "provided"
	}
	return cell{outcome: outcomes[worst], Of: m.Letter}
}
