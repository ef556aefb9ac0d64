package oqs_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// present puts a card on the hospital's reader, with every consent, and waits until it was read.
func (x *terminal) present(t testing.TB, card, pin string) world.Presentation {
	t.Helper()
	reader := x.world.Terminal(hospital)
	p, err := reader.Present(t.Context(), world.PresentedCard{
		CardSerial: card, Verification: world.Verification{Method: world.VerifyPIN, PIN: pin},
		Consents: world.Consents{Checkups: true, Medicines: true, LimitCertificate: true, SpecificDiseases: true},
	})
	require.NoError(t, err)
	for p.Status == world.PresentationWaiting {
		p, err = reader.Presentation(t.Context(), p.ID, time.Second)
		require.NoError(t, err)
	}
	return p
}

// faces are the names of the files in face.
func (x *terminal) faces(t testing.TB) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(x.path("face"))
	require.NoError(t, err)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestCardOnTheReader(t *testing.T) {
	t.Parallel()
	x := start(t)
	p := x.present(t, "card-yuko-1", "6601")
	require.Equal(t, world.PresentationRead, p.Status)
	assert.Regexp(t, `^OQSsiquc01res_face_9919990011[0-9a-f]{20}_20210401090000\.xml$`, p.File)
	got := x.await(t, "face", p.File)
	assert.Contains(t, got, elements("ReferenceClassification", "1", "SegmentOfResult", "1"))
	assert.Contains(t, got, elements("ProcessingResultStatus", "1", "QualificationValidity", "1"))
	assert.Contains(t, got, elements("Name", "有効　優子", "NameKana", "ﾕｳｺｳ ﾕｳｺ"))
	assert.Contains(t, got, elements("LimitApplicationCertificateRelatedConsFlg", "1", "LimitApplicationCertificateRelatedConsTime", "20210401090000"))
	assert.Contains(t, got, within("SpecificDiseasesCertificateList", within("SpecificDiseasesCertificateInfo", elements(
		"SpecificDiseasesDiseaseCategory", "1", "SpecificDiseasesCertificateDate", "20180401", "SpecificDiseasesValidStartDate", "20180401", "SpecificDiseasesSelfPay", "10000"))))
	assert.Contains(t, got, elements(
		"SpecificHealthCheckupsInfoConsFlg", "1", "SpecificHealthCheckupsInfoConsTime", "20210401090000", "SpecificHealthCheckupsInfoAvailableTime", "20210402090000",
		"PharmacistsInfoConsFlg", "1", "PharmacistsInfoConsTime", "20210401090000", "PharmacistsInfoAvailableTime", "20210402090000"))
	assert.NotContains(t, got, "QualificationConfirmSearchInfo", "nobody searched")
}

func TestSeveralResultsByCard(t *testing.T) {
	t.Parallel()
	x := start(t)
	got := x.await(t, "face", x.present(t, "card-kasane-1", "6607").File)
	assert.Regexp(t, `<ResultOfQualificationConfirmation>.*39990015.*</ResultOfQualificationConfirmation><ResultOfQualificationConfirmation>.*  990010.*</ResultOfQualificationConfirmation></ResultList>`, got)
}

// TestWithheldCardReadIsThatOfNobody: P12-4, and QA-3: the file is that of a card that opens nothing.
func TestWithheldCardReadIsThatOfNobody(t *testing.T) {
	t.Parallel()
	x := start(t)
	got := x.await(t, "face", x.present(t, "card-maboroshi-1", "6608").File)
	assert.Equal(t, msg(elements("ProcessExecutionTime", "20210401090000", "QualificationConfirmationDate", "20210401",
		"MedicalInstitutionCode", hospital, "ReferenceClassification", "1", "SegmentOfResult", "1", "CharacterCodeIdentifier", "0"),
		elements("ProcessingResultStatus", "1", "QualificationValidity", "4")), got)
	assert.Equal(t, got, x.await(t, "face", x.present(t, "no-such-card", "0000").File))
}

// TestCardThatIsRefused: the reader says so (P8-2), and there is no file.
func TestCardThatIsRefused(t *testing.T) {
	t.Parallel()
	x := start(t)
	p := x.present(t, "card-yuko-1", "0000")
	assert.Equal(t, world.PresentationRefused, p.Status)
	assert.Equal(t, "SIM-CARD-PIN", p.Code)
	assert.Empty(t, x.faces(t))
}

// TestCardWaitsForTheTerminal: start order does not matter.
func TestCardWaitsForTheTerminal(t *testing.T) {
	t.Parallel()
	s := newSimulator(t)
	s.makeWorld(t)
	x := &terminal{s, t.TempDir()}
	p, err := s.world.Terminal(hospital).Present(t.Context(), world.PresentedCard{CardSerial: "card-yuko-1", Verification: world.Verification{Method: world.VerifyStaff}})
	require.NoError(t, err)
	require.Equal(t, world.PresentationWaiting, p.Status)
	x.run(t)
	p, err = s.world.Terminal(hospital).Presentation(t.Context(), p.ID, 5*time.Second)
	require.NoError(t, err)
	assert.Contains(t, x.await(t, "face", p.File), "有効　優子")
}
