package oqs_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// script puts a fault of files in force that strikes once.
func (x *terminal) script(t testing.TB, message, file, delay string) {
	t.Helper()
	_, err := x.world.ScriptFault(t.Context(), world.Fault{System: "oqs", Operation: message, Count: 1, File: file, Delay: delay})
	require.NoError(t, err)
}

// long is longer than any test: what waits for it is ended by the terminal's end.
const long = "10m"

func TestProcessingAnswer(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.script(t, "OQSsiquc01", "processing", "")
	got := x.ask(t, "OQSsiquc01", "1", yuko)
	assert.Equal(t, "2", text(got, "SegmentOfResult"))
	assert.NotContains(t, got, "ResultList")
	assert.Equal(t, "1", text(x.ask(t, "OQSsiquc01", "2", yuko), "SegmentOfResult"))
}

func TestErrorFile(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.script(t, "OQSsiquc01", "error", "")
	got := x.refused(t, "OQSsiquc01req_1.xml", "OQSsiquc01err_1.xml", []byte(yuko))
	assert.Equal(t, "9", text(got, "SegmentOfResult"))
	assert.Equal(t, "SIM-OQS-FAULT", text(got, "ErrorCode"))
	x.gone(t, "OQSsiquc01req_1.xml")
	assert.NoFileExists(t, x.path("res", "OQSsiquc01res_1.xml"))
}

func TestEncodingFaults(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.script(t, "OQSsiquc01", "swappedEncoding", "")
	swapped := x.ask(t, "OQSsiquc01", "1", yuko)
	assert.Contains(t, swapped, `encoding="Shift_JIS"`)
	assert.Equal(t, "有効　優子", text(ofShiftJIS(t, swapped), "Name"))
	assert.Equal(t, "1", text(swapped, "CharacterCodeIdentifier"))

	x.script(t, "OQSsiquc01", "mislabelledEncoding", "")
	mislabelled := x.ask(t, "OQSsiquc01", "2", yuko)
	assert.Contains(t, mislabelled, `encoding="Shift_JIS"`)
	assert.Equal(t, "有効　優子", text(mislabelled, "Name"), "it is in UTF-8")
}

// TestPartialFile: half of it is there, until the fault's time is over or the terminal ends.
func TestPartialFile(t *testing.T) {
	t.Parallel()
	s := newSimulator(t)
	s.makeWorld(t)
	x := &terminal{s, t.TempDir()}
	end := x.run(t)
	whole := x.ask(t, "OQSsiquc01", "0", yuko)
	x.script(t, "OQSsiquc01", "partial", long)
	x.drop(t, "OQSsiquc01req_1.xml", []byte(yuko))
	half := ""
	require.Eventually(t, func() bool {
		data, err := os.ReadFile(x.path("res", "OQSsiquc01res_1.xml"))
		half = string(data)
		return err == nil && half != ""
	}, eventually, tick)
	assert.True(t, strings.HasPrefix(whole, half))
	assert.Less(t, len(half), len(whole))
	end()
	assert.Equal(t, whole, x.await(t, "res", "OQSsiquc01res_1.xml"))
	assert.NoFileExists(t, x.path("req", "OQSsiquc01req_1.xml"), "or the next start answers it again")
}

// TestLockedFile: it is there, and can't be opened, until the fault's time is over or the terminal ends.
func TestLockedFile(t *testing.T) {
	t.Parallel()
	s := newSimulator(t)
	s.makeWorld(t)
	x := &terminal{s, t.TempDir()}
	end := x.run(t)
	x.script(t, "OQSsiquc01", "locked", long)
	x.drop(t, "OQSsiquc01req_1.xml", []byte(yuko))
	path := x.path("res", "OQSsiquc01res_1.xml")
	require.Eventually(t, func() bool {
		info, err := os.Stat(path)
		return err == nil && info.Size() > 0
	}, eventually, tick)
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Zero(t, info.Mode().Perm(), "an administrator could read it all the same")
	end()
	assert.Contains(t, x.await(t, "res", "OQSsiquc01res_1.xml"), "有効　優子")
	assert.NoFileExists(t, x.path("req", "OQSsiquc01req_1.xml"), "or the next start answers it again")
}

