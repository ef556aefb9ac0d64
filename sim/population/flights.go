package population

// flight is the story of a protected person: who fled from violence and had flags set (P15-1).
type flight struct {
	kind   flightKind
	victim int // index of the one who fled; children go along

	flagged day // both flags, at the insurer of that time
	joins   day // another municipality's insurance, where both flags are set as well (P16-1)
	reissue day // of the card that stayed behind
	lifted  day // self-information flag, where it is lifted
	closed  day // non-disclosure flag too
	stage   flightStage
}

type flightKind uint8

const (
	noFlight    flightKind = iota
	asDependant            // P16-1: from the insurer of the head to another
	asInsured              // P17-1: stays with the insurer for that
)

// flightStage is how far it has come by AsOf.
type flightStage uint8

const (
	bothFlags    flightStage = iota
	selfLifted               // P15-1, step 3
	allLifted                // step 4
	formerStands             // all lifted at the present insurer, and not at the former: QA-4
)

// lastFlagAct is after all flights: what would come later hasn't been applied for yet.
var (
	firstFlight  = on(2019, 1, 7)
	lastFlight   = on(2020, 12, 7)
	lastFlagAct  = on(2021, 3, 10)
	stagesOfCent = [...]int{bothFlags: 35, selfLifted: 65, allLifted: 85, formerStands: 100} // up to it, of a hundred
)

// familyFlights are the types of household from which a spouse may have fled: one of working age who is with the head long
// enough, in a family whose children are all of an age to go along.
var familyFlights, familyFlightOf, refugeesPerBlock = listFamilyFlights()

func listFamilyFlights() (types []int, of [householdsPerBlock]int, refugees int) {
	for h := range householdTypes {
		of[h] = -1
		if t := &householdTypes[h]; canFlee(t) {
			of[h] = len(types)
			types = append(types, h)
			refugees += t.size() - 1
		}
	}
	return types, of, refugees
}

func canFlee(t *householdType) bool {
	if t.size() == 1 || t.role(1) != spouse {
		return false
	}
	for m := 1; m < t.size(); m++ {
		youngest, oldest := t.ages(m)
		if t.role(m) == spouse && (youngest < 23 || oldest >= 65) || t.role(m) == child && oldest >= 18 || t.role(m) == parent {
			return false
		}
	}
	return true
}

// drawProtected makes the samples so that together they have about the share of persons that the spec asks for: half of
// it in families as long as there are enough.
func (n *Nation) drawProtected(family, alone key) {
	share, inFamilies := n.spec.ProtectedShare, float64(refugeesPerBlock)/blockSize
	families := min(1, share/2/inFamilies)
	fromFamilies := families * inFamilies
	n.flights = newSample(family, families)
	n.alone = newSample(alone, (share-fromFamilies)/(1-fromFamilies))
}

func anything(uint64) bool { return true }

// isAdultRole says whether an index is that of somebody insured on their own account, as P17-1 has it.
func isAdultRole(index uint64) bool {
	role := places[index%blockSize].role
	return role == head || role == parent
}

// flightOf is the flight of a person, if there was one.
func (n *Nation) flightOf(r *resident) flight {
	if which := familyFlightOf[r.household]; which >= 0 && r.member > 0 {
		if n.flights.has(uint64(r.block*len(familyFlights)+which), anything) {
			return n.newFlight(asDependant, r.headIndex()+1)
		}
	}
	if n.alone.has(uint64(r.index), isAdultRole) {
		return n.newFlight(asInsured, r.index)
	}
	return flight{}
}

// newFlight draws the days of a flight: they follow each other as in the flows of the notice.
func (n *Nation) newFlight(kind flightKind, victim int) flight {
	draws := n.keys.protected.draw(uint64(victim))
	within := func(days uint64) day {
		drawn := day(draws % days)
		draws = mix(draws)
		return drawn
	}
	f := flight{kind: kind, victim: victim}
	for share := int(within(100)); share >= stagesOfCent[f.stage]; {
		f.stage++
	}
	fled := firstFlight + within(uint64(lastFlight-firstFlight))
	f.flagged = fled + 1 + within(6)
	f.joins = fled + 7 + within(21)
	f.reissue = f.joins + 10 + within(30)
	f.lifted = f.reissue + 20 + within(60)
	f.closed = f.lifted + 60 + within(200)
	return f
}
