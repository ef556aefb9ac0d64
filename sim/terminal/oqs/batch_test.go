package oqs_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs"
)

// receive drops the first request of a batch and gives the number of its reception.
func (x *terminal) receive(t testing.TB, kind, suffix, request string) string {
	t.Helper()
	got := x.ask(t, kind, suffix, request)
	number := text(got, "ReceptionNumber")
	require.NotEmpty(t, number, got)
	assert.Equal(t, msg(elements("ProcessExecutionTime", "20210401090000", "MedicalInstitutionCode", hospital, "ArbitraryFileIdentifier", "client-1", "CharacterCodeIdentifier", "0"),
		elements("ReceptionNumber", number, "ReceptionDateTime", "20210401090000")), got)
	return number
}

// askFor is the request for the results of a batch.
func askFor(number string) string {
	return msg(elements("MedicalInstitutionCode", hospital), elements("ReceptionNumber", number))
}

// batchHead is the header of a batch's results.
func batchHead(number string, more ...string) string {
	return elements(append(append([]string{
		"ProcessExecutionTime", "20210401090000", "QualificationConfirmationDate", "20210401", "MedicalInstitutionCode", hospital,
		"ArbitraryFileIdentifier", "client-1", "ReceptionNumber", number,
	}, more...), "CharacterCodeIdentifier", "0")...)
}

// threePersons asks about one whose eligibility holds, one who is nobody, and one of whom too little is said.
var threePersons = msg(head("QualificationConfirmationDate", "20210401"),
	search("6601", "66010", "00", "19800101", "ArbitraryIdentifier", "a")+
		search("6601", "66010", "00", "19800102", "ArbitraryIdentifier", "b")+
		search("6601", "66010", "00", "", "ArbitraryIdentifier", "c"))

// TestBatchEligibility goes through the four legs, with one answer that it is still being processed.
func TestBatchEligibility(t *testing.T) {
	t.Parallel()
	x := start(t, func(c *oqs.Config) { c.Processing = 1 })
	number := x.receive(t, "OQSmuquc01", "1", threePersons)

	assert.Equal(t, msg(batchHead(number, "SegmentOfResult", "2"), ""), x.ask(t, "OQSmuquc02", "1", askFor(number)))

	got := x.ask(t, "OQSmuquc02", "2", askFor(number))
	assert.Contains(t, got, batchHead(number, "SegmentOfResult", "1", "NumberOfProcessingResult", "3", "NumberOfNormalProcessing", "2", "NumberOfError", "1"))
	assert.Regexp(t, `(?s)<BulkConfirmUnit>.*<ArbitraryIdentifier>a</.*<BulkConfirmUnit>.*<ArbitraryIdentifier>b</.*<BulkConfirmUnit>.*<ArbitraryIdentifier>c</`, got)
	assert.Contains(t, got, within("BulkConfirmUnit", search("6601", "66010", "00", "19800101", "ArbitraryIdentifier", "a"),
		elements("ProcessingResultStatus", "1", "QualificationValidity", "1"),
		within("ResultOfQualificationConfirmation", elements(
			"InsuredCardClassification", "01", "InsurerNumber", "06990014", "InsuredCardSymbol", "6601",
			"InsuredIdentificationNumber", "66010", "InsuredBranchNumber", "00", "PersonalFamilyClassification", "1",
			"InsuredName", "有効　優子", "Name", "有効　優子", "NameKana", "ﾕｳｺｳ ﾕｳｺ", "Sex1", "2", "Birthdate", "19800101",
			"Address", "架空県仮想市有効町一丁目1番61号", "PostNumber", "000-6601", "QualificationDate", "20150401",
			"InsuredPartialContributionRatio", "030", "InsurerName", "架空健康保険組合"))), "a batch has no list and no consents")
	assert.Contains(t, got, within("BulkConfirmUnit", search("6601", "66010", "00", "19800102", "ArbitraryIdentifier", "b"),
		elements("ProcessingResultStatus", "1", "QualificationValidity", "4")))
	assert.Contains(t, got, elements("ProcessingResultStatus", "2", "ProcessingResultCode", "SIM-OQS-FIELD", "ProcessingResultMessage", "Birthdate is missing."))
	assert.NotContains(t, got, "ResultList")
}

// TestBatchTellsWhatIsInForceNow: a flag that is set between reception and result hides the address (P12-5).
func TestBatchTellsWhatIsInForceNow(t *testing.T) {
	t.Parallel()
	x := start(t)
	number := x.receive(t, "OQSmuquc01", "1", threePersons)
	person, err := x.world.Person(t.Context(), "yuko")
	require.NoError(t, err)
	person.Members[0].Flags.NonDisclosure = true
	_, err = x.world.PutPerson(t.Context(), person)
	require.NoError(t, err)
	got := x.ask(t, "OQSmuquc02", "1", askFor(number))
	assert.Contains(t, got, "有効　優子")
	assert.NotContains(t, got, "Address")
}

