package load

import (
	"onshisim/sim/disclosure"
	"onshisim/sim/world"
)

type list struct {
	Items []any `json:"items"`
}

// medicine is a medicine as an institution sees it (P12-e): without the name of the institution that gave it.
type medicine struct {
	Name                        string `json:"name"`
	Birthdate                   string `json:"birthdate"`
	Sex1                        string `json:"sex1"`
	InsurerNumber               string `json:"insurerNumber"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	TreatmentDate               string `json:"treatmentDate"`
	MedicineCode                string `json:"medicineCode"`
	MedicineName                string `json:"medicineName"`
}

// checkup is a checkup as an institution sees it (P12-f).
type checkup struct {
	CheckupID                   string              `json:"checkupId"`
	Date                        string              `json:"date"`
	MedicalInstitutionCode      string              `json:"medicalInstitutionCode"`
	InsurerNumber               string              `json:"insurerNumber"`
	InsuredIdentificationNumber string              `json:"insuredIdentificationNumber"`
	Birthdate                   string              `json:"birthdate"`
	Items                       []world.CheckupItem `json:"items"`
}

// medicalExpense is a line of the medical-expense notice (P12-g).
type medicalExpense struct {
	InsurerNumber               string `json:"insurerNumber"`
	ReviewMonth                 string `json:"reviewMonth"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	Birthdate                   string `json:"birthdate"`
	TreatmentMonth              string `json:"treatmentMonth"`
	MedicalInstitutionCode      string `json:"medicalInstitutionCode"`
	InstitutionName             string `json:"institutionName"`
	TotalCost                   int64  `json:"totalCost"`
}

// medicines are what of the person's medicines a place may see; Mynaportal sees who gave them, too.
func (p *insured) medicines(place disclosure.Place) list {
	l := list{[]any{}}
	for i := range p.Medicines {
		r := &p.Medicines[i]
		m := p.under(r.PersonalInsuredNumber, disclosure.Medicines, place)
		if m == nil {
			continue
		}
		seen := medicine{
			m.Name, m.Birthdate, m.Sex1, m.InsurerNumber, m.InsuredIdentificationNumber, r.TreatmentDate, r.MedicineCode, r.MedicineName,
		}
		l.add(place, seen, struct {
			medicine
			InstitutionName string `json:"institutionName"`
		}{seen, r.InstitutionName})
	}
	return l
}

// checkups are what of the person's checkups a place may see.
func (p *insured) checkups(place disclosure.Place) list {
	l := list{[]any{}}
	for i := range p.Checkups {
		r := &p.Checkups[i]
		m := p.under(r.PersonalInsuredNumber, disclosure.Checkups, place)
		if m == nil {
			continue
		}
		seen := checkup{
			r.CheckupID, r.Date, r.MedicalInstitutionCode, m.InsurerNumber, m.InsuredIdentificationNumber, m.Birthdate, r.Items,
		}
		l.add(place, seen, struct {
			checkup
			InstitutionName string `json:"institutionName"`
		}{seen, r.InstitutionName})
	}
	return l
}

func (l *list) add(place disclosure.Place, atInstitutions, inMynaportal any) {
	if place == disclosure.Portal {
		l.Items = append(l.Items, inMynaportal)
	} else {
		l.Items = append(l.Items, atInstitutions)
	}
}

// medicalExpenses are what of the person's medical-expense notices Mynaportal may show.
func (p *insured) medicalExpenses() list {
	l := list{[]any{}}
	for i := range p.MedicalExpenses {
		r := &p.MedicalExpenses[i]
		if m := p.under(r.PersonalInsuredNumber, disclosure.MedicalExpenses, disclosure.Portal); m != nil {
			l.Items = append(l.Items, medicalExpense{
				m.InsurerNumber, r.ReviewMonth, m.InsuredIdentificationNumber, m.Birthdate, r.TreatmentMonth,
				r.MedicalInstitutionCode, r.InstitutionName, r.TotalCost,
			})
		}
	}
	return l
}

// under is the membership that a record is held under (P3-6), nil if the record may not be seen there.
func (p *insured) under(personalInsuredNumber string, view disclosure.Information, place disclosure.Place) *world.Member {
	for own := range p.Members {
		if p.Members[own].PersonalInsuredNumber != personalInsuredNumber {
			continue
		}
		if p.decide(view, disclosure.NoItem, place, own) == disclosure.Provided && p.begun(own, p.today) {
			return &p.Members[own]
		}
		return nil
	}
	return nil
}
