package oqs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// records is a request for the records of the holder of a certificate.
func records(symbol, number, branch string, body ...string) string {
	return msg(elements("MedicalInstitutionCode", hospital, "InsurerNumber", "06990014", "InsuranceCardSymbol", symbol,
		"InsuredPersonIdentificationNumber", number, "BranchNumber", branch, "ArbitraryFileIdentifier", "client-1"), elements(body...))
}

// TestMedicines: P12-7 and P12-e: what was dispensed by month and day, without who gave it, once the patient consented.
func TestMedicines(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.present(t, "card-yuko-1", "6601")
	want := msg(elements("ResultCode", "1")+within("QuaInf", elements("Name", "有効　優子", "Birth", "19800101", "AdmGendCode", "2")),
		within("MeTrMonthInf", elements("MeTrMonth", "202102"), within("DiDateInfs", within("DiDateInf", elements("DiDate", "20210203"),
			within("DrugInfs", within("DrugInf", elements("DrugC", "999000661", "DrugN", "架空去痰錠２５０ｍｇ"))))))+
			within("MeTrMonthInf", elements("MeTrMonth", "202103"), within("DiDateInfs", within("DiDateInf", elements("DiDate", "20210303"),
				within("DrugInfs", within("DrugInf", elements("DrugC", "999000662", "DrugN", "架空鎮咳錠１５ｍｇ")))))))
	assert.Equal(t, want, x.ask(t, "YZKsiquc01", "1", records("6601", "66010", "00", "FileCategory", "2")))

	for suffix, tt := range map[string]struct{ from, to, has, hasNot string }{
		"february": {"202102", "202102", "999000661", "999000662"},
		"march":    {"202103", "202112", "999000662", "999000661"},
		"days":     {"20210203", "20210302", "999000661", "999000662"},
	} {
		got := x.ask(t, "YZKsiquc01", suffix, records("6601", "66010", "00", "StartDate", tt.from, "EndDate", tt.to, "FileCategory", "2"))
		assert.Contains(t, got, tt.has, suffix)
		assert.NotContains(t, got, tt.hasNot, suffix)
	}
}

func TestCheckups(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.present(t, "card-yuko-1", "6601")
	want := msg(elements("ResultCode", "1")+within("QualificationsInfo", elements("Birthday", "19800101")),
		within("SpecificHealthCheckupInfo", elements("EffectiveTime", "20201012"), within("HealthCheckupResultAndQuestionInfos",
			within("HealthCheckupResultAndQuestionInfo", elements("ItemCode", "9N001000000000001", "ItemName", "身長", "DataType", "PQ", "DataValue", "161.2", "Unit", "cm")))))
	assert.Equal(t, want, x.ask(t, "TKKsiquc01", "1", records("6601", "66010", "00", "FileCategory", "2")))
}

// TestMedicinesOfAnUnknownDay: claims without a date are shown without one.
func TestMedicinesOfAnUnknownDay(t *testing.T) {
	t.Parallel()
	x := start(t)
	_, err := x.world.PutRecords(t.Context(), "yuko", world.Records{Medicines: []world.Medicine{{PersonalInsuredNumber: "0699001466016601000", MedicineName: "架空散"}}})
	require.NoError(t, err)
	x.present(t, "card-yuko-1", "6601")
	got := x.ask(t, "YZKsiquc01", "1", records("6601", "66010", "00", "FileCategory", "2"))
	assert.Contains(t, got, within("MeTrMonthInf", within("DiDateInfs", within("DiDateInf", within("DrugInfs", within("DrugInf", elements("DrugN", "架空散")))))))
}

// TestRecordsAsPDF: FileCategory 1.
func TestRecordsAsPDF(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.present(t, "card-yuko-1", "6601")
	for _, kind := range []string{"YZKsiquc01", "TKKsiquc01"} {
		x.drop(t, kind+"req_1.xml", []byte(records("6601", "66010", "00", "FileCategory", "1")))
		got := x.await(t, "res", kind+"res_1.pdf")
		assert.True(t, strings.HasPrefix(got, "%PDF-"), kind)
	}
}

// TestRecordsNeedConsent: P3-4: given at this institution's reader within 24 hours.
func TestRecordsNeedConsent(t *testing.T) {
	t.Parallel()
	x := start(t)
	for _, kind := range []string{"YZKsiquc01", "TKKsiquc01"} {
		for suffix, category := range map[string]string{"pdf": "1", "xml": "2"} {
			got := x.ask(t, kind, suffix, records("6601", "66010", "00", "FileCategory", category))
			assert.Equal(t, "SIM-TERM-CONSENT", text(got, "ResultCode"), kind)
			assert.NotEmpty(t, text(got, "MessageContents"), kind)
		}
	}
	x.present(t, "card-yuko-1", "6601")
	assert.Equal(t, "1", text(x.ask(t, "YZKsiquc01", "now", records("6601", "66010", "00", "FileCategory", "2")), "ResultCode"))
	_, err := x.world.Advance(t.Context(), 24*time.Hour)
	require.NoError(t, err)
	assert.Equal(t, "SIM-TERM-CONSENT", text(x.ask(t, "YZKsiquc01", "later", records("6601", "66010", "00", "FileCategory", "2")), "ResultCode"))
}

// TestWithheldRecordsAreNone: P12-7, P12-8 and QA-3.
func TestWithheldRecordsAreNone(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.present(t, "card-maboroshi-1", "6608")
	for _, kind := range []string{"YZKsiquc01", "TKKsiquc01"} {
		got := x.ask(t, kind, "1", records("6608", "66080", "00", "FileCategory", "2"))
		assert.Equal(t, msg(elements("ResultCode", "1"), ""), got, kind)
	}
}

func TestMistakesInARequestForRecords(t *testing.T) {
	t.Parallel()
	x := start(t)
	got := x.ask(t, "YZKsiquc01", "1", records("6601", "66010", "00", "StartDate", "202113", "FileCategory", "3"))
	assert.Equal(t, "SIM-OQS-FIELD", text(got, "ResultCode"))
	assert.Contains(t, text(got, "MessageContents"), "StartDate has to be a month as yyyyMM or a day as yyyyMMdd")
	assert.Contains(t, text(got, "MessageContents"), "FileCategory has to be 1 or 2")
}
