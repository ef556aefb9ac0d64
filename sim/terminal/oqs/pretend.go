package oqs

import (
	"slices"
	"time"

	"onshisim/sim/show"
	"onshisim/sim/world"
)

// pretend makes of what was found what the fault asks for, so that a client meets it with its own data. It never shows more
// than was found: where that is nothing, there is nothing that could have ended.
func (x *exchange) pretend(found *eligibility) {
	switch {
	case x.meets(world.FileSeveralMatches):
		found.QualificationValidity, found.Results, found.ReferenceNumber = show.SeveralMatches, nil, ""
	case len(found.Results) == 0:
	case x.meets(world.FileSeveralResults):
		found.Results = append(slices.Clip(found.Results), found.Results...)
	case x.meets(world.FileExpired):
		found.QualificationValidity = show.Invalid
		x.end(found.Results, "99") // その他
	case x.meets(world.FileNewer):
		found.QualificationValidity = show.InvalidNewer
		x.end(found.Results, "03") // 医療保険等の資格取得
	}
}

// end has memberships ended today, for a reason (資格喪失事由), unless they have.
func (x *exchange) end(results []world.Eligibility, reason string) {
	for i := range results {
		if r := &results[i]; r.DisqualificationDate == "" {
			r.DisqualificationDate, r.ReasonOfLoss = x.Now.Format(time.DateOnly), reason
		}
	}
}
