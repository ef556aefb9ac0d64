package show

import (
	"onshisim/sim/disclosure"
	"onshisim/sim/world"
)

// List is the body of every answer that lists something.
type List[T any] struct {
	Items []T `json:"items"`
}

// Medicine is a medicine as an institution sees it (P12-e): without the name of the institution that gave it.
type Medicine struct {
	Name                        string `json:"name"`
	Birthdate                   string `json:"birthdate"`
	Sex1                        string `json:"sex1"`
	InsurerNumber               string `json:"insurerNumber"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	TreatmentDate               string `json:"treatmentDate"`
	MedicineCode                string `json:"medicineCode"`
	MedicineName                string `json:"medicineName"`
}

// Checkup is a checkup as an institution sees it, and as it goes over the information network (P12-f): without the name of
// the institution that made it.
type Checkup struct {
	CheckupID                   string              `json:"checkupId"`
	Date                        string              `json:"date"`
	MedicalInstitutionCode      string              `json:"medicalInstitutionCode"`
	InsurerNumber               string              `json:"insurerNumber"`
	InsuredIdentificationNumber string              `json:"insuredIdentificationNumber"`
	Birthdate                   string              `json:"birthdate"`
	Items                       []world.CheckupItem `json:"items"`
}

// Medicines yields what of a person's medicines is provided at a place.
func Medicines(p *world.Insured, look world.Look, place disclosure.Place, yield func(Medicine, *world.Medicine)) {
	medicines := p.Medicines()
	for i := range medicines {
		r := &medicines[i]
		if m := provided(p, look, disclosure.Medicines, place, r.PersonalInsuredNumber); m != nil {
			yield(Medicine{
				m.Name, m.Birthdate, m.Sex1, m.InsurerNumber, m.InsuredIdentificationNumber,
				r.TreatmentDate, r.MedicineCode, r.MedicineName,
			}, r)
		}
	}
}

// Checkups yields what of a person's checkups is provided at a place.
func Checkups(p *world.Insured, look world.Look, place disclosure.Place, yield func(Checkup, *world.Checkup)) {
	checkups := p.Checkups()
	for i := range checkups {
		r := &checkups[i]
		if m := provided(p, look, disclosure.Checkups, place, r.PersonalInsuredNumber); m != nil {
			yield(CheckupOf(m, r), r)
		}
	}
}

// CheckupOf is a checkup under the membership that it is held under.
func CheckupOf(m *world.Member, r *world.Checkup) Checkup {
	return Checkup{
		r.CheckupID, r.Date, r.MedicalInstitutionCode, m.InsurerNumber, m.InsuredIdentificationNumber, m.Birthdate, r.Items,
	}
}

// MedicalExpenses yields what of a person's medical-expense notices is provided in Mynaportal, with the membership each
// is held under.
func MedicalExpenses(p *world.Insured, look world.Look, yield func(*world.Member, *world.MedicalExpense)) {
	expenses := p.MedicalExpenses()
	for i := range expenses {
		r := &expenses[i]
		if m := provided(p, look, disclosure.MedicalExpenses, disclosure.Portal, r.PersonalInsuredNumber); m != nil {
			yield(m, r)
		}
	}
}

// provided is the membership that a record is held under (P3-6), nil if the record is not provided.
func provided(p *world.Insured, look world.Look, view disclosure.Information, place disclosure.Place, number string) *world.Member {
	own := p.Membership(number)
	if own < 0 || !Begun(&p.Members[own], look.Today) || look.Decide(p, view, place, own) != disclosure.Provided {
		return nil
	}
	return &p.Members[own]
}

// InstitutionMedicines are a person's medicines for an institution; none for nobody.
func InstitutionMedicines(p *world.Insured, look world.Look) List[Medicine] {
	list := List[Medicine]{Items: []Medicine{}}
	if p != nil {
		Medicines(p, look, disclosure.Institution, func(m Medicine, _ *world.Medicine) { list.Items = append(list.Items, m) })
	}
	return list
}

// InstitutionCheckups are a person's checkups for an institution; none for nobody.
func InstitutionCheckups(p *world.Insured, look world.Look) List[Checkup] {
	list := List[Checkup]{Items: []Checkup{}}
	if p != nil {
		Checkups(p, look, disclosure.Institution, func(c Checkup, _ *world.Checkup) { list.Items = append(list.Items, c) })
	}
	return list
}
