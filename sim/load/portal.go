package load

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"time"

	"onshisim/client"
	"onshisim/sim/disclosure"
	"onshisim/sim/world"
)

type logIn struct {
	CardSerial string `json:"cardSerial"`
	PIN        string `json:"pin"`
}

type session struct {
	Token     string `json:"token"`
	ExpiresAt string `json:"expiresAt"`
}

// sessionLife is how long a session in Mynaportal lasts.
const sessionLife = 30 * time.Minute

// logIn asks Mynaportal for a session.
func (p *player) logIn(index int, request logIn) *question {
	return &question{
		kind: "log-in", method: http.MethodPost, path: "/mynaportal/sessions", body: request, about: []int{index},
		predict: func(answer []byte) expected {
			e, refused := p.book.person(index).refuseCard(&cardRequest{
				CardSerial: request.CardSerial, Verification: verification{Method: "pin", PIN: request.PIN},
			})
			if refused {
				return e
			}
			got := seen[session](answer)
			return expected{Status: http.StatusCreated, rules: []string{"P8-2"}, Body: session{
				cmp.Or(got.Token, "a token"), ends(got.ExpiresAt, p.book.now()),
			}}
		},
	}
}

func ends(told string, clock client.Clock) string {
	if at, err := time.Parse(time.RFC3339, told); clock.Running && err == nil {
		told = at.Add(-sessionLife).Format(time.RFC3339)
	}
	return instant(told, clock).Add(sessionLife).Format(time.RFC3339)
}

// The pages of Mynaportal that are read, by the last part of their paths.
const (
	selfInformationPage = "self-information"
	eligibilityPage     = "eligibility"
	medicinesPage       = "medicines"
	checkupsPage        = "checkups"
	expensesPage        = "medical-expenses"
)

// readPage asks for a page about oneself, or about the person at an index who may have named the reader proxy.
func (p *player) readPage(reader, subject int, token, page string) *question {
	path, about := "/mynaportal/"+page, []int{reader}
	if subject != reader {
		path += "?principal=" + url.QueryEscape(p.book.person(subject).PortalUserID)
		about = append(about, subject)
	}
	return &question{
		kind: "portal-" + page, method: http.MethodGet, path: path, token: token, about: about,
		predict: func([]byte) expected {
			of := p.book.person(subject)
			if subject != reader && !slices.Contains(of.Proxies, p.book.person(reader).PortalUserID) {
				return refuses("SIM-MP-403", "P7-1")
			}
			body := of.page(page)
			return answers(body, of.rules)
		},
	}
}

func (p *insured) page(page string) any {
	switch page {
	case selfInformationPage:
		return p.selfInformation()
	case eligibilityPage:
		return p.portalEligibility()
	case medicinesPage:
		return p.medicines(disclosure.Portal)
	case checkupsPage:
		return p.checkups(disclosure.Portal)
	}
	return p.medicalExpenses()
}

type entries struct {
	Entries []entry `json:"entries"`
}

// entry is one insurer's self-information (P12-a), or that there is no answer (P6-7).
type entry struct {
	Status                      string          `json:"status"`
	Message                     string          `json:"message"`
	InsurerNumber               string          `json:"insurerNumber"`
	InsurerName                 string          `json:"insurerName"`
	InsuredCardSymbol           string          `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string          `json:"insuredIdentificationNumber"`
	InsuredBranchNumber         string          `json:"insuredBranchNumber"`
	InsuredCardExpirationDate   string          `json:"insuredCardExpirationDate"`
	QualificationDate           string          `json:"qualificationDate"`
	DisqualificationDate        string          `json:"disqualificationDate"`
	Benefits                    []world.Benefit `json:"benefits"`
}

// selfInformation is what each insurer answers for itself (P13-3); one entry without an answer if nobody does.
func (p *insured) selfInformation() entries {
	unanswered := entry{Status: "noAnswer", Message: "回答なし", Benefits: []world.Benefit{}}
	all, answered := []entry{}, false
	for own := range p.Members {
		if !p.begun(own, p.today) {
			continue
		}
		if p.decide(disclosure.SelfInformation, disclosure.Eligibility, disclosure.Portal, own) != disclosure.Provided {
			all = append(all, unanswered)
			continue
		}
		m := &p.Members[own]
		one := entry{
			"provided", "", m.InsurerNumber, m.InsurerName, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber,
			m.InsuredCardExpirationDate, m.QualificationDate, m.DisqualificationDate,
			[]world.Benefit{},
		}
		if p.decide(disclosure.SelfInformation, disclosure.Benefits, disclosure.Portal, own) == disclosure.Provided {
			one.Benefits = append(one.Benefits, m.Benefits...)
		}
		all, answered = append(all, one), true
	}
	if !answered {
		all = []entry{unanswered}
	}
	return entries{all}
}

// withoutAddress is an eligibility as Mynaportal shows it: there is no address (P12-c).
type withoutAddress struct {
	InsuredCardClassification       string                              `json:"insuredCardClassification"`
	InsurerNumber                   string                              `json:"insurerNumber"`
	InsurerName                     string                              `json:"insurerName"`
	InsuredCardSymbol               string                              `json:"insuredCardSymbol"`
	InsuredIdentificationNumber     string                              `json:"insuredIdentificationNumber"`
	InsuredBranchNumber             string                              `json:"insuredBranchNumber"`
	PersonalFamilyClassification    string                              `json:"personalFamilyClassification"`
	Name                            string                              `json:"name"`
	NameKana                        string                              `json:"nameKana"`
	Sex1                            string                              `json:"sex1"`
	Birthdate                       string                              `json:"birthdate"`
	QualificationDate               string                              `json:"qualificationDate"`
	DisqualificationDate            string                              `json:"disqualificationDate"`
	InsuredPartialContributionRatio string                              `json:"insuredPartialContributionRatio"`
	ReasonOfLoss                    string                              `json:"reasonOfLoss"`
	ElderlyRecipientCertificate     *world.ElderlyRecipientCertificate  `json:"elderlyRecipientCertificate"`
	LimitApplicationCertificate     *world.LimitApplicationCertificate  `json:"limitApplicationCertificate"`
	SpecificDiseasesCertificates    []world.SpecificDiseasesCertificate `json:"specificDiseasesCertificates"`
}

// portalEligibility are the memberships that have begun, past ones too.
func (p *insured) portalEligibility() list {
	l := list{[]any{}}
	for own := range p.Members {
		if !p.begun(own, p.today) || p.decide(disclosure.PortalEligibility, disclosure.NoItem, disclosure.Portal, own) != disclosure.Provided {
			continue
		}
		e := p.Members[own].Eligibility
		l.Items = append(l.Items, withoutAddress{
			e.InsuredCardClassification, e.InsurerNumber, e.InsurerName, e.InsuredCardSymbol, e.InsuredIdentificationNumber,
			e.InsuredBranchNumber, e.PersonalFamilyClassification, e.Name, e.NameKana, e.Sex1, e.Birthdate, e.QualificationDate,
			e.DisqualificationDate, e.InsuredPartialContributionRatio, e.ReasonOfLoss, e.ElderlyRecipientCertificate,
			e.LimitApplicationCertificate, e.SpecificDiseasesCertificates,
		})
	}
	return l
}
