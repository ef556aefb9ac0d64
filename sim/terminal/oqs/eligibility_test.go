package oqs_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/terminal/oqs"
)

// answered is the header of an answer to a request by certificate.
func answered(more ...string) string {
	return elements(append([]string{
		"ProcessExecutionTime", "20210401090000", "QualificationConfirmationDate", "20210401", "MedicalInstitutionCode", hospital,
		"ArbitraryFileIdentifier", "client-1", "ReferenceClassification", "2", "SegmentOfResult", "1",
	}, append(more, "CharacterCodeIdentifier", "0")...)...)
}

const noConsents = "<SpecificDiseasesCertificateRelatedConsFlg>0</SpecificDiseasesCertificateRelatedConsFlg>" +
	"<SpecificHealthCheckupsInfoConsFlg>0</SpecificHealthCheckupsInfoConsFlg><PharmacistsInfoConsFlg>0</PharmacistsInfoConsFlg>" +
	"<DiagnosisInfoConsFlg>0</DiagnosisInfoConsFlg><OperationInfoConsFlg>0</OperationInfoConsFlg>"

// TestEligibility wants the whole answer in the documented order: absent values' elements left out, the insurer number in
// eight places, the name full-width and its kana half-width.
func TestEligibility(t *testing.T) {
	t.Parallel()
	x := start(t)
	want := msg(answered(), elements("ProcessingResultStatus", "1", "QualificationValidity", "1")+
		within("ResultList", within("ResultOfQualificationConfirmation", elements(
			"InsuredCardClassification", "01", "InsurerNumber", "06990014", "InsuredCardSymbol", "6601",
			"InsuredIdentificationNumber", "66010", "InsuredBranchNumber", "00", "PersonalFamilyClassification", "1",
			"InsuredName", "有効　優子", "Name", "有効　優子", "NameKana", "ﾕｳｺｳ ﾕｳｺ", "Sex1", "2", "Birthdate", "19800101",
			"Address", "架空県仮想市有効町一丁目1番61号", "PostNumber", "000-6601", "QualificationDate", "20150401",
			"InsuredPartialContributionRatio", "030", "InsurerName", "架空健康保険組合",
			"LimitApplicationCertificateRelatedConsFlg", "0")+noConsents))+
		search("6601", "66010", "00", "19800101"))
	assert.Equal(t, want, x.ask(t, "OQSsiquc01", "202104010001", yuko))
	x.gone(t, "OQSsiquc01req_202104010001.xml")
}

func TestEligibilityWithConsentToTheLimitCertificate(t *testing.T) {
	t.Parallel()
	x := start(t)
	request := msg(head("QualificationConfirmationDate", "20210401"), within("QualificationConfirmSearchInfo", elements(
		"InsurerNumber", "06990014", "InsuredCardSymbol", "6601", "InsuredIdentificationNumber", "66010", "InsuredBranchNumber", "00",
		"Birthdate", "19800101", "LimitApplicationCertificateRelatedConsFlg", "1", "ArbitraryIdentifier", "karte-7")))
	got := x.ask(t, "OQSsiquc01", "1", request)
	assert.Contains(t, got, elements("LimitApplicationCertificateRelatedConsFlg", "1", "LimitApplicationCertificateRelatedConsTime", "20210401090000")+
		within("LimitApplicationCertificateRelatedInfo", elements(
			"LimitApplicationCertificateClassification", "01", "LimitApplicationCertificateClassificationFlag", "A03",
			"LimitApplicationCertificateDate", "20200801", "LimitApplicationCertificateValidStartDate", "20200801",
			"LimitApplicationCertificateValidEndDate", "20210731"))+noConsents)
	assert.Contains(t, got, elements("ArbitraryIdentifier", "karte-7"), "the request is echoed")
	assert.NotContains(t, got, "SpecificDiseasesCertificateList", "consent to it is given at the card reader alone")
}

