package intermediate

import (
	"context"
	"encoding/json"
	"strconv"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// memberInput names one of the caller's members.
type memberInput struct {
	PersonalInsuredNumber string `path:"personalInsuredNumber" maxLength:"128" doc:"個人単位被保険者番号"`
}

type putMemberInput struct {
	PersonalInsuredNumber string `path:"personalInsuredNumber" maxLength:"128" doc:"個人単位被保険者番号"`
	Body                  memberFields
	RawBody               []byte // tells what the body leaves out from what it empties
}

type memberFields struct {
	PersonalInsuredNumber string `json:"personalInsuredNumber" required:"false" doc:"as in the path, or left out"`
	IndividualNumber      string `json:"individualNumber" required:"false" pattern:"^([0-9]{12})?$" patternDescription:"12 digits" doc:"個人番号: ties the members of several insurers to one person; may be left out to correct a member"`
	world.Eligibility
	InsuredCardExpirationDate string          `json:"insuredCardExpirationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"有効期限"`
	Benefits                  []world.Benefit `json:"benefits" required:"false" doc:"給付情報"`
}

// member is a membership as its insurer keeps it (P3-6), without the flags.
type member struct {
	PersonalInsuredNumber string `json:"personalInsuredNumber"`
	IndividualNumber      string `json:"individualNumber"`
	world.Eligibility
	InsuredCardExpirationDate string          `json:"insuredCardExpirationDate"`
	Benefits                  []world.Benefit `json:"benefits"`
}

func showingMember(of world.MemberOf) member {
	m := &of.Person.Members[of.Own]
	return member{
		PersonalInsuredNumber: m.PersonalInsuredNumber, IndividualNumber: of.Person.IndividualNumber, Eligibility: m.Eligibility,
		InsuredCardExpirationDate: m.InsuredCardExpirationDate, Benefits: m.Benefits,
	}
}

func putMember(ctx context.Context, in *putMemberInput) (*web.Put[member], error) {
	a := web.AccessOf(ctx)
	if number := in.Body.InsurerNumber; number != "" && number != a.Caller.Code {
		return nil, problem.BadField("body.insurerNumber", "must be your own or left out: an insurer acts in its own partition only")
	}
	if number := in.Body.PersonalInsuredNumber; number != "" && number != in.PersonalInsuredNumber {
		return nil, problem.BadField("body.personalInsuredNumber", "is not the one in the path")
	}
	added, err := a.World.PutMember(ctx, a.Caller.Code, in.PersonalInsuredNumber, in.Body.IndividualNumber, in.amend)
	if err != nil {
		return nil, err
	}
	own, err := a.World.OwnMember(ctx, a.Caller.Code, in.PersonalInsuredNumber)
	if err != nil {
		return nil, err
	}
	return web.AnswerPut(added, showingMember(own)), nil
}

// amend puts the body's fields in place of a member's; what the body leaves out stays as it is.
func (in *putMemberInput) amend(m world.Member) (world.Member, error) {
	fields, err := overlay(memberFields{
		Eligibility: m.Eligibility, InsuredCardExpirationDate: m.InsuredCardExpirationDate, Benefits: m.Benefits,
	}, in.RawBody)
	m.Eligibility, m.InsuredCardExpirationDate, m.Benefits = fields.Eligibility, fields.InsuredCardExpirationDate, fields.Benefits
	return m, err
}

// overlay reads a JSON object over a member's fields; those that the object does not name stay.
func overlay(value memberFields, object []byte) (overlaid memberFields, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return overlaid, err
	}
	var fields map[string]json.RawMessage
	for _, layer := range [][]byte{text, object} {
		if err := json.Unmarshal(layer, &fields); err != nil {
			return overlaid, err
		}
	}
	if text, err = json.Marshal(fields); err != nil {
		return overlaid, err
	}
	return overlaid, json.Unmarshal(text, &overlaid)
}

type showMemberOutput struct {
	Body member
}

func showMember(ctx context.Context, in *memberInput) (*showMemberOutput, error) {
	a := web.AccessOf(ctx)
	own, err := a.World.OwnMember(ctx, a.Caller.Code, in.PersonalInsuredNumber)
	if err != nil {
		return nil, err
	}
	return &showMemberOutput{showingMember(own)}, nil
}

type listMembersInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Cursor string `query:"cursor" doc:"the next of the page before; absent: the first page"`
}

type listMembersOutput struct {
	Body struct {
		Members []member `json:"members" doc:"in the order of their registration"`
		Next    string   `json:"next" doc:"the cursor of the next page; empty if this is the last"`
	}
}

func listMembers(ctx context.Context, in *listMembersInput) (*listMembersOutput, error) {
	from, err := position(in.Cursor)
	if err != nil {
		return nil, err
	}
	a := web.AccessOf(ctx)
	page, next := a.World.MembersOf(a.Caller.Code, from, in.Limit)
	out := &listMembersOutput{}
	out.Body.Members = make([]member, 0, len(page))
	for _, of := range page {
		out.Body.Members = append(out.Body.Members, showingMember(of))
	}
	if next > 0 {
		out.Body.Next = strconv.Itoa(next)
	}
	return out, nil
}

// position is where the page of a cursor begins in the insurer's list.
func position(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	from, err := strconv.Atoi(cursor)
	if err != nil || from < 1 {
		return 0, problem.BadField("query.cursor", "must be the next of an earlier answer, or absent for the first page")
	}
	return from, nil
}
