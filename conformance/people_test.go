package conformance_test

import (
	"fmt"
	"hash/crc32"
	"net/http"

	"onshisim/sim/world"
)

// The organisations of every world here, by the letters of the notice's examples.
var insurers = map[string]world.Insurer{
	"A": {InsurerNumber: "06990014", InsurerName: "架空健康保険組合", Token: "insurer-a"},
	"B": {InsurerNumber: "01990019", InsurerName: "架空協会けんぽ", Token: "insurer-b"},
	"C": {InsurerNumber: "990010", InsurerName: "架空県仮想市国民健康保険", Token: "insurer-c"},
}

const (
	hospital   = "hospital"
	clinic     = "clinic" // stands in another area than the others
	pharmacy   = "pharmacy"
	welfare    = "welfare"
	cardOffice = "card-office"

	hospitalCode, clinicCode = "9919990011", "9910020024"
	welfareName              = "架空県仮想市福祉課"
	hospitalArea, clinicArea = "架空県仮想市", "架空県避難町"
)

// nation is a world with its organisations and these persons, on 1 April 2021.
func nation(persons ...world.Person) world.Document {
	return world.Document{
		Seed: 1, Now: "2021-04-01T09:00:00+09:00",
		Insurers: []world.Insurer{insurers["A"], insurers["B"], insurers["C"]},
		Agencies: []world.Agency{{AgencyCode: "welfare", AgencyName: welfareName, Token: welfare}},
		Institutions: []world.Institution{
			{MedicalInstitutionCode: hospitalCode, InstitutionName: "仮想中央病院", Kind: "medical", Area: hospitalArea, Token: hospital},
			{MedicalInstitutionCode: clinicCode, InstitutionName: "避難町クリニック", Kind: "medical", Area: clinicArea, Token: clinic},
			{MedicalInstitutionCode: "9949990015", InstitutionName: "仮想駅前薬局", Kind: "pharmacy", Area: hospitalArea, Token: pharmacy},
		},
		CardOffice: world.CardOffice{Token: cardOffice},
		Persons:    persons,
	}
}

// The cards of a person: one registered, one not yet. Each has the PIN of all cards here.
const pin = "1234"

func registeredCard(id string) string { return "card-" + id }
func freshCard(id string) string      { return "fresh-card-" + id }

const birthdate = "1988-08-08"

// individualNumber is a number of twelve digits for a person.
func individualNumber(id string) string {
	return fmt.Sprintf("99%010d", crc32.ChecksumIEEE([]byte(id)))
}

// someone is a person with every kind of record under each membership.
func someone(id string, members ...world.Member) world.Person {
	p := world.Person{
		ID: id, IndividualNumber: individualNumber(id), Name: "架空　" + id, NameKana: "カクウ　" + id, Sex1: "2", Birthdate: birthdate,
		Address: "架空県避難町かくれ里二丁目2番2号" + id, PostNumber: "999-0202-" + id, PortalUserID: "portal-" + id,
		Cards:          []world.Card{{CardSerial: registeredCard(id), PIN: pin}, {CardSerial: freshCard(id), PIN: pin}},
		RegisteredCard: registeredCard(id), Members: members,
	}
	for i := range members {
		number := members[i].PersonalInsuredNumber
		p.Checkups = append(p.Checkups, world.Checkup{
			CheckupID: "checkup-" + number, PersonalInsuredNumber: number, Date: "2021-02-10", MedicalInstitutionCode: "9910020032",
			InstitutionName: "かくれ里健診所", Items: []world.CheckupItem{{Code: "9N001000000000001", Name: "身長", Value: heightOf(i), Unit: "cm"}},
		})
		p.Medicines = append(p.Medicines, world.Medicine{
			PersonalInsuredNumber: number, TreatmentDate: "2021-02-20", InstitutionName: "かくれ里診療所", MedicineCode: "999000002",
			MedicineName: "架空錠 " + number,
		})
		p.MedicalExpenses = append(p.MedicalExpenses, world.MedicalExpense{
			PersonalInsuredNumber: number, ReviewMonth: "2021-03", TreatmentMonth: "2021-02", MedicalInstitutionCode: "9910020040",
			InstitutionName: "かくれ里診療所", TotalCost: 7650,
		})
	}
	return p
}

