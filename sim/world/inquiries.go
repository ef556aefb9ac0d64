package world

import (
	"context"
	"slices"
	"strconv"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

// ExchangeRecord is the record of an inquiry over the information network (情報提供等記録).
type ExchangeRecord struct {
	InquiryID             string    `json:"inquiryId"`
	InquiredAt            time.Time `json:"-"` // the event's
	AgencyCode            string    `json:"agencyCode"`
	ProviderInsurerNumber string    `json:"providerInsurerNumber"`
	PersonalInsuredNumber string    `json:"personalInsuredNumber"` // the membership asked about; empty if there was none
	Item                  string    `json:"item"`
	Completed             bool      `json:"completed"`         // the inquiry was followed by a provision (P6-5)
	NonDisclosureCode     bool      `json:"nonDisclosureCode"` // 不開示コード: belongs to the record for good (P6-2)
}

// SubjectCode is an organisation's own code for a person (機関別符号); every organisation's differs.
func (w *World) SubjectCode(organisation Caller, p *Insured) string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.key.seal(sealSubject, organisation.owner(), p.Ordinal, p.mark())
}

// Subject is the person for whom an organisation has this code.
func (w *World) Subject(organisation Caller, code string) (*Insured, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, known := w.state.opened(sealSubject, organisation.owner(), code)
	if !known {
		return nil, problem.New(problem.NotFound, "SIM-INT-404", "You have no subject with this institution-specific code; look it up with POST /intermediate/subjects.")
	}
	return p, nil
}

func (c Caller) owner() string { return strconv.Itoa(int(c.Role)) + " " + c.Code }

// HidesSubject says whether an agency's own non-disclosure flag is in force for a person (P6-1).
func (p *Insured) HidesSubject(agencyCode string) bool {
	return slices.Contains(p.inquirersHiding, agencyCode)
}

// SetSubjectFlag sets or lifts an agency's own non-disclosure flag for a person (P6-1).
func (w *World) SetSubjectFlag(ctx context.Context, agencyCode string, p *Insured, nonDisclosure bool) error {
	return w.do(ctx, p.Ordinal, about(p, func(_ *State, p *Insured, _ time.Time) ([]change, error) {
		return []change{&subjectFlagSet{agencyCode, p.ID, nonDisclosure}}, nil
	}))
}

type subjectFlagSet struct {
	AgencyCode    string `json:"agencyCode"`
	Person        string `json:"person"`
	NonDisclosure bool   `json:"nonDisclosure"`
}

func (e *subjectFlagSet) apply(s *State, _ time.Time) {
	s.edit(s.found(byID, e.Person), func(p *Insured) {
		hiding := slices.DeleteFunc(slices.Clone(p.inquirersHiding), func(code string) bool { return code == e.AgencyCode })
		if e.NonDisclosure {
			hiding = append(hiding, e.AgencyCode)
		}
		p.inquirersHiding = hiding
	})
}

// Inquire puts an agency's question to an insurer and the automatic answer on record (P6-3): provided if the insurer has
// or had the person as a member, whatever the flags; with a non-disclosure code if either side has its flag set (P6-2).
func (w *World) Inquire(ctx context.Context, agencyCode string, p *Insured, providerInsurerNumber, item string) (ExchangeRecord, error) {
	var record ExchangeRecord
	err := w.do(ctx, p.Ordinal, about(p, func(s *State, p *Insured, now time.Time) ([]change, error) {
		if _, known := s.insurer(providerInsurerNumber); !known {
			return nil, problem.BadField("body.providerInsurerNumber", "%q is no insurer of this world", providerInsurerNumber)
		}
		record = ExchangeRecord{
			InquiredAt: now, AgencyCode: agencyCode, ProviderInsurerNumber: providerInsurerNumber, Item: item,
		}
		var provider *disclosure.Membership
		if own := p.memberAt(providerInsurerNumber, DateOf(now)); own >= 0 {
			provider = &p.Memberships[own]
			record.PersonalInsuredNumber, record.Completed = provider.PersonalInsuredNumber, true
		}
		record.NonDisclosureCode = s.policy.GivesCode(provider, itemByCode[item], p.HidesSubject(agencyCode))
		record.InquiryID = "inquiry-" + s.key.draw("inquiry", agencyCode, p.ID, strconv.Itoa(len(p.ExchangeRecords)))
		return []change{&inquiryAnswered{p.ID, record}}, nil
	}))
	return record, err
}

// memberAt is the index of the person's latest membership at one insurer, -1 if there is none yet.
func (p *Insured) memberAt(insurerNumber string, today disclosure.Date) int {
	found := -1
	for i, m := range p.Memberships {
		if m.InsurerNumber == insurerNumber && m.Acquired <= today && (found < 0 || m.Acquired >= p.Memberships[found].Acquired) {
			found = i
		}
	}
	return found
}

// SidesOf names the two sides of an exchange record.
func (w *World) SidesOf(r *ExchangeRecord) (inquirer, provider string) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	insurer, _ := w.state.insurer(r.ProviderInsurerNumber)
	return w.state.agencies.byCode[r.AgencyCode].AgencyName, insurer.InsurerName
}

type inquiryAnswered struct {
	Person string         `json:"person"`
	Record ExchangeRecord `json:"record"`
}

func (e *inquiryAnswered) apply(s *State, at time.Time) {
	record := e.Record
	record.InquiredAt = at
	s.edit(s.found(byID, e.Person), func(p *Insured) {
		p.ExchangeRecords = append(p.ExchangeRecords, record)
	})
}
