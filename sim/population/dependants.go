package population

// dependantSpouses of a hundred spouses are insured with the household's head.
const dependantSpouses = 45

// isDependant says whether somebody is insured with the head of the household (被扶養者) as long as that can be: children
// before their first job, and some spouses, all those who fled among them (P16-1).
func (n *Nation) isDependant(r *resident) bool {
	switch r.role {
	case child:
		return n.firstJob(r) >= asOf
	case spouse:
		return r.flight.kind == asDependant || n.keys.work.draw(r.drawing(drawWorks))%100 < dependantSpouses
	}
	return false
}

func (n *Nation) memberships(r *resident) memberships {
	if n.isDependant(r) {
		return n.dependence(r)
	}
	return n.career(r)
}

// dependence is the memberships of a dependant: the head's, on the head's certificates, from birth or marriage on. It
// ends with the flight, with the head's 75th birthday and with the dependant's own; after the first two comes municipal
// insurance with a certificate of one's own.
func (n *Nation) dependence(r *resident) (m memberships) {
	begins := r.birth
	if r.role == spouse {
		begins = r.born.turns(20)
	}
	elderly := r.becomesElderly()
	own := membership{from: never, to: elderly, certificate: certificate{municipal(r.town), r.index, ownSegment}}
	if r.flight.kind == asDependant {
		own.from, own.holder, own.dwelling = r.flight.joins, r.flight.victim, whereSheFled
		own.insurer = municipal(townOf(r.town, whereSheFled))
	}
	headOfHousehold := n.memberOf(&r.family, 0)
	heads := n.career(&headOfHousehold)
	for _, of := range heads.list() {
		if of.insurer.isElder() {
			own.from = min(own.from, of.from)
			break
		}
		of.from, of.to = max(of.from, begins), min(of.to, own.from, elderly)
		m.add(of)
	}
	own.from = max(own.from, begins)
	m.add(own)
	m.add(membership{from: elderly, to: never, certificate: certificate{elder(r.town), r.index, 0}})
	return m
}
