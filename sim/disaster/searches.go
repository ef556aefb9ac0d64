package disaster

import (
	"context"
	"slices"

	"onshisim/sim/disclosure"
	"onshisim/sim/matching"
	"onshisim/sim/problem"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type searchInput struct {
	Body query
}

// query holds the three groups that a search needs (P5-1).
type query struct {
	Name        string `json:"name" required:"false" maxLength:"200" doc:"氏名; this or nameKana"`
	NameKana    string `json:"nameKana" required:"false" maxLength:"200" doc:"氏名(カナ)"`
	Birthdate   string `json:"birthdate" format:"date"`
	Address     string `json:"address" required:"false" maxLength:"200" doc:"a part of it; this or insurerName"`
	InsurerName string `json:"insurerName" required:"false" maxLength:"200" doc:"a part of it"`
	Sex1        string `json:"sex1" required:"false" enum:",1,2,3"`
}

type searchOutput struct {
	Body struct {
		Candidates []candidate `json:"candidates"`
	}
}

type candidate struct {
	CandidateID string `json:"candidateId"`
	Name        string `json:"name"`
	NameKana    string `json:"nameKana"`
	Sex1        string `json:"sex1"`
	Birthdate   string `json:"birthdate"`
	Address     string `json:"address" doc:"its first 10 characters"`
	InsurerName string `json:"insurerName"`
}

func search(ctx context.Context, in *searchInput) (*searchOutput, error) {
	a, q := web.AccessOf(ctx), &in.Body
	look := a.World.Look(ctx)
	asked := q.folded()
	if err := asked.complete(look); err != nil {
		return nil, err
	}
	out := &searchOutput{}
	out.Body.Candidates = []candidate{}
	name := asked.Name
	if name == "" {
		name = asked.NameKana
	}
	for _, p := range a.World.Namesakes(name, q.Birthdate) {
		_, owns := show.Eligibilities(p, look)
		at := slices.IndexFunc(owns, func(own int) bool { return asked.matches(&p.Members[own], look) })
		if at < 0 {
			continue
		}
		own := owns[at]
		outcome := look.Decide(p, disclosure.DisasterEligibility, disclosure.Institution, own)
		for _, e := range show.Eligibility(&p.Members[own], outcome) {
			out.Body.Candidates = append(out.Body.Candidates, candidate{
				a.World.CandidateID(a.Caller.Code, p), e.Name, e.NameKana, e.Sex1, e.Birthdate,
				matching.AddressBeginning(e.Address), e.InsurerName,
			})
		}
	}
	return out, nil
}

// folded is a search with what it gives folded, once for all that it is compared with.
func (q *query) folded() query {
	return query{
		Name: matching.Fold(q.Name), NameKana: matching.Fold(q.NameKana), Birthdate: q.Birthdate,
		Address: matching.Fold(q.Address), InsurerName: matching.Fold(q.InsurerName), Sex1: matching.Fold(q.Sex1),
	}
}

// complete refuses a search that lacks a group (P5-1).
func (q *query) complete(look world.Look) error {
	if q.Name == "" && q.NameKana == "" {
		return problem.BadField("body.name", "or nameKana is needed")
	}
	if !look.Meets(disclosure.ThreeGroupsGiven, q.Address != "" || q.InsurerName != "") {
		return problem.BadField("body.address", "or insurerName is needed")
	}
	return nil
}

// matches compares a membership with everything the search gives: name, kana name, sex and date of birth exactly, address
// and insurer name in part (P5-2). A hidden address is matched all the same; only its display is hidden (P10-1).
func (q *query) matches(m *world.Member, look world.Look) bool {
	return exactly(m.Name, q.Name) && m.Birthdate == q.Birthdate &&
		look.Meets(disclosure.KanaNameMatches, exactly(m.NameKana, q.NameKana)) && look.Meets(disclosure.SexMatches, exactly(m.Sex1, q.Sex1)) &&
		look.Meets(disclosure.PartsMatch, partly(m.Address, q.Address) && partly(m.InsurerName, q.InsurerName))
}

func exactly(text, asked string) bool {
	return asked == "" || matching.Same(text, asked)
}

func partly(text, asked string) bool {
	return asked == "" || matching.Contains(text, asked)
}