// heightOf is the height that the checkup under a person's nth membership measured: terminals' files tell checkups apart by
// nothing else.
func heightOf(nth int) string { return fmt.Sprintf("158.%d", nth) }

// memberAt is a membership at insurer A, B or C that began on a day; its identification number is its own in the world.
func memberAt(insurer, number, acquired string) world.Member {
	m := world.Member{PersonalInsuredNumber: number, Benefits: []world.Benefit{{BenefitName: "架空給付 " + number, PaidOn: "2021-01-15", Amount: 10000}}}
	m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber = insurers[insurer].InsurerNumber, "1001", "id-"+number
	m.InsuredBranchNumber, m.QualificationDate = "01", acquired
	m.Address, m.PostNumber = "架空県"+insurer+"市"+number+"番地の先の奥のその向こう", "999-"+number
	return m
}

// session logs in to Mynaportal with a card and gives the token.
func (p *place) session(t tester, card string) string {
	t.Helper()
	return text(t, decoded(t, p.ok(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": pin})), "token")
}

// reading is a card read with every consent, verified by PIN.
func reading(card string) object {
	return object{
		"cardSerial": card, "verification": object{"method": "pin", "pin": pin},
		"consents": object{"checkups": true, "medicines": true, "limitCertificate": true, "specificDiseases": true},
	}
}

// certificate is what stands on a membership's certificate.
func certificate(m *world.Member) object {
	return object{
		"insurerNumber": m.InsurerNumber, "insuredCardSymbol": m.InsuredCardSymbol,
		"insuredIdentificationNumber": m.InsuredIdentificationNumber, "insuredBranchNumber": m.InsuredBranchNumber,
		"birthdate": birthdate,
	}
}

// certificateAlone is what stands on a certificate, without the holder's date of birth.
func certificateAlone(m *world.Member) object {
	alone := certificate(m)
	delete(alone, "birthdate")
	return alone
}

// searchFor is a disaster search for someone by name, date of birth and a part of every insurer's name here.
func searchFor(id string) object {
	return object{"name": "架空　" + id, "birthdate": birthdate, "insurerName": "架空"}
}

// candidate is the disaster screens' only candidate of a search.
func (p *place) candidate(t tester, token string, query object) (object, bool) {
	t.Helper()
	found := list(t, p.ok(t, token, http.MethodPost, "/disaster/searches", query), "candidates")
	if len(found) != 1 {
		return nil, false
	}
	return found[0], true
}

// setFlags is an insurer's act on its own member's flags.
func (p *place) setFlags(t tester, insurer, number string, change object) answer {
	t.Helper()
	act := object{"appliedOn": "2021-04-01", "reason": "申出"}
	for name, value := range change {
		act[name] = value
	}
	return p.ok(t, insurers[insurer].Token, http.MethodPatch, fmt.Sprintf("/intermediate/members/%s/flags", number), act)
}

// inquire is the agency's question to an insurer about a person.
func (p *place) inquire(t tester, code, insurer, item string) object {
	t.Helper()
	return decoded(t, p.ok(t, welfare, http.MethodPost, "/intermediate/inquiries", object{
		"institutionSpecificCode": code, "providerInsurerNumber": insurers[insurer].InsurerNumber, "item": item,
	}))
}

// subjectCode is the agency's code for a person.
func (p *place) subjectCode(t tester, individualNumber string) string {
	t.Helper()
	found := p.ok(t, welfare, http.MethodPost, "/intermediate/subjects", object{"individualNumber": individualNumber})
	return text(t, decoded(t, found), "institutionSpecificCode")
}