// TestLateAnswers: others are answered meanwhile, however many are late.
func TestLateAnswers(t *testing.T) {
	t.Parallel()
	x := start(t)
	const late = 20
	_, err := x.world.ScriptFault(t.Context(), world.Fault{System: "oqs", Operation: "OQSsiquc01", Count: late, Delay: long})
	require.NoError(t, err)
	for i := range late {
		x.drop(t, fmt.Sprintf("OQSsiquc01req_late%d.xml", i), []byte(yuko))
	}
	require.Eventually(t, func() bool {
		faults, err := x.world.Faults(t.Context())
		return err == nil && faults[0].Struck == late
	}, eventually, tick)
	x.ask(t, "OQSsiquc01", "next", yuko)
	assert.NoFileExists(t, x.path("res", "OQSsiquc01res_late0.xml"))
	assert.FileExists(t, x.path("req", "OQSsiquc01req_late0.xml"))
}

// TestPretendedEligibility: a client meets every 資格有効性 with its own data, and nothing is made of nothing.
func TestPretendedEligibility(t *testing.T) {
	t.Parallel()
	x := start(t)
	nobody := eligibility("6601", "66010", "00", "19800102")
	for fault, want := range map[string]struct{ validity, has, ofNobody string }{
		"expired":        {"2", elements("DisqualificationDate", "20210401"), "4"},
		"newer":          {"3", elements("ReasonOfLoss", "03"), "4"},
		"severalMatches": {"5", "", "5"},
		"severalResults": {"1", "</ResultOfQualificationConfirmation><ResultOfQualificationConfirmation>", "4"},
	} {
		x.script(t, "OQSsiquc01", fault, "")
		got := x.ask(t, "OQSsiquc01", fault, yuko)
		assert.Equal(t, want.validity, text(got, "QualificationValidity"), fault)
		assert.Contains(t, got, want.has, fault)
		assert.Equal(t, fault == "severalMatches", !strings.Contains(got, "ResultList"), fault)
		x.script(t, "OQSsiquc01", fault, "")
		got = x.ask(t, "OQSsiquc01", fault+"_nobody", nobody)
		assert.Equal(t, want.ofNobody, text(got, "QualificationValidity"), fault)
		assert.NotContains(t, got, "ResultList", fault)
	}
	x.script(t, "face", "newer", "")
	assert.Equal(t, "3", text(x.await(t, "face", x.present(t, "card-yuko-1", "6601").File), "QualificationValidity"))
}

// TestFaceFileMeetsFaults as answers do.
func TestFaceFileMeetsFaults(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.script(t, "face", "swappedEncoding", "")
	got := x.await(t, "face", x.present(t, "card-yuko-1", "6601").File)
	assert.Equal(t, "有効　優子", text(ofShiftJIS(t, got), "Name"))
}

// TestNationalSystemFails: its own faults come through to the file.
func TestNationalSystemFails(t *testing.T) {
	t.Parallel()
	x := start(t)
	for suffix, fault := range map[string]world.Fault{
		"status":  {System: "terminal", Operation: "check-certificate", Count: 1, Status: 503},
		"garbage": {System: "terminal", Operation: "check-certificate", Count: 1, Garbage: true},
	} {
		_, err := x.world.ScriptFault(t.Context(), fault)
		require.NoError(t, err)
		got := x.ask(t, "OQSsiquc01", suffix, yuko)
		assert.Equal(t, "9", text(got, "SegmentOfResult"), suffix)
		assert.NotEmpty(t, text(got, "ErrorCode"), suffix)
		require.NoError(t, x.world.ClearFaults(t.Context()))
	}
	_, err := x.world.ScriptFault(t.Context(), world.Fault{System: "terminal", Operation: "check-certificate", Count: 1, DropConnection: true})
	require.NoError(t, err)
	assert.Equal(t, "1", text(x.ask(t, "OQSsiquc01", "dropped", yuko), "QualificationValidity"), "the question is asked again")
}
