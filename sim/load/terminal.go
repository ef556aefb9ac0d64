package load

import (
	"cmp"
	"net/http"
	"time"

	"onshisim/client"
	"onshisim/sim/disclosure"
	"onshisim/sim/matching"
	"onshisim/sim/world"
)

// verification, consents and cardRequest are what a terminal sends of a card.
type verification struct {
	Method string `json:"method"`
	PIN    string `json:"pin,omitempty"`
	Match  bool   `json:"match,omitempty"`
}

type consents struct {
	Checkups         bool `json:"checkups"`
	Medicines        bool `json:"medicines"`
	LimitCertificate bool `json:"limitCertificate"`
	SpecificDiseases bool `json:"specificDiseases"`
}

type cardRequest struct {
	CardSerial   string       `json:"cardSerial"`
	Verification verification `json:"verification"`
	Consents     consents     `json:"consents"`
}

// cardAnswer is the whole answer to a card.
type cardAnswer struct {
	QualificationValidity string              `json:"qualificationValidity"`
	Results               []world.Eligibility `json:"results"`
	CardReadID            string              `json:"cardReadId"`
	ReferenceNumber       string              `json:"referenceNumber"`
	LimitCertificateFlag  string              `json:"limitApplicationCertificateRelatedConsFlg"`
	LimitCertificateTime  string              `json:"limitApplicationCertificateRelatedConsTime"`
	SpecificDiseasesFlag  string              `json:"specificDiseasesCertificateRelatedConsFlg"`
	SpecificDiseasesTime  string              `json:"specificDiseasesCertificateRelatedConsTime"`
	CheckupsFlag          string              `json:"specificHealthCheckupsInfoConsFlg"`
	CheckupsTime          string              `json:"specificHealthCheckupsInfoConsTime"`
	CheckupsAvailable     string              `json:"specificHealthCheckupsInfoAvailableTime"`
	MedicinesFlag         string              `json:"pharmacistsInfoConsFlg"`
	MedicinesTime         string              `json:"pharmacistsInfoConsTime"`
	MedicinesAvailable    string              `json:"pharmacistsInfoAvailableTime"`
}

// readCard asks for whoever a card is of.
func (p *player) readCard(at place, index int, request cardRequest) *question {
	return &question{
		kind: "card-read", method: http.MethodPost, path: "/terminal/card-reads", token: at.token, body: request, about: []int{index},
		predict: func(answer []byte) expected {
			holder := p.book.person(index)
			if e, refused := holder.refuseCard(&request); refused {
				return e
			}
			return holder.cardOpens(&request, seen[cardAnswer](answer), p.book.now())
		},
	}
}

// refuseCard says by which code a card opens nothing, if so: it is not in force (P15-1), or its holder is somebody else
// (P8-2).
func (p *insured) refuseCard(request *cardRequest) (e expected, refused bool) {
	card := p.card(request.CardSerial)
	if card == nil {
		return e, false
	}
	if code := refusal(card, p.today); code != "" {
		return refuses(code, "P15-1"), true
	}
	switch request.Verification.Method {
	case "pin":
		if request.Verification.PIN != card.PIN {
			return refuses("SIM-CARD-PIN", "P8-2"), true
		}
	case "face":
		if !request.Verification.Match {
			return refuses("SIM-CARD-FACE", "P8-2"), true
		}
	}
	return e, false
}

// opensByCard says whether a card opens the person's information: it is registered (P3-5), and the eligibility by card is
// provided (P12-4).
func (p *insured) opensByCard(serial string) bool {
	p.cite("P3-5")
	latest := p.latest()
	return p.card(serial) != nil && p.RegisteredCard == serial && latest >= 0 &&
		p.decide(disclosure.CardEligibility, disclosure.NoItem, disclosure.Institution, latest) == disclosure.Provided
}

func (p *insured) cardOpens(request *cardRequest, got cardAnswer, clock client.Clock) expected {
	want := cardAnswer{QualificationValidity: noSuch, Results: []world.Eligibility{}}
	if p.opensByCard(request.CardSerial) {
		want.QualificationValidity, want.Results = p.eligibilities(disclosure.CardEligibility)
		want.ReferenceNumber = got.ReferenceNumber // the institution's own matter
	}
	for i := range want.Results {
		if !request.Consents.LimitCertificate {
			want.Results[i].LimitApplicationCertificate = nil
		}
		if !request.Consents.SpecificDiseases {
			want.Results[i].SpecificDiseasesCertificates = []world.SpecificDiseasesCertificate{}
		}
	}
	want.CardReadID = cmp.Or(got.CardReadID, "an id")
	c := &request.Consents
	want.LimitCertificateFlag, want.LimitCertificateTime, _ = consented(c.LimitCertificate, got.LimitCertificateTime, clock)
	want.SpecificDiseasesFlag, want.SpecificDiseasesTime, _ = consented(c.SpecificDiseases, got.SpecificDiseasesTime, clock)
	want.CheckupsFlag, want.CheckupsTime, want.CheckupsAvailable = consented(c.Checkups, got.CheckupsTime, clock)
	want.MedicinesFlag, want.MedicinesTime, want.MedicinesAvailable = consented(c.Medicines, got.MedicinesTime, clock)
	return answers(want, p.rules)
}

