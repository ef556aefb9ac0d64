package world

import (
	"cmp"
	"context"
	"slices"
	"time"

	"onshisim/sim/problem"
)

// PutMember registers an insurer's member or corrects one, and says whether it is new. The individual number ties the
// members of all insurers to one person; a number that nobody has yet brings a new person. Flags stay as they are.
func (w *World) PutMember(ctx context.Context, insurerNumber, individualNumber string, m Member) (added bool, err error) {
	m.InsurerNumber = insurerNumber
	err = w.do(ctx, everybody, func(s *State, now time.Time) ([]change, error) {
		put, isNew, err := s.putMember(individualNumber, m, now)
		if added = isNew; err != nil {
			return nil, err
		}
		return []change{put}, nil
	})
	return added, err
}

func (s *State) putMember(individualNumber string, m Member, now time.Time) (change, bool, error) {
	ordinal, corrected := s.index.byPersonalInsuredNumber[m.PersonalInsuredNumber]
	if corrected {
		return s.correctMember(ordinal, individualNumber, m, now)
	}
	if individualNumber == "" {
		return nil, false, problem.BadField("body.individualNumber", "is needed to register a member: it ties the member to a person")
	}
	if _, former := s.index.byFormerNumber[individualNumber]; former {
		return nil, false, problem.New(problem.Conflict, "SIM-INT-409", "The individual number was changed; ask the person for the new one.")
	}
	person, err := s.holder(individualNumber, &m)
	if err != nil {
		return nil, false, err
	}
	c := completion{s: s, field: "body", ordinal: uint64(len(s.persons)) + 1, today: dateOf(now)}
	var nth int
	if ordinal, known := s.index.byIndividualNumber[individualNumber]; known {
		c.ordinal, nth = ordinal, len(s.person(ordinal).Members)
	} else if err := c.person(person); err != nil {
		return nil, false, err
	}
	if err := c.own(person, &m, uint64(nth)); err != nil {
		return nil, false, err
	}
	return &memberPut{Person: *person, Member: m}, true, nil
}

// holder is the person with an individual number, or a new one with what the member says of it.
func (s *State) holder(individualNumber string, m *Member) (*Person, error) {
	if ordinal, known := s.index.byIndividualNumber[individualNumber]; known {
		return &Person{ID: s.person(ordinal).ID}, nil
	}
	if m.Name == "" || m.Birthdate == "" {
		return nil, problem.BadField("body.name", "and birthdate are needed: nobody has this individual number yet")
	}
	return &Person{
		IndividualNumber: individualNumber, Name: m.Name, NameKana: m.NameKana, Sex1: m.Sex1,
		Birthdate: m.Birthdate, Address: m.Address, PostNumber: m.PostNumber,
	}, nil
}

// own completes a member that an insurer puts itself: what it leaves out of the name is the person's, the acquisition is
// today's. An address is the insurer's own or none: the person's may come from another insurer, and be the refuge's.
func (c *completion) own(person *Person, m *Member, nth uint64) error {
	of := *person
	if ordinal, known := c.s.index.byID[person.ID]; known {
		of = c.s.person(ordinal).Person
	}
	of.Address, of.PostNumber = "", ""
	bare := completion{s: c.s, ordinal: c.ordinal, today: c.today}
	return bare.member(&of, m, "body", nth, string(c.today))
}

// correctMember puts a member's corrected fields in place of the former ones.
func (s *State) correctMember(ordinal uint64, individualNumber string, m Member, now time.Time) (change, bool, error) {
	p := s.person(ordinal)
	own := p.Membership(m.PersonalInsuredNumber)
	if p.Members[own].InsurerNumber != m.InsurerNumber {
		return nil, false, problem.New(problem.Conflict, "SIM-INT-409", "Another insurer has a member with this personal insured number.")
	}
	if individualNumber != "" && individualNumber != p.IndividualNumber && !slices.Contains(p.formerNumbers, individualNumber) {
		return nil, false, problem.New(problem.Conflict, "SIM-INT-409", "The member is tied to another individual number; a member does not pass from one person to another.")
	}
	m.keep(&p.Members[own])
	c := completion{s: s, ordinal: ordinal, today: dateOf(now)}
	if err := c.own(&p.Person, &m, uint64(own)); err != nil {
		return nil, false, err
	}
	return &memberPut{Person: Person{ID: p.ID}, Member: m}, false, nil
}

