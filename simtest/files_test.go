package simtest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs"
	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
	"onshisim/simtest"
)

// TestFiles is how a test of a receipt computer begins.
func TestFiles(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).NewWorld(t)
	dir := w.Files(t, "9919990011", func(c *oqs.Config) { c.Encoding = message.ShiftJIS })
	request := `<?xml version="1.0" encoding="UTF-8"?><XmlMsg><MessageHeader><QualificationConfirmationDate>20210401</QualificationConfirmationDate>` +
		`<MedicalInstitutionCode>9919990011</MedicalInstitutionCode></MessageHeader><MessageBody><QualificationConfirmSearchInfo>` +
		`<InsurerNumber>06990014</InsurerNumber><InsuredCardSymbol>1001</InsuredCardSymbol><InsuredIdentificationNumber>10001</InsuredIdentificationNumber>` +
		`<Birthdate>19800515</Birthdate><LimitApplicationCertificateRelatedConsFlg>0</LimitApplicationCertificateRelatedConsFlg>` +
		`</QualificationConfirmSearchInfo></MessageBody></XmlMsg>`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "req", "OQSsiquc01req_1.xml"), []byte(request), 0o600))
	var answer []byte
	require.Eventually(t, func() (there bool) {
		var err error
		answer, err = os.ReadFile(filepath.Join(dir, "res", "OQSsiquc01res_1.xml"))
		return err == nil
	}, time.Minute, time.Millisecond)
	assert.True(t, strings.HasPrefix(string(answer), `<?xml version="1.0" encoding="Shift_JIS"`))
	assert.Contains(t, string(answer), "<QualificationValidity>1</QualificationValidity>")

	card := world.PresentedCard{CardSerial: "card-ichiro-1", Verification: world.Verification{Method: world.VerifyPIN, PIN: "1101"}}
	file, _ := w.PresentCard(t, "9919990011", card)
	assert.FileExists(t, filepath.Join(dir, file))
	card.Verification.PIN = "0000"
	file, p := w.PresentCard(t, "9919990011", card)
	assert.Empty(t, file)
	assert.Equal(t, "SIM-CARD-PIN", p.Code)
}
