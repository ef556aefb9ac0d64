package disclosure

// Question asks for one information about one membership.
type Question struct {
	View  Information
	Place Place
	Own   int  // index of the membership that the information is about; -1 if none
	Item  Item // only where the table leaves it to the asker: self-information and exchange history
	Today Date // memberships that begin later are not the latest yet
}

// Decide joins P.12 and P.13 for one person: the outcome is the strictest that any flag in effect demands. Memberships
// stand in the order in which they were registered.
func Decide(q Question, memberships []Membership) Verdict {
	line := &table[q.View]
	item := line.item
	if item == AnyItem {
		item = q.Item
	}
	verdict := Verdict{Outcome: unflagged(line, q.Place)}
	verdict.apply(NonDisclosure, &line.nonDisclosure, q, item, memberships)
	verdict.apply(SelfInformationBlocked, &line.selfInformation, q, item, memberships)
	return verdict
}

// unflagged is the outcome for a person without flags: P.12 knows only what is provided and what is not offered.
func unflagged(line *row, place Place) Outcome {
	return min(line.nonDisclosure.at(place), Provided)
}

// apply makes the verdict as strict as the cell demands if its flag is in effect.
func (v *Verdict) apply(flag Flag, c *cell, q Question, item Item, memberships []Membership) {
	outcome := c.at(q.Place)
	if outcome <= Provided {
		return
	}
	for i := range memberships {
		m := &memberships[i]
		if !m.Flags.has(flag, item) || !counts(c.counts, i, q, memberships) {
			continue
		}
		v.Outcome = max(v.Outcome, outcome)
		v.Reasons = append(v.Reasons, Reason{flag, m.InsurerNumber, m.PersonalInsuredNumber, c.rule})
	}
}

// counts says whether the flag of membership i counts.
func counts(continuity Continuity, i int, q Question, memberships []Membership) bool {
	switch continuity {
	case OwnInsurer:
		return i == q.Own
	case LatestInsurer:
		return i == Latest(memberships, q.Today)
	case AnyInsurer:
		return true
	case NoInsurer:
	}
	return false
}

// Latest is the index of the membership at the latest insurer (最新の保険者): the latest acquisition that is not in the
// future, at equal dates the one registered last; -1 if there is none.
func Latest(memberships []Membership, today Date) int {
	found := -1
	for i := range memberships {
		acquired := memberships[i].Acquired
		if acquired <= today && (found < 0 || acquired >= memberships[found].Acquired) {
			found = i
		}
	}
	return found
}

// Record is one exchange record (情報提供等記録) as far as its disclosure goes.
type Record struct {
	Own               int  // index of the providing insurer's membership; -1 if none
	Item              Item // what was asked for
	Completed         bool // an inquiry was followed by a provision
	NonDisclosureCode bool // 不開示コード, given when the record was made, by either side (P6-2)
	InquirerFlag      bool // the inquirer's own non-disclosure flag for this person, in force now (P6-1)
}

// DecideRecord says whether Mynaportal's history shows an exchange record: not if its linkage did not complete (P6-5), nor
// if either the code or a flag is set (P6-4).
func DecideRecord(r Record, today Date, memberships []Membership) Verdict {
	verdict := Decide(Question{View: ExchangeHistory, Place: Portal, Own: r.Own, Item: r.Item, Today: today}, memberships)
	if !r.Completed {
		verdict.withhold(Reason{Rule: "P6-5"})
	}
	if r.NonDisclosureCode || r.InquirerFlag {
		verdict.withhold(Reason{Flag: NonDisclosure, Rule: "P6-4"})
	}
	return verdict
}

func (v *Verdict) withhold(reason Reason) {
	v.Outcome = Withheld
	v.Reasons = append(v.Reasons, reason)
}