// TestQualificationValidity goes through all of 資格有効性.
func TestQualificationValidity(t *testing.T) {
	t.Parallel()
	x := start(t)
	for i, tt := range []struct{ name, request, validity, has, hasNot string }{
		{"valid", yuko, "1", elements("Name", "有効　優子"), "DisqualificationDate"},
		{"invalid", eligibility("6602", "66020", "00", "19700202"), "2", elements("DisqualificationDate", "20210331"), "有効　優子"},
		{"newer", eligibility("6603", "66030", "00", "19900303"), "3", elements("ReasonOfLoss", "03"), "990010"},
		{"none", eligibility("6601", "66010", "00", "19800102"), "4", "", "ResultList"},
		{"several", eligibility("6605", "66050", "", "20100505"), "5", "", "ResultList"},
		{"one of them", eligibility("6605", "66050", "03", "20100505"), "1", elements("Name", "複数　一葉"), "InsuredName"},
	} {
		got := x.ask(t, "OQSsiquc01", strconv.Itoa(i), tt.request)
		assert.Equal(t, tt.validity, text(got, "QualificationValidity"), tt.name)
		assert.Equal(t, "1", text(got, "ProcessingResultStatus"), tt.name)
		assert.Contains(t, got, tt.has, tt.name)
		assert.NotContains(t, got, tt.hasNot, tt.name)
	}
}

// TestMunicipalInsurerNumberIsPadded: six digits, and two spaces before them, in requests as in answers.
func TestMunicipalInsurerNumberIsPadded(t *testing.T) {
	t.Parallel()
	x := start(t)
	for suffix, number := range map[string]string{"padded": "  990010", "bare": "990010"} {
		request := msg(head("QualificationConfirmationDate", "20210401"), within("QualificationConfirmSearchInfo", elements(
			"InsurerNumber", number, "InsuredCardSymbol", "県6603", "InsuredIdentificationNumber", "66031", "InsuredBranchNumber", "01",
			"Birthdate", "19900303", "LimitApplicationCertificateRelatedConsFlg", "0")))
		got := x.ask(t, "OQSsiquc01", suffix, request)
		assert.Equal(t, "1", text(got, "QualificationValidity"))
		assert.Contains(t, got, "<InsurerNumber>  990010</InsurerNumber><InsuredCardSymbol>県6603</InsuredCardSymbol>")
	}
}

// TestHiddenAddressIsAnAbsentOne: P12-5, and QA-3: Address and PostNumber as for a person without them.
func TestHiddenAddressIsAnAbsentOne(t *testing.T) {
	t.Parallel()
	x := start(t)
	aya := eligibility("6608", "66080", "00", "19850808")
	hidden := x.ask(t, "OQSsiquc01", "1", aya)
	assert.Equal(t, "1", text(hidden, "QualificationValidity"))
	assert.NotContains(t, hidden, "Address")
	assert.NotContains(t, hidden, "PostNumber")

	person, err := x.world.Person(t.Context(), "maboroshi")
	assert.NoError(t, err)
	person.Address, person.PostNumber = "", ""
	person.Members[0].Address, person.Members[0].PostNumber = "", ""
	person.Members[0].Flags.NonDisclosure, person.Members[0].Flags.SelfInformationBlocked = false, false
	_, err = x.world.PutPerson(t.Context(), person)
	assert.NoError(t, err)
	assert.Equal(t, hidden, x.ask(t, "OQSsiquc01", "2", aya))
}

