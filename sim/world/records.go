package world

// Records are the records that come from claims and checkups, of one person.
type Records struct {
	Checkups        []Checkup        `json:"checkups" required:"false"`
	Medicines       []Medicine       `json:"medicines" required:"false"`
	MedicalExpenses []MedicalExpense `json:"medicalExpenses" required:"false"`
}

// Checkups are the person's (特定健診情報等).
func (p *Insured) Checkups() []Checkup { return p.records().Checkups }

// Medicines are the person's (薬剤情報).
func (p *Insured) Medicines() []Medicine { return p.records().Medicines }

// MedicalExpenses are the person's (医療費通知情報).
func (p *Insured) MedicalExpenses() []MedicalExpense { return p.records().MedicalExpenses }

// records are those of the document, or of the nation until others were put in their place: these are computed each time.
func (p *Insured) records() Records {
	if p.nation != nil {
		return recordsOf(p.nation, int(p.Ordinal-firstResident))
	}
	return Records{p.Person.Checkups, p.Person.Medicines, p.Person.MedicalExpenses}
}

// putRecords puts records in place of the person's.
func (p *Insured) putRecords(r Records) {
	p.nation = nil
	p.Person.Checkups, p.Person.Medicines, p.Person.MedicalExpenses = r.Checkups, r.Medicines, r.MedicalExpenses
}
