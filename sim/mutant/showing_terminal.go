package mutant

import (
	"onshisim/sim/disclosure"
)

// The operations that show what a card read opened: once more, and by certificate.
const (
	cardReadAgain          = "terminal/show-card-read"
	medicinesByCertificate = "terminal/list-medicines-by-certificate"
	checkupsByCertificate  = "terminal/list-checkups-by-certificate"
)

func emptyAtPharmacies(a *answer) {
	if a.is("terminal/list-checkups", checkupsByCertificate) && a.kind == "pharmacy" {
		a.body["items"] = []any{}
	}
}

func showNewest(a *answer) {
	if a.is(byCertificate) {
		a.each("results", a.becomeNewest)
	}
}

func showPostNumber(a *answer) {
	if !a.is(byCertificate, inDisaster) {
		return
	}
	a.each("results", func(o map[string]any) {
		if m, known := a.member(o); known {
			o["postNumber"] = m.PostNumber
		}
	})
}

func hideEveryAddress(a *answer) {
	if a.is(byCertificate, "terminal/read-card", cardReadAgain) {
		a.each("results", func(o map[string]any) { o["address"], o["postNumber"] = "", "" })
	}
}

func nameInstitutionOfMedicines(a *answer) {
	if !a.is("terminal/list-medicines", medicinesByCertificate, "disaster/list-medicines") {
		return
	}
	a.each("items", func(o map[string]any) {
		for _, p := range a.persons {
			for _, m := range p.Medicines() {
				if m.MedicineName == o["medicineName"] && m.TreatmentDate == o["treatmentDate"] {
					o["institutionName"] = m.InstitutionName
				}
			}
		}
	})
}

func nameInstitutionOfCheckups(a *answer) {
	if !a.is("terminal/list-checkups", checkupsByCertificate, "disaster/list-checkups") {
		return
	}
	a.each("items", func(o map[string]any) {
		for _, p := range a.persons {
			for _, c := range p.Checkups() {
				if c.CheckupID == o["checkupId"] {
					o["institutionName"] = c.InstitutionName
				}
			}
		}
	})
}

func tellWithheldApart(a *answer) {
	if a.is("terminal/read-card", cardReadAgain) && a.strictest == disclosure.Withheld {
		a.body["qualificationValidity"] = "2"
	}
}

func maskAddress(a *answer) {
	if a.strictest == disclosure.AddressHidden && a.is(byCertificate, inDisaster) {
		a.each("results", func(o map[string]any) {
			if o["address"] == "" {
				o["address"], o["postNumber"] = "＊＊＊", "＊＊＊"
			}
		})
	}
}
