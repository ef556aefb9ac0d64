package world

import (
	"slices"
	"sync/atomic"

	"onshisim/sim/population"
	"onshisim/sim/problem"
)

// A world may have a synthetic nation under the persons that were written into it. Its persons, the residents, are computed
// when they are asked for. What happens to one lies over that: the events alone are kept, and folded over the computed person
// at each look.

// Population names the synthetic nation of a world.
type Population struct {
	_ struct{} `nullable:"true"`

	Persons        int      `json:"persons" minimum:"1" maximum:"134217728" doc:"how many; a smaller nation is the beginning of a larger one"`
	Seed           uint64   `json:"seed" required:"false" format:"uint64" doc:"the same seed is the same nation on every machine and in every release; absent: 1"`
	ProtectedShare *float64 `json:"protectedShare" required:"false" minimum:"0" maximum:"1" doc:"share of persons with a history of flags, about; absent: 0.001"`
}

// The nation of a population that leaves them out.
const (
	defaultPopulationSeed uint64  = 1
	defaultProtectedShare float64 = 0.001
)

// complete fills in what was left out.
func (p *Population) complete() *Population {
	if p == nil {
		return nil
	}
	full := *p
	if full.Seed == 0 {
		full.Seed = defaultPopulationSeed
	}
	if full.ProtectedShare == nil {
		share := defaultProtectedShare
		full.ProtectedShare = &share
	}
	return &full
}

// nation computes it; the error is that of a population that can't be.
func (p *Population) nation() (*population.Nation, error) {
	if p == nil {
		return nil, nil
	}
	full := p.complete()
	return population.New(population.Spec{Seed: full.Seed, Persons: full.Persons, ProtectedShare: *full.ProtectedShare})
}

// checked is the completed population of a document; field is where the document has it.
func (p *Population) checked(field string) (*Population, error) {
	if _, err := p.nation(); err != nil {
		return nil, problem.BadField(field, "%v", err)
	}
	return p.complete(), nil
}

// firstResident is the ordinal of the nation's first person. Those of written persons are smaller; no log has as many events.
const firstResident uint64 = 1 << 32

// residents are the persons of a world's nation; nil where it has none.
type residents struct {
	*population.Nation
	laid   map[int]*laid // what happened to whom, by index
	recent []atomic.Pointer[Insured]
}

// laid is what has happened to one resident.
type laid struct {
	settled *Insured // as of the events that are not kept any more; nil: they all are
	events  []happened
}

const (
	// mostLaid bounds the events that are folded at a look; beyond it the person is kept in full.
	mostLaid = 16
	// recentResidents is how many computed residents are remembered, since one request looks at the same one several times.
	recentResidents = 1 << 10
)

func newResidents(nation *population.Nation) *residents {
	if nation == nil {
		return nil
	}
	return &residents{Nation: nation, laid: map[int]*laid{}, recent: make([]atomic.Pointer[Insured], recentResidents)}
}

// person is the resident with an index as the state has it.
func (r *residents) person(index int) *Insured {
	slot := &r.recent[index%recentResidents]
	if p := slot.Load(); p != nil && p.Ordinal == firstResident+uint64(index) {
		return p
	}
	p := r.fold(index)
	slot.Store(p)
	return p
}

// fold computes a resident with all that has happened to it.
func (r *residents) fold(index int) *Insured {
	over := r.laid[index]
	if over == nil {
		return residentOf(r.Nation, index)
	}
	p := over.settled
	if p == nil {
		p = residentOf(r.Nation, index)
	}
	alone := State{alone: p}
	for _, event := range over.events {
		alone.take(event.change, event.at)
	}
	return alone.alone
}

// lay puts an event over a resident, whom it has made p.
func (r *residents) lay(p *Insured, event happened) {
	index := int(p.Ordinal - firstResident)
	over := r.laid[index]
	if over == nil {
		over = &laid{}
		r.laid[index] = over
	}
	if over.events = append(over.events, event); len(over.events) > mostLaid {
		over.settled, over.events = p.clipped(), nil
		p = over.settled
	}
	r.recent[index%recentResidents].Store(p)
}

// clipped is the person with lists that can't grow in place: many looks fold further events over it at the same time.
func (p *Insured) clipped() *Insured {
	c := *p
	c.ExchangeRecords = slices.Clip(c.ExchangeRecords)
	c.FlagHistory = make(map[string][]FlagChange, len(p.FlagHistory))
	for number, changes := range p.FlagHistory {
		c.FlagHistory[number] = slices.Clip(changes)
	}
	return &c
}

// perResident is how many places the cursor of an insurer's members has for each resident: as many as it has memberships.
const perResident = 4

// membersOf is a page of an insurer's members among the residents; a member that an insurer has added since is in the world's
// own list.
func (r *residents) membersOf(insurerNumber string, cursor, limit int) (page []MemberOf, next int) {
	for index := range r.MembersOf(insurerNumber, cursor/perResident) {
		p := r.person(index)
		for nth, m := range r.Person(index).Members {
			place := index*perResident + nth
			if own := p.Membership(m.PersonalInsuredNumber); place < cursor || m.InsurerNumber != insurerNumber || own < 0 || p.Members[own].InsurerNumber != insurerNumber {
				continue
			} else if len(page) == limit {
				return page, int(firstResident) + place
			} else {
				page = append(page, MemberOf{p, own})
			}
		}
	}
	return page, 0
}

// changed says whether anything has happened to a resident.
func (r *residents) changed(index int) bool { return r.laid[index] != nil }

// changedOnes are the indices of the residents to whom something has happened, ascending.
func (r *residents) changedOnes() []int {
	if r == nil {
		return nil
	}
	indices := make([]int, 0, len(r.laid))
	for index := range r.laid {
		indices = append(indices, index)
	}
	slices.Sort(indices)
	return indices
}

// IsResident says whether the person is one of the world's nation.
func (p *Insured) IsResident() bool { return p.Ordinal >= firstResident }

// HouseholdOf are the residents who live with a resident, itself among them; nobody for a person written into the world.
func (w *World) HouseholdOf(p *Insured) []*Insured {
	w.mu.RLock()
	defer w.mu.RUnlock()
	r := w.state.residents
	if r == nil || !p.IsResident() {
		return nil
	}
	home := r.Nation.Person(int(p.Ordinal - firstResident))
	members := make([]*Insured, home.HouseholdSize)
	for i := range members {
		members[i] = r.person(home.Household + i)
	}
	return members
}