// consentLife is how long a consent holds (P3-4).
const consentLife = 24 * time.Hour

// consented is a consent with its time, and until when it opens something.
func consented(given bool, told string, clock client.Clock) (flag, at, until string) {
	if !given {
		return "0", "", ""
	}
	now := instant(told, clock)
	return "1", now.Format(time.RFC3339), now.Add(consentLife).Format(time.RFC3339)
}

// instant is when something happened at the world's clock: one that is set tells it, one that runs has told it in the
// answer, within the time that an answer may take.
func instant(told string, clock client.Clock) time.Time {
	now := clock.Now.In(japan)
	if at, err := time.Parse(time.RFC3339, told); clock.Running && err == nil && at.After(now.Add(-time.Minute)) {
		return at.In(japan)
	}
	return now
}

// openedByRead asks for medicines or checkups with what a card read gave.
func (p *player) openedByRead(at place, index int, request cardRequest, readID, what string) *question {
	return &question{
		kind: what, method: http.MethodGet, path: "/terminal/card-reads/" + readID + "/" + what, token: at.token, about: []int{index},
		predict: func([]byte) expected {
			consented := request.Consents.Medicines
			if what == "checkups" {
				consented = request.Consents.Checkups
			}
			if !consented {
				return refuses("SIM-TERM-CONSENT", "P3-4")
			}
			holder := p.book.person(index)
			body := list{[]any{}}
			if holder.opensByCard(request.CardSerial) {
				body = holder.recordsAt(what)
			}
			return answers(body, holder.rules)
		},
	}
}

func (p *insured) recordsAt(what string) list {
	if what == "checkups" {
		return p.checkups(disclosure.Institution)
	}
	return p.medicines(disclosure.Institution)
}

// certificate is what stands on an insurance certificate, with what else a check is given.
type certificate struct {
	InsurerNumber                 string `json:"insurerNumber"`
	InsuredCardSymbol             string `json:"insuredCardSymbol"`
	InsuredIdentificationNumber   string `json:"insuredIdentificationNumber"`
	InsuredBranchNumber           string `json:"insuredBranchNumber"`
	Birthdate                     string `json:"birthdate"`
	QualificationConfirmationDate string `json:"qualificationConfirmationDate"`
}

// isOf says whether it is the certificate of a membership, in whatever width it is written.
func (c *certificate) isOf(m *world.Member) bool {
	same := func(a, b string) bool { return matching.Fold(a) == matching.Fold(b) }
	return c.InsurerNumber == m.InsurerNumber && same(c.InsuredCardSymbol, m.InsuredCardSymbol) &&
		same(c.InsuredIdentificationNumber, m.InsuredIdentificationNumber) &&
		(c.InsuredBranchNumber == "" || c.InsuredBranchNumber == m.InsuredBranchNumber)
}

type certificateAnswer struct {
	QualificationValidity string              `json:"qualificationValidity"`
	Results               []world.Eligibility `json:"results"`
	ReferenceNumber       string              `json:"referenceNumber"`
}

// checkCertificate asks for whoever holds a certificate; kind tells the window's checks from the night's.
func (p *player) checkCertificate(kind string, at place, index int, c certificate) *question {
	return &question{
		kind: kind, method: http.MethodPost, path: "/terminal/certificate-checks", token: at.token, body: c, about: []int{index},
		predict: func(answer []byte) expected {
			return p.certificateAnswers(c, seen[certificateAnswer](answer))
		},
	}
}

func (p *player) certificateAnswers(c certificate, got certificateAnswer) expected {
	want := certificateAnswer{QualificationValidity: noSuch, Results: []world.Eligibility{}}
	var found *insured
	var owns []int
	var day disclosure.Date
	for _, holder := range p.book.holders(c.InsurerNumber, c.InsuredCardSymbol, c.InsuredIdentificationNumber) {
		on := disclosure.Date(cmp.Or(c.QualificationConfirmationDate, string(holder.today)))
		meant := holder.certified(&c, on)
		if len(meant) == 0 {
			continue
		}
		if found != nil {
			want.QualificationValidity = several
			return answers(want, []string{"P12-5"})
		}
		found, owns, day = holder, meant, on
	}
	if found == nil {
		return answers(want, []string{"P12-5"})
	}
	own := found.standing(owns, day)
	want.QualificationValidity = found.validityOf(own, day)
	want.Results = append(want.Results, found.shown(disclosure.CertificateEligibility, own)...)
	want.ReferenceNumber = got.ReferenceNumber // the institution's own matter
	return answers(want, found.rules)
}
