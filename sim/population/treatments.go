package population

// Medicine is a dispensed medicine (薬剤情報).
type Medicine struct{ PersonalInsuredNumber, TreatmentDate, InstitutionName, MedicineCode, MedicineName string }

// MedicalExpense is a line of the medical-expense notice (医療費通知情報).
type MedicalExpense struct {
	PersonalInsuredNumber, ReviewMonth, TreatmentMonth string
	MedicalInstitutionCode, InstitutionName            string
	TotalCost                                          int64 // yen
}

const mostMedicines = 12

// visitFee is what a visit costs at the least, without medicines.
const visitFee = 1260

// treatments are one visit to the doctor in each month of the year before AsOf that one is due: its medicines, and the
// line of expenses that covers them, reviewed in the month after. The last month that can be reviewed by then is February.
func (p *patient) treatments() (medicines []Medicine, expenses []MedicalExpense) {
	if len(p.ill) == 0 {
		return nil, nil
	}
	interval, phase := p.fake.Number(1, 3), p.fake.Number(0, 2)
	which := p.fake.Number(0, 1) // of the medicines for a condition
	for i := range 12 {
		year, month := 2020+(2+i)/12, (2+i)%12+1
		on := on(year, month, p.fake.Number(1, 28))
		due := p.due(month, (i+phase)%interval == 0)
		member, ok := p.memberships.on(on)
		if !ok || len(due) == 0 || len(medicines)+len(due) > mostMedicines {
			continue
		}
		code, name := p.text.writeInstitution(p.doctor(member))
		date := p.text.writeDay(on)
		cost := int64(visitFee + 10*p.fake.Number(0, 240))
		for _, c := range due {
			m := &c.medicines[which]
			cost += m.cost
			medicines = append(medicines, Medicine{p.insuredNumbers[member], date, name, m.code, m.name})
		}
		review := p.text.writeDay((on.monthBegin() + 31).monthBegin())[:len("2006-01")]
		expenses = append(expenses, MedicalExpense{p.insuredNumbers[member], review, date[:len("2006-01")], code, name, cost})
	}
	return medicines, expenses
}

// due are the conditions that are treated in a month.
func (p *patient) due(month int, isRegular bool) (due []*condition) {
	for _, c := range p.ill {
		if c.isTreatedIn(month) || len(c.months) == 0 && isRegular {
			due = append(due, c)
		}
	}
	return due
}
