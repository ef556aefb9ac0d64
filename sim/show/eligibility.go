// Package show turns a person and an outcome into an answer. Its functions are pure, and know no flag: what is hidden is
// shown as what is absent, so that nobody tells the two apart (QA-3).
package show

import (
	"cmp"
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/world"
)

// The values of QualificationValidity (資格有効性).
const (
	Valid          = "1" // 有効
	Invalid        = "2" // 無効
	InvalidNewer   = "3" // 無効(新しい資格あり)
	NoEligibility  = "4" // 該当資格なし
	SeveralMatches = "5" // 複数該当
)

// Eligibility is a membership as an institution sees it (P12-d); nothing if it is withheld.
func Eligibility(m *world.Member, outcome disclosure.Outcome) []world.Eligibility {
	if outcome == disclosure.Withheld {
		return []world.Eligibility{}
	}
	e := m.Eligibility
	if outcome == disclosure.AddressHidden {
		e.Address, e.PostNumber = "", ""
	}
	return []world.Eligibility{e}
}

// Eligibilities are the memberships that show a person's eligibility on a day: those in force, the newest first, or else
// the latest.
func Eligibilities(p *world.Insured, look world.Look) (validity string, owns []int) {
	for own := range p.Members {
		if inForce(&p.Members[own], look.Today) {
			owns = append(owns, own)
		}
	}
	if len(owns) > 0 {
		if len(owns) > 1 {
			slices.SortFunc(owns, newestFirst(p))
		}
		return Valid, owns
	}
	if latest := look.Latest(p); latest >= 0 {
		return Invalid, []int{latest}
	}
	return NoEligibility, nil
}

// Newest is that of some memberships which stands for them on a day: one in force before one that has ended.
func Newest(p *world.Insured, owns []int, day disclosure.Date) int {
	if len(owns) == 1 {
		return owns[0]
	}
	newest := newestFirst(p)
	return slices.MinFunc(owns, func(a, b int) int {
		if aIn, bIn := inForce(&p.Members[a], day), inForce(&p.Members[b], day); aIn != bIn {
			if aIn {
				return -1
			}
			return 1
		}
		return newest(a, b)
	})
}

// newestFirst orders memberships by acquisition; at equal dates the one registered last is the newer one.
func newestFirst(p *world.Insured) func(a, b int) int {
	return func(a, b int) int {
		return cmp.Or(cmp.Compare(p.Members[b].QualificationDate, p.Members[a].QualificationDate), b-a)
	}
}

// Validity is that of one membership that has begun, on a day.
func Validity(p *world.Insured, own int, day disclosure.Date) string {
	switch {
	case inForce(&p.Members[own], day):
		return Valid
	case slices.ContainsFunc(p.Members, func(m world.Member) bool { return inForce(&m, day) }):
		return InvalidNewer
	}
	return Invalid
}

// Begun says whether a membership has begun on a day; one that has not is shown nowhere.
func Begun(m *world.Member, day disclosure.Date) bool {
	return disclosure.Date(m.QualificationDate) <= day
}

// inForce says whether a membership holds on a day; the day of loss (資格喪失日) is the first one without.
func inForce(m *world.Member, day disclosure.Date) bool {
	return Begun(m, day) && (m.DisqualificationDate == "" || day < disclosure.Date(m.DisqualificationDate))
}