// TestMistakesInARequest: all of them are named at once, and nothing is looked up.
func TestMistakesInARequest(t *testing.T) {
	t.Parallel()
	x := start(t)
	for name, tt := range map[string]struct{ request, says string }{
		"nothing":  {msg(head(), ""), "QualificationConfirmationDate is missing; QualificationConfirmSearchInfo is missing"},
		"date":     {msg(head("QualificationConfirmationDate", "2021-04-01"), search("6601", "66010", "00", "19800101")), "QualificationConfirmationDate has to be a day of the calendar as yyyyMMdd"},
		"birth":    {eligibility("6601", "66010", "00", "S550101"), "Birthdate has to be a day of the calendar as yyyyMMdd"},
		"calendar": {eligibility("6601", "66010", "00", "20210230"), "Birthdate has to be a day of the calendar as yyyyMMdd"},
		"twice":    {msg(head("QualificationConfirmationDate", "20210401"), search("6601", "66010", "00", "19800101", "Birthdate", "19800102")), "Birthdate occurs 2 times"},
		"long":     {eligibility("6601", "66010", "000", "19800101"), "InsuredBranchNumber has more than 2 characters"},
		"future":   {msg(head("QualificationConfirmationDate", "20210402"), search("6601", "66010", "00", "19800101")), "qualificationConfirmationDate: must be a day of the calendar, not after the world's day 2021-04-01"},
	} {
		got := x.ask(t, "OQSsiquc01", name, tt.request)
		assert.NotContains(t, got, "ResultList", name)
		assert.Contains(t, got, tt.says, name)
	}
}

func TestWrongInstitution(t *testing.T) {
	t.Parallel()
	x := start(t)
	got := x.ask(t, "OQSsiquc01", "1", msg(elements("QualificationConfirmationDate", "20210401", "MedicalInstitutionCode", "9949990015"), search("6601", "66010", "00", "19800101")))
	assert.Equal(t, "9", text(got, "SegmentOfResult"))
	assert.Equal(t, "SIM-OQS-INSTITUTION", text(got, "ErrorCode"))
	assert.NotContains(t, got, "有効　優子")
}

// TestStrict: vendors' own test data often have wrong check digits, and the official interface may have more elements.
func TestStrict(t *testing.T) {
	t.Parallel()
	wrongDigit := msg(head("QualificationConfirmationDate", "20210401"), within("QualificationConfirmSearchInfo", elements(
		"InsurerNumber", "06990015", "InsuredIdentificationNumber", "66010", "Birthdate", "19800101", "LimitApplicationCertificateRelatedConsFlg", "0")))
	unknown := msg(head("QualificationConfirmationDate", "20210401"), search("6601", "66010", "00", "19800101", "Birthday", "x"))

	x := start(t)
	assert.Equal(t, "4", text(x.ask(t, "OQSsiquc01", "1", wrongDigit), "QualificationValidity"))
	assert.Equal(t, "1", text(x.ask(t, "OQSsiquc01", "2", unknown), "QualificationValidity"))

	strict := start(t, func(c *oqs.Config) { c.Strict = true })
	got := strict.ask(t, "OQSsiquc01", "1", wrongDigit)
	assert.Equal(t, "2", text(got, "ProcessingResultStatus"))
	assert.Contains(t, text(got, "ProcessingResultMessage"), "InsurerNumber")
	assert.Contains(t, text(strict.ask(t, "OQSsiquc01", "2", unknown), "ProcessingResultMessage"), "Birthday is not known here")
	assert.Equal(t, "1", text(strict.ask(t, "OQSsiquc01", "3", yuko), "QualificationValidity"))
}

// TestElementsInAnyOrder: readers go by name.
func TestElementsInAnyOrder(t *testing.T) {
	t.Parallel()
	x := start(t)
	other := document(within("XmlMsg",
		within("MessageBody", within("QualificationConfirmSearchInfo", elements(
			"LimitApplicationCertificateRelatedConsFlg", "0", "Birthdate", "19800101", "InsuredIdentificationNumber", "66010",
			"InsuredBranchNumber", "00", "InsurerNumber", "06990014", "InsuredCardSymbol", "6601"))),
		within("MessageHeader", elements("ArbitraryFileIdentifier", "client-1", "MedicalInstitutionCode", hospital, "QualificationConfirmationDate", "20210401"))))
	assert.Equal(t, x.ask(t, "OQSsiquc01", "1", yuko), x.ask(t, "OQSsiquc01", "2", other))
}