// TestReceptionOutlivesTheProgram: what was received is answered after a restart.
func TestReceptionOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	s := newSimulator(t)
	s.makeWorld(t)
	x := &terminal{s, t.TempDir()}
	end := x.run(t)
	first, second := x.receive(t, "OQSmuquc01", "1", threePersons), x.receive(t, "OQSmuquc01", "2", threePersons)
	assert.NotEqual(t, first, second)
	end()
	x.run(t)
	assert.Equal(t, "3", text(x.ask(t, "OQSmuquc02", "1", askFor(first)), "NumberOfProcessingResult"))
}

func TestUnknownReception(t *testing.T) {
	t.Parallel()
	x := start(t)
	ofNumbers := x.receive(t, "OQSmuimm01", "1", msg(head(), registration("karte-1")))
	for suffix, number := range map[string]string{"none": "20210401090000999999", "odd": "../../etc/passwd", "other": ofNumbers} {
		got := x.ask(t, "OQSmuquc02", suffix, askFor(number))
		assert.Equal(t, "9", text(got, "SegmentOfResult"), suffix)
		assert.Equal(t, "SIM-OQS-RECEPTION", text(got, "ErrorCode"), suffix)
	}
	assert.Equal(t, "SIM-OQS-FIELD", text(x.ask(t, "OQSmuquc02", "empty", askFor("")), "ErrorCode"))
	assert.Equal(t, "SIM-OQS-FIELD", text(x.ask(t, "OQSmuquc01", "empty", msg(head("QualificationConfirmationDate", "20210401"), "")), "ErrorCode"))
}

// registration gives yuko the institution's number.
func registration(number string) string {
	return within("ReferenceNumberRegistrationInfo", elements("ReferenceNumber", number, "InsurerNumber", "06990014",
		"InsuredCardSymbol", "6601", "InsuredIdentificationNumber", "66010", "InsuredBranchNumber", "00"))
}

// nobody's number is registered for a certificate that nobody has.
var nobodysNumber = within("ReferenceNumberRegistrationInfo", elements("ReferenceNumber", "karte-9", "InsurerNumber", "06990014",
	"InsuredCardSymbol", "1", "InsuredIdentificationNumber", "1"))

// TestReferenceNumber comes back in later results of the institution, and in no other's.
func TestReferenceNumber(t *testing.T) {
	t.Parallel()
	x := start(t)
	got := x.ask(t, "OQSsiimm01", "1", msg(head(), registration("karte-1")))
	assert.Equal(t, "1", text(got, "SegmentOfResult"))
	assert.Contains(t, got, registration("karte-1")+elements("ProcessingResultStatus", "1"))
	assert.Equal(t, "karte-1", text(x.ask(t, "OQSsiquc01", "1", yuko), "ReferenceNumber"))

	pharmacy := &terminal{x.simulator, t.TempDir()}
	pharmacy.run(t, func(c *oqs.Config) {
		c.Institution, c.Desk = "9949990015", x.world.Terminal("9949990015")
	})
	theirs := pharmacy.ask(t, "OQSsiquc01", "1", msg(elements("QualificationConfirmationDate", "20210401", "MedicalInstitutionCode", "9949990015"), search("6601", "66010", "00", "19800101")))
	assert.Equal(t, "1", text(theirs, "QualificationValidity"))
	assert.NotContains(t, theirs, "ReferenceNumber")

	got = x.ask(t, "OQSsiimm01", "2", msg(head(), nobodysNumber))
	assert.Equal(t, "2", text(got, "ProcessingResultStatus"))
	assert.Equal(t, "SIM-OQS-PERSON", text(got, "ProcessingResultCode"))
}

func TestBatchOfReferenceNumbers(t *testing.T) {
	t.Parallel()
	x := start(t)
	number := x.receive(t, "OQSmuimm01", "1", msg(head(), registration("karte-2")+nobodysNumber))
	got := x.ask(t, "OQSmuimm02", "1", askFor(number))
	assert.Equal(t, "1", text(got, "SegmentOfResult"))
	assert.Contains(t, got, elements("NumberOfProcessingResult", "2", "NumberOfNormalProcessing", "1", "NumberOfError", "1"))
	assert.Contains(t, got, within("BulkRegistrationUnit", registration("karte-2"), elements("ProcessingResultStatus", "1")))
	assert.Contains(t, got, within("BulkRegistrationUnit", nobodysNumber, elements("ProcessingResultStatus", "2",
		"ProcessingResultCode", "SIM-OQS-PERSON", "ProcessingResultMessage", "No person, or more than one, has this certificate.")))
	assert.Equal(t, "karte-2", text(x.ask(t, "OQSsiquc01", "1", yuko), "ReferenceNumber"))
}
