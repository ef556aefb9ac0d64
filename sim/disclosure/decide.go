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
func (p *Policy) Decide(q Question, memberships []Membership) Verdict {
	line := &p.table[q.View]
	if line.item != AnyItem {
		q.Item = line.item
	}
	var verdict Verdict
	effects := p.both(
		p.effect(NonDisclosure, &line.nonDisclosure, q, memberships, &verdict.Reasons),
		p.effect(SelfInformationBlocked, &line.selfInformation, q, memberships, &verdict.Reasons),
	)
	verdict.Outcome = max(unflagged(line, q.Place), effects)
	return verdict
}

// unflagged is the outcome for a person without flags: P.12 knows only what is provided and what is not offered.
func unflagged(line *row, place Place) Outcome {
	return min(line.nonDisclosure.at(place), Provided)
}

// effect is what the cell demands if its flag is in effect, else NotOffered, which demands nothing. It notes the flags
// that make the outcome stricter.
func (p *Policy) effect(flag Flag, c *cell, q Question, memberships []Membership, reasons *[]Reason) Outcome {
	demanded, effect := c.at(q.Place), NotOffered
	for i := range memberships {
		m := &memberships[i]
		if !p.has(&m.Flags, flag, q.Item) || !p.stands(m, q.Today) || !p.counts(c.counts, i, q, memberships) {
			continue
		}
		effect = demanded
		if demanded > Provided {
			*reasons = append(*reasons, Reason{flag, m.InsurerNumber, m.PersonalInsuredNumber, c.rule})
		}
	}
	return effect
}

// counts says whether the flag of membership i counts.
func (p *Policy) counts(continuity Continuity, i int, q Question, memberships []Membership) bool {
	switch continuity {
	case OwnInsurer:
		return q.Own >= 0 && p.own(&memberships[i], &memberships[q.Own])
	case LatestInsurer:
		return i == p.latest(memberships, q.Today)
	case AnyInsurer:
		return true
	case NoInsurer:
	}
	return false
}

// Latest is the index of the membership at the latest insurer (最新の保険者), -1 if there is none.
func (p *Policy) Latest(memberships []Membership, today Date) int {
	return p.latest(memberships, today)
}

// latestAcquired is the latest acquisition that is not in the future; at equal dates the one registered last.
func latestAcquired(memberships []Membership, today Date) int {
	found := -1
	for i := range memberships {
		acquired := memberships[i].Acquired
		if acquired <= today && (found < 0 || acquired >= memberships[found].Acquired) {
			found = i
		}
	}
	return found
}
