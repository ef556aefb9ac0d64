package mutant

import (
	"slices"
	"strings"

	"onshisim/sim/disclosure"
)

// The operations whose answers hold eligibility with an address.
var (
	byCertificate = "terminal/check-certificate"
	inDisaster    = "disaster/open-candidate"
)

// showing are the mutants that show wrongly what was rightly decided.
var showing = []shows{
	{Mutant{"whole-address-in-list", "P5-3", "The disaster search lists whole addresses.", "災害時の候補者一覧に住所の全体を示す。"}, wholeAddress},
	{Mutant{"inquiry-refused", "P6-3", "An inquiry about a protected person gets no answer.", "フラグがあると情報照会に回答しない。"}, refuseInquiry},
	{Mutant{"no-answer-left-out", "P6-7", "Self-information leaves out the insurers that do not answer.", "自己情報で「回答なし」の保険者を示さない。"}, leaveOutNoAnswer},
	{Mutant{"postal-code-shown", "P9-1", "The postal code is shown where the address is hidden.", "住所を隠しても郵便番号を示す。"}, showPostNumber},
	{Mutant{"municipality-shown", "P10-1", "Disaster screens cut a hidden address down to its beginning.", "災害時の画面で、住所を隠さず先頭だけを残す。"}, showMunicipality},
	{Mutant{"insurer-name-hidden", "P10-2", "Disaster screens hide the insurer's name along with the address.", "災害時の画面で、住所とともに保険者名も隠す。"}, hideInsurerName},
	{Mutant{"registration-tells-why", "P11-2", "A failed initial registration says that a flag is the cause.", "初回登録の失敗で、フラグが原因であることを示す。"}, tellWhy},
	{Mutant{"address-in-mynaportal", "P12-c", "Mynaportal's eligibility has the address.", "マイナポータルの資格情報に住所を示す。"}, addAddress},
	{Mutant{"no-address-at-institutions", "P12-d", "Terminals show nobody's address.", "端末でだれの住所も示さない。"}, hideEveryAddress},
	{Mutant{"institution-name-in-medicines", "P12-e", "Terminals show the institution's name with a medicine.", "端末の薬剤情報に医療機関名を示す。"}, nameInstitutionOfMedicines},
	{Mutant{"institution-name-in-checkups", "P12-f", "Terminals show the institution's name with a checkup.", "端末の特定健診情報等に医療機関名を示す。"}, nameInstitutionOfCheckups},
	{Mutant{"withheld-told-apart", "QA-3", "A withheld card answers another validity than an unregistered one.", "提供しないカードの資格有効性を、未登録のカードと違える。"}, tellWithheldApart},
	{Mutant{"address-masked", "QA-3", "A hidden address is a mask instead of nothing.", "隠した住所を空にせず伏せ字で示す。"}, maskAddress},
	{Mutant{"flag-in-answer", "QA-3", "Answers have a field that tells a flag.", "応答にフラグの有無が分かる項目がある。"}, tellFlag},
}

func wholeAddress(a *answer) {
	if !a.is("disaster/search") {
		return
	}
	a.each("candidates", func(o map[string]any) {
		listed, _ := o["address"].(string)
		for _, p := range a.persons {
			for i := range p.Members {
				if m := &p.Members[i]; listed != "" && strings.HasPrefix(m.Address, listed) && m.Name == o["name"] {
					o["address"] = m.Address
				}
			}
		}
	})
}

func refuseInquiry(a *answer) {
	if a.is("intermediate/inquire") && a.body["nonDisclosureCode"] == "1" {
		a.body["status"], a.body["information"] = "incomplete", nil
	}
}

func leaveOutNoAnswer(a *answer) {
	if entries, ok := a.body["entries"].([]any); ok && a.is("mynaportal/list-self-information") {
		a.body["entries"] = slices.DeleteFunc(entries, func(entry any) bool {
			return entry.(map[string]any)["status"] == "noAnswer"
		})
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

// shownOfMunicipality is about how many characters prefecture and municipality take.
const shownOfMunicipality = 6

func showMunicipality(a *answer) {
	if !a.is(inDisaster) {
		return
	}
	a.each("results", func(o map[string]any) {
		if m, known := a.member(o); known && o["address"] == "" {
			whole := []rune(m.Address)
			o["address"] = string(whole[:min(len(whole), shownOfMunicipality)])
		}
	})
}

func hideInsurerName(a *answer) {
	if !a.is(inDisaster, "disaster/search") {
		return
	}
	for _, list := range []string{"results", "candidates"} {
		a.each(list, func(o map[string]any) {
			if o["address"] == "" {
				o["insurerName"] = ""
			}
		})
	}
}

func tellWhy(a *answer) {
	if a.is("mynaportal/register") && a.body["status"] == "failed" && a.strictest == disclosure.Withheld {
		a.body["message"] = "保険者により自己情報の提供が停止されています"
	}
}

func addAddress(a *answer) {
	if !a.is("mynaportal/list-eligibility") {
		return
	}
	a.each("items", func(o map[string]any) {
		if m, known := a.member(o); known {
			o["address"], o["postNumber"] = m.Address, m.PostNumber
		}
	})
}

func hideEveryAddress(a *answer) {
	if a.is(byCertificate, "terminal/read-card") {
		a.each("results", func(o map[string]any) { o["address"], o["postNumber"] = "", "" })
	}
}

func nameInstitutionOfMedicines(a *answer) {
	if !a.is("terminal/list-medicines", "disaster/list-medicines") {
		return
	}
	a.each("items", func(o map[string]any) {
		for _, p := range a.persons {
			for i := range p.Medicines {
				if m := &p.Medicines[i]; m.MedicineName == o["medicineName"] && m.TreatmentDate == o["treatmentDate"] {
					o["institutionName"] = m.InstitutionName
				}
			}
		}
	})
}

func nameInstitutionOfCheckups(a *answer) {
	if !a.is("terminal/list-checkups", "disaster/list-checkups") {
		return
	}
	a.each("items", func(o map[string]any) {
		for _, p := range a.persons {
			for i := range p.Checkups {
				if c := &p.Checkups[i]; c.CheckupID == o["checkupId"] {
					o["institutionName"] = c.InstitutionName
				}
			}
		}
	})
}

func tellWithheldApart(a *answer) {
	if a.is("terminal/read-card") && a.strictest == disclosure.Withheld {
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

func tellFlag(a *answer) {
	if a.strictest > disclosure.Provided && !strings.HasPrefix(a.operation, "intermediate/") {
		a.body["disclosureRestricted"] = true
	}
}
