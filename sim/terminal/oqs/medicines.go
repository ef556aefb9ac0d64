package oqs

import (
	"context"
	"strings"

	"onshisim/sim/show"
	"onshisim/sim/terminal/oqs/kana"
	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/terminal/oqs/pdf"
)

// listMedicines answers YZKsiquc01 (P12-7): what was dispensed within the months asked for, without who gave it (P12-e).
func (x *exchange) listMedicines(ctx context.Context) (answer, error) {
	from, to := x.body.month("StartDate"), x.body.month("EndDate")
	medicines, category, err := recordsAsked[show.Medicine](ctx, x, "/medicines")
	if err != nil {
		return answer{}, err
	}
	medicines = within(medicines, from, to)
	if category == asPDF {
		return answer{pdf: medicinesDocument(medicines)}, nil
	}
	var holder message.Element
	if len(medicines) > 0 {
		m := &medicines[0]
		holder = message.Group("QuaInf",
			message.Leaf("Name", kana.Full(m.Name)),
			message.Leaf("Birth", compact(m.Birthdate)),
			message.Leaf("AdmGendCode", m.Sex1),
		)
	}
	return answer{header: recordsHeader(succeeded, "", holder), body: months(medicines)}, nil
}

// within are the medicines of a time; either end may be open.
func within(medicines []show.Medicine, from, to string) []show.Medicine {
	var some []show.Medicine
	for _, m := range medicines {
		if m.TreatmentDate >= from && (to == "" || m.TreatmentDate <= to || strings.HasPrefix(m.TreatmentDate, to)) {
			some = append(some, m)
		}
	}
	return some
}

// months are medicines by month and by day, each in the order in which it first comes.
func months(medicines []show.Medicine) []message.Element {
	var all []message.Element
	for _, ofMonth := range grouped(medicines, func(m show.Medicine) string { return monthOf(m.TreatmentDate) }) {
		var days []message.Element
		for _, ofDay := range grouped(ofMonth, func(m show.Medicine) string { return m.TreatmentDate }) {
			var drugs []message.Element
			for _, m := range ofDay {
				drugs = append(drugs, message.Group("DrugInf", message.Leaf("DrugC", m.MedicineCode), message.Leaf("DrugN", m.MedicineName)))
			}
			days = append(days, message.Group("DiDateInf",
				message.Leaf("DiDate", compact(ofDay[0].TreatmentDate)), message.Group("DrugInfs", drugs...)))
		}
		all = append(all, message.Group("MeTrMonthInf",
			message.Leaf("MeTrMonth", compact(monthOf(ofMonth[0].TreatmentDate))), message.Group("DiDateInfs", days...)))
	}
	return all
}

// monthOf is the month of a day; nothing if the day is not known.
func monthOf(day string) string { return day[:min(len(day), len("2006-01"))] }

// grouped puts those of one key together; groups stand in the order of their first ones.
func grouped[T any](all []T, key func(T) string) [][]T {
	at := map[string]int{}
	var groups [][]T
	for _, one := range all {
		i, known := at[key(one)]
		if !known {
			i = len(groups)
			at[key(one)], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], one)
	}
	return groups
}

// medicinesDocument is the list for people.
func medicinesDocument(medicines []show.Medicine) []byte {
	document := pdf.Document{Title: "薬剤情報"}
	if len(medicines) == 0 {
		document.Lines = []string{nothing}
	} else {
		m := &medicines[0]
		document.Lines = []string{"氏名: " + kana.Full(m.Name), "生年月日: " + m.Birthdate, ""}
	}
	for _, m := range medicines {
		document.Lines = append(document.Lines, m.TreatmentDate+"  "+m.MedicineCode+"  "+m.MedicineName)
	}
	return document.Append(nil)
}

// nothing is what a document says that has nothing to list.
const nothing = "該当する情報はありません。"