// keep takes over from the former member what a correction leaves out and nothing else may replace: who the member is and
// where, for the person's other insurers may know it otherwise; the certificate; the date of acquisition, by which the
// latest insurer is known; and the flags.
func (m *Member) keep(former *Member) {
	m.Name, m.NameKana = cmp.Or(m.Name, former.Name), cmp.Or(m.NameKana, former.NameKana)
	m.Sex1, m.Birthdate = cmp.Or(m.Sex1, former.Sex1), cmp.Or(m.Birthdate, former.Birthdate)
	m.Address, m.PostNumber = cmp.Or(m.Address, former.Address), cmp.Or(m.PostNumber, former.PostNumber)
	m.InsuredCardClassification = cmp.Or(m.InsuredCardClassification, former.InsuredCardClassification)
	m.InsuredCardSymbol = cmp.Or(m.InsuredCardSymbol, former.InsuredCardSymbol)
	m.InsuredIdentificationNumber = cmp.Or(m.InsuredIdentificationNumber, former.InsuredIdentificationNumber)
	m.InsuredBranchNumber = cmp.Or(m.InsuredBranchNumber, former.InsuredBranchNumber)
	m.PersonalFamilyClassification = cmp.Or(m.PersonalFamilyClassification, former.PersonalFamilyClassification)
	m.QualificationDate = cmp.Or(m.QualificationDate, former.QualificationDate)
	m.Flags = former.Flags
}

// memberPut registers or corrects a member; Person holds the whole document of a new person, and only the id of one who
// is there already.
type memberPut struct {
	Person Person `json:"person"`
	Member Member `json:"member"`
}

func (e *memberPut) apply(s *State, _ time.Time) {
	p := &Insured{Person: e.Person, Ordinal: uint64(len(s.persons)) + 1, FlagHistory: map[string][]FlagChange{}}
	if ordinal, known := s.index.byID[e.Person.ID]; known {
		copied := *s.person(ordinal)
		p = &copied
	}
	p.Members = slices.Clone(p.Members)
	if own := p.Membership(e.Member.PersonalInsuredNumber); own >= 0 {
		p.Members[own] = e.Member
	} else {
		p.Members = append(p.Members, e.Member)
	}
	s.replace(p)
}

// PutCheckup enters or corrects a checkup of an insurer's own member.
func (w *World) PutCheckup(ctx context.Context, insurerNumber string, checkup Checkup) (added bool, err error) {
	target, err := w.OwnMember(insurerNumber, checkup.PersonalInsuredNumber)
	if err != nil {
		return false, err
	}
	if err := (&completion{}).dates("body.", dated{"date", checkup.Date}); err != nil {
		return false, err
	}
	checkup.Items = present(checkup.Items)
	err = w.do(ctx, target.Person.Ordinal, func(s *State, _ time.Time) ([]change, error) {
		if _, err := s.ownMember(insurerNumber, checkup.PersonalInsuredNumber); err != nil {
			return nil, err
		}
		added = s.person(target.Person.Ordinal).checkup(checkup.PersonalInsuredNumber, checkup.CheckupID) < 0
		return []change{&checkupPut{checkup}}, nil
	})
	return added, err
}

func (p *Insured) checkup(personalInsuredNumber, id string) int {
	return slices.IndexFunc(p.Checkups, func(c Checkup) bool {
		return c.PersonalInsuredNumber == personalInsuredNumber && c.CheckupID == id
	})
}

type checkupPut struct{ Checkup }

func (e *checkupPut) apply(s *State, _ time.Time) {
	s.edit(s.index.byPersonalInsuredNumber[e.PersonalInsuredNumber], func(p *Insured) {
		p.Checkups = slices.Clone(p.Checkups)
		if at := p.checkup(e.PersonalInsuredNumber, e.CheckupID); at >= 0 {
			p.Checkups[at] = e.Checkup
			return
		}
		p.Checkups = append(p.Checkups, e.Checkup)
	})
}
