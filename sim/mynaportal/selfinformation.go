package mynaportal

import (
	"context"

	"onshisim/sim/disclosure"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// The states of an entry: an insurer answered, or nobody did (回答なし, P6-7).
const (
	provided        = "provided"
	noAnswer        = "noAnswer"
	noAnswerMessage = "回答なし"
)

type selfInformationOutput struct {
	Body struct {
		Entries []selfInformation `json:"entries"`
	}
}

// selfInformation is one insurer's information about the person (P12-a).
type selfInformation struct {
	Status                      string          `json:"status" enum:"provided,noAnswer"`
	Message                     string          `json:"message"`
	InsurerNumber               string          `json:"insurerNumber"`
	InsurerName                 string          `json:"insurerName"`
	InsuredCardSymbol           string          `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string          `json:"insuredIdentificationNumber"`
	InsuredBranchNumber         string          `json:"insuredBranchNumber"`
	InsuredCardExpirationDate   string          `json:"insuredCardExpirationDate" doc:"有効期限"`
	QualificationDate           string          `json:"qualificationDate"`
	DisqualificationDate        string          `json:"disqualificationDate"`
	Benefits                    []world.Benefit `json:"benefits" doc:"給付情報"`
}

// listSelfInformation asks every insurer of the person; each answers for itself (P13-3). When no insurer answers, for
// whatever reason, there is one entry without an answer: neither the number of insurers nor a flag can be told from it.
func listSelfInformation(ctx context.Context, in *readingInput) (*selfInformationOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	look := web.AccessOf(ctx).World.Look(ctx)
	entries := make([]selfInformation, 0, len(p.Members))
	answered := false
	for own := range p.Members {
		if !show.Begun(&p.Members[own], look.Today) {
			continue
		}
		entry := selfInformationOf(p, own, look)
		answered = answered || entry.Status == provided
		entries = append(entries, entry)
	}
	if !answered {
		entries = []selfInformation{unanswered()}
	}
	out := &selfInformationOutput{}
	out.Body.Entries = entries
	return out, nil
}

func selfInformationOf(p *world.Insured, own int, look world.Look) selfInformation {
	shown := func(item disclosure.Item) bool {
		return look.DecideItem(p, disclosure.SelfInformation, item, disclosure.Portal, own) == disclosure.Provided
	}
	if !shown(disclosure.Eligibility) {
		return unanswered()
	}
	m := &p.Members[own]
	entry := selfInformation{
		Status: provided, InsurerNumber: m.InsurerNumber, InsurerName: m.InsurerName, InsuredCardSymbol: m.InsuredCardSymbol,
		InsuredIdentificationNumber: m.InsuredIdentificationNumber, InsuredBranchNumber: m.InsuredBranchNumber,
		InsuredCardExpirationDate: m.InsuredCardExpirationDate, QualificationDate: m.QualificationDate,
		DisqualificationDate: m.DisqualificationDate, Benefits: []world.Benefit{},
	}
	if shown(disclosure.Benefits) {
		entry.Benefits = m.Benefits
	}
	return entry
}

func unanswered() selfInformation {
	return selfInformation{Status: noAnswer, Message: noAnswerMessage, Benefits: []world.Benefit{}}
}
