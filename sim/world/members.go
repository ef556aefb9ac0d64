package world

import (
	"cmp"
	"context"
	"slices"
	"time"

	"onshisim/sim/problem"
)

// Amendment makes of a member what its insurer says it is; a new member comes empty.
type Amendment func(Member) (Member, error)

// PutMember registers an insurer's member or corrects one, and says whether it is new. The individual number ties the
// members of all insurers to one person; a number that nobody has yet brings a new person. What the member is comes from
// the amendment. Flags stay as they are.
func (w *World) PutMember(
	ctx context.Context, insurerNumber, personalInsuredNumber, individualNumber string, amend Amendment,
) (added bool, err error) {
	err = w.do(ctx, everybody, func(s *State, now time.Time) ([]change, error) {
		c := completion{s: s, today: DateOf(now)}
		var put *memberPut
		var err error
		if ordinal, known := s.find(byPersonalInsuredNumber, personalInsuredNumber); known {
			added = false
			put, err = c.correctMember(s.person(ordinal), insurerNumber, personalInsuredNumber, individualNumber, amend)
		} else {
			added = true
			put, err = c.newMember(insurerNumber, personalInsuredNumber, individualNumber, amend)
		}
		if err != nil {
			return nil, err
		}
		return []change{put}, nil
	})
	return added, err
}

func (c *completion) newMember(
	insurerNumber, personalInsuredNumber, individualNumber string, amend Amendment,
) (*memberPut, error) {
	if individualNumber == "" {
		return nil, problem.BadField("body.individualNumber", "is needed to register a member: it ties the member to a person")
	}
	if _, former := c.s.find(byFormerNumber, individualNumber); former {
		return nil, problem.New(problem.Conflict, "SIM-INT-409", "The individual number was changed; ask the person for the new one.")
	}
	m, err := amend(Member{})
	if err != nil {
		return nil, err
	}
	m.PersonalInsuredNumber, m.InsurerNumber = personalInsuredNumber, insurerNumber
	if ordinal, known := c.s.find(byIndividualNumber, individualNumber); known {
		c.ordinal = ordinal
		p := c.s.person(ordinal)
		err := c.own(&p.Person, &m, uint64(len(p.Members)))
		return &memberPut{Person: Person{ID: p.ID}, Member: m}, err
	}
	return c.newHolder(individualNumber, &m)
}

// newHolder makes a person of what a member says, for an individual number that nobody has yet.
func (c *completion) newHolder(individualNumber string, m *Member) (*memberPut, error) {
	if m.Name == "" || m.Birthdate == "" {
		return nil, problem.BadField("body.name", "and birthdate are needed: nobody has this individual number yet")
	}
	c.ordinal = uint64(len(c.s.persons)) + 1
	p := Person{
		IndividualNumber: individualNumber, Name: m.Name, NameKana: m.NameKana, Sex1: m.Sex1,
		Birthdate: m.Birthdate, Address: m.Address, PostNumber: m.PostNumber,
	}
	c.field = "body"
	if err := c.person(&p); err != nil {
		return nil, err
	}
	err := c.own(&p, m, 0)
	return &memberPut{Person: p, Member: *m}, err
}

// correctMember puts a member's corrected fields in place of the former ones.
func (c *completion) correctMember(
	p *Insured, insurerNumber, personalInsuredNumber, individualNumber string, amend Amendment,
) (*memberPut, error) {
	own := p.Membership(personalInsuredNumber)
	former := p.Members[own]
	if former.InsurerNumber != insurerNumber {
		return nil, problem.New(problem.Conflict, "SIM-INT-409", "Another insurer has a member with this personal insured number.")
	}
	if individualNumber != "" && individualNumber != p.IndividualNumber && !slices.Contains(p.formerNumbers, individualNumber) {
		return nil, problem.New(problem.Conflict, "SIM-INT-409", "The member is tied to another individual number; a member does not pass from one person to another.")
	}
	m, err := amend(former)
	if err != nil {
		return nil, err
	}
	m.PersonalInsuredNumber, m.InsurerNumber, m.Flags = personalInsuredNumber, insurerNumber, former.Flags
	m.QualificationDate = cmp.Or(m.QualificationDate, former.QualificationDate)
	c.ordinal = p.Ordinal
	err = c.own(&p.Person, &m, uint64(own))
	return &memberPut{Person: Person{ID: p.ID}, Member: m}, err
}

// own completes a member that an insurer puts itself: what it leaves out of the name is the person's, the acquisition is
// today's. An address is the insurer's own or none: the person's may come from another insurer, and be the refuge's.
func (c *completion) own(p *Person, m *Member, nth uint64) error {
	of := *p
	of.Address, of.PostNumber = "", ""
	c.field = ""
	return c.member(&of, m, "body", nth, string(c.today))
}

// memberPut registers or corrects a member; Person holds the whole document of a new person, and only the id of one who
// is there already.
type memberPut struct {
	Person Person `json:"person"`
	Member Member `json:"member"`
}

func (e *memberPut) apply(s *State, _ time.Time) {
	p := &Insured{Person: e.Person, Ordinal: uint64(len(s.persons)) + 1, FlagHistory: map[string][]FlagChange{}}
	if ordinal, known := s.find(byID, e.Person.ID); known {
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
	target, err := w.OwnMember(ctx, insurerNumber, checkup.PersonalInsuredNumber)
	if err != nil {
		return false, err
	}
	if err := (&completion{}).dates("body.", dated{"date", checkup.Date}); err != nil {
		return false, err
	}
	checkup.Items = present(checkup.Items)
	err = w.do(ctx, target.Person.Ordinal, func(s *State, now time.Time) ([]change, error) {
		of, err := s.ownMember(s.look(ctx, now), insurerNumber, checkup.PersonalInsuredNumber)
		if err != nil {
			return nil, err
		}
		added = of.Person.checkup(checkup.PersonalInsuredNumber, checkup.CheckupID) < 0
		return []change{&checkupPut{checkup}}, nil
	})
	return added, err
}

func (p *Insured) checkup(personalInsuredNumber, id string) int {
	return checkupIn(p.Checkups(), personalInsuredNumber, id)
}

func checkupIn(checkups []Checkup, personalInsuredNumber, id string) int {
	return slices.IndexFunc(checkups, func(c Checkup) bool {
		return c.PersonalInsuredNumber == personalInsuredNumber && c.CheckupID == id
	})
}

type checkupPut struct{ Checkup }

func (e *checkupPut) apply(s *State, _ time.Time) {
	s.edit(s.found(byPersonalInsuredNumber, e.PersonalInsuredNumber), func(p *Insured) {
		records := p.records()
		records.Checkups = slices.Clone(records.Checkups)
		if at := checkupIn(records.Checkups, e.PersonalInsuredNumber, e.CheckupID); at >= 0 {
			records.Checkups[at] = e.Checkup
		} else {
			records.Checkups = append(records.Checkups, e.Checkup)
		}
		p.putRecords(records)
	})
}
