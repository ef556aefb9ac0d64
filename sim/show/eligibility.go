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

// Eligibilities are the memberships that show a person's eligibility on a day: those in force, the newest first (at equal
// dates the one registered last), or else the latest.
func Eligibilities(p *world.Insured, day disclosure.Date) (validity string, owns []int) {
	for own := range p.Members {
		if inForce(&p.Members[own], day) {
			owns = append(owns, own)
		}
	}
	if len(owns) > 0 {
		slices.SortFunc(owns, func(a, b int) int {
			return cmp.Or(cmp.Compare(p.Members[b].QualificationDate, p.Members[a].QualificationDate), b-a)
		})
		return Valid, owns
	}
	if latest := p.Latest(day); latest >= 0 {
		return Invalid, []int{latest}
	}
	return NoEligibility, nil
}

// Newest is that of some memberships which stands for them on a day: in force before ended, the newest before the others;
// -1 if none has begun.
func Newest(p *world.Insured, owns []int, day disclosure.Date) int {
	newest := -1
	for _, own := range owns {
		m := &p.Members[own]
		if !Begun(m, day) {
			continue
		}
		if newest < 0 || inForce(m, day) && !inForce(&p.Members[newest], day) ||
			inForce(m, day) == inForce(&p.Members[newest], day) && m.QualificationDate >= p.Members[newest].QualificationDate {
			newest = own
		}
	}
	return newest
}

// Validity is that of one membership that has begun, on a day.
func Validity(p *world.Insured, own int, day disclosure.Date) string {
	if inForce(&p.Members[own], day) {
		return Valid
	}
	if validity, _ := Eligibilities(p, day); validity == Valid {
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
