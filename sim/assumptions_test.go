package sim_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The readings of docs/assumptions.md that no other package's test holds, through HTTP.

// A31
func TestAFlagForEligibilityAloneClosesTheCard(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	c.set("B", "B-1", `"selfInformationBlocked": true, "items": ["eligibility"]`)
	read := c.readCard(byPIN, `{"medicines": true}`)
	require.Equal(t, "4", field(t, read, "qualificationValidity"))
	require.Equal(t, `{"items":[]}`, strings.TrimSpace(c.get("/terminal/card-reads/"+field(t, read, "cardReadId")+"/medicines", "H")))
	session := c.logIn("card", "1234")
	require.Contains(t, c.get("/mynaportal/self-information", session), "回答なし")
	require.Contains(t, c.get("/mynaportal/medicines", session), "見本錠", "medicines in Mynaportal are another information")
}

// A36
func TestTheNewestCardReadAnswersForTheCertificate(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	asked := func(token string, status int) string {
		return c.send(http.MethodPost, c.PublicURL+"/w/t/terminal/medicines", token, `{`+certificateB+`}`, status)
	}
	require.Contains(t, asked("H", http.StatusForbidden), "SIM-TERM-CONSENT", "a certificate alone opens nothing")
	c.readCard(byPIN, `{"medicines": true}`)
	require.Contains(t, asked("H", http.StatusOK), "見本錠")
	c.readCard(byPIN, `{}`)
	require.Contains(t, asked("H", http.StatusForbidden), "SIM-TERM-CONSENT", "the patient answered anew")
}

// A29
func TestMynaportalDoesNotAskForRegistration(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	issued := c.send(http.MethodPost, c.PublicURL+"/w/t/jpki/cards/card/reissue", "O", "", http.StatusCreated)
	session := c.logIn(field(t, issued, "cardSerial"), field(t, issued, "pin"))
	require.Contains(t, c.get("/mynaportal/eligibility", session), "乙市")
}

// A4
func TestNonDisclosureOfAFutureMembershipCountsAtOnce(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	require.Contains(t, c.checkCertificate(certificateB), address)
	c.set("A", "A-2", `"nonDisclosure": true`)
	require.NotContains(t, c.checkCertificate(certificateB), address)
}

// A7
func TestMynaportalShowsNoAddress(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	shown := c.get("/mynaportal/eligibility", c.logIn("card", "1234"))
	require.Contains(t, shown, "乙市")
	for _, hidden := range []string{`"address"`, `"postNumber"`, address} {
		require.NotContains(t, shown, hidden)
	}
	require.Contains(t, c.readCard(byPIN, `{}`), address)
}

// A8
func TestTheCodeOutlivesTheFlag(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	inquire := func() string {
		code := field(t, c.post("/intermediate/subjects", "W", `{"individualNumber": "990000000019"}`), "institutionSpecificCode")
		return c.post("/intermediate/inquiries", "W", `{"institutionSpecificCode": "`+code+`", "providerInsurerNumber": "990010", "item": "benefits"}`)
	}
	session := c.logIn("card", "1234")
	records := func() int { return strings.Count(c.get("/mynaportal/exchange-records", session), "inquiredAt") }
	require.Equal(t, "0", field(t, inquire(), "nonDisclosureCode"))
	require.Equal(t, 1, records())
	c.set("B", "B-1", `"nonDisclosure": true`)
	require.Equal(t, 0, records(), "the flag hides older records while it is set")
	require.Equal(t, "1", field(t, inquire(), "nonDisclosureCode"))
	c.set("B", "B-1", `"nonDisclosure": false`)
	require.Equal(t, 1, records(), "the record with the code stays hidden")
}

// A9
func TestAnAgencysFlagHidesItsOwnRecords(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	code := func(agency string) string {
		return field(t, c.post("/intermediate/subjects", agency, `{"individualNumber": "990000000019"}`), "institutionSpecificCode")
	}
	for _, agency := range []string{"W", "P"} {
		c.post("/intermediate/inquiries", agency, `{"institutionSpecificCode": "`+code(agency)+`", "providerInsurerNumber": "990010", "item": "benefits"}`)
	}
	c.send(http.MethodPatch, c.PublicURL+"/w/t/intermediate/subjects/"+code("W")+"/flags", "W", `{"nonDisclosure": true}`, http.StatusOK)
	shown := c.get("/mynaportal/exchange-records", c.logIn("card", "1234"))
	require.Equal(t, 1, strings.Count(shown, "inquiredAt"))
	require.Contains(t, shown, "pension")
}

// A10
func TestAnInquiryCompletesWhereThereIsAMember(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	code := field(t, c.post("/intermediate/subjects", "W", `{"individualNumber": "990000000019"}`), "institutionSpecificCode")
	ask := func(code, provider string) string {
		return field(t, c.post("/intermediate/inquiries", "W", `{"institutionSpecificCode": "`+code+`", "providerInsurerNumber": "`+provider+`", "item": "eligibility"}`), "status")
	}
	require.Equal(t, "provided", ask(code, "06990014"), "a former member")
	other := field(t, c.control(http.MethodGet, "/persons/nobody", ""), "individualNumber")
	code = field(t, c.post("/intermediate/subjects", "W", `{"individualNumber": "`+other+`"}`), "institutionSpecificCode")
	require.Equal(t, "incomplete", ask(code, "06990014"))
}

// A11
func TestNobodyAnswersLooksLikeNoInsurer(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	for _, member := range [][2]string{{"A", "A-1"}, {"B", "B-1"}, {"A", "A-2"}} {
		c.set(member[0], member[1], `"selfInformationBlocked": true`)
	}
	flagged := c.get("/mynaportal/self-information", c.logIn("card", "1234"))
	require.Equal(t, 1, strings.Count(flagged, "回答なし"))
	require.Equal(t, c.get("/mynaportal/self-information", c.logIn("other", "5678")), flagged)
}

// A12
func TestMynaportalListsMembershipsThatHaveBegun(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	for _, path := range []string{"/mynaportal/eligibility", "/mynaportal/self-information"} {
		require.Equal(t, 2, strings.Count(c.get(path, c.logIn("card", "1234")), `"insurerNumber"`), path)
	}
	c.control(http.MethodPut, "/clock", `{"now": "2022-04-01T09:00:00+09:00"}`)
	require.Equal(t, 3, strings.Count(c.get("/mynaportal/eligibility", c.logIn("card", "1234")), `"insurerNumber"`))
}

// A13
func TestTheDayAskedAboutDoesNotChooseTheFlag(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	c.set("B", "B-1", `"selfInformationBlocked": true`)
	for _, day := range []string{"2019-04-01", "2021-03-31", "2021-04-01"} {
		require.NotContains(t, c.checkCertificate(certificateB+`, "qualificationConfirmationDate": "`+day+`"`), address)
		require.NotContains(t, c.checkCertificate(certificateA+`, "qualificationConfirmationDate": "`+day+`"`), address)
	}
	c.set("B", "B-1", `"selfInformationBlocked": false`)
	c.set("A", "A-2", `"selfInformationBlocked": true`) // begins on 2022-04-01
	refused := c.send(http.MethodPost, c.PublicURL+"/w/t/terminal/certificate-checks", "H",
		`{"birthdate": "1990-02-03", "insurerNumber": "06990014", "insuredCardSymbol": "3", "insuredIdentificationNumber": "33",
		  "qualificationConfirmationDate": "2022-04-01"}`, http.StatusUnprocessableEntity)
	require.NotContains(t, refused, address)
}

// A14
func TestAnEndedCertificateDoesNotShowTheNewInsurer(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	validity := func(certificate string) string {
		return field(t, c.checkCertificate(certificate), "qualificationValidity")
	}
	require.Equal(t, "3", validity(certificateA))
	require.NotContains(t, c.checkCertificate(certificateA), "乙市")
	require.Equal(t, "1", validity(certificateA+`, "qualificationConfirmationDate": "2019-04-01"`))
	require.Equal(t, "4", validity(certificateA+`, "qualificationConfirmationDate": "2014-04-01"`))
	require.Equal(t, "4", validity(`"insurerNumber": "06990014", "insuredCardSymbol": "3", "insuredIdentificationNumber": "33"`))
}

// A16
func TestACardReadOpensNoMoreThanItDid(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	medicines := func(read string) string {
		return c.get("/terminal/card-reads/"+field(t, read, "cardReadId")+"/medicines", "H")
	}
	opened := c.readCard(byPIN, `{"medicines": true}`)
	require.Contains(t, medicines(opened), "見本錠")
	c.set("B", "B-1", `"selfInformationBlocked": true`)
	require.Equal(t, `{"items":[]}`, strings.TrimSpace(medicines(opened)))
	withheld := c.readCard(byPIN, `{"medicines": true}`)
	c.set("B", "B-1", `"selfInformationBlocked": false`)
	require.Equal(t, `{"items":[]}`, strings.TrimSpace(medicines(withheld)))
	require.Contains(t, medicines(opened), "見本錠")
	c.set("B", "B-1", `"selfInformationBlocked": true, "items": ["eligibility"]`)
	require.Equal(t, `{"items":[]}`, strings.TrimSpace(medicines(opened)), "the card opens nothing now")
}

// A17
func TestStaffVerificationOpensOnlyWhatNoFlagWithholds(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	require.Contains(t, c.readCard(`{"method": "staff"}`, `{}`), address)
	c.set("B", "B-1", `"selfInformationBlocked": true`)
	require.NotContains(t, c.readCard(`{"method": "staff"}`, `{}`), address)
}

// A18
func TestCertificatesNeedConsentByCard(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	without := c.readCard(byPIN, `{}`)
	require.Contains(t, without, `"limitApplicationCertificate":null`)
	require.Contains(t, without, `"specificDiseasesCertificates":[]`)
	with := c.readCard(byPIN, `{"limitCertificate": true, "specificDiseases": true}`)
	require.Contains(t, with, `"limitApplicationCertificateClassification":"01"`)
	require.Contains(t, with, `"specificDiseasesDiseaseCategory":"1"`)
}

// A19
func TestTerminalsShowNoInstitutionsName(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	read := field(t, c.readCard(byPIN, `{"medicines": true, "checkups": true}`), "cardReadId")
	require.NotContains(t, c.get("/terminal/card-reads/"+read+"/medicines", "H"), "クリニック")
	checkups := c.get("/terminal/card-reads/"+read+"/checkups", "H")
	require.NotContains(t, checkups, "クリニック")
	require.Contains(t, checkups, clinic)
	require.Contains(t, c.get("/mynaportal/medicines", c.logIn("card", "1234")), "避難町クリニック")
}

// A23
func TestFlagsNeedDateAndReason(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	for _, body := range []string{
		`{"nonDisclosure": true}`, `{"nonDisclosure": true, "appliedOn": "2021-04-01"}`, `{"nonDisclosure": true, "reason": "申請"}`,
		`{"nonDisclosure": true, "appliedOn": "2021-04-01", "reason": " "}`, `{"nonDisclosure": true, "appliedOn": "2021-02-30", "reason": "申請"}`,
	} {
		c.send(http.MethodPatch, c.PublicURL+"/w/t/intermediate/members/B-1/flags", "B", body, http.StatusUnprocessableEntity)
	}
}

// A26
func TestAHiddenAddressStillMatches(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	c.control(http.MethodPut, "/mode", `{"mode": "disaster"}`)
	c.set("B", "B-1", `"nonDisclosure": true`)
	found := c.post("/disaster/searches", "H", `{"nameKana": "ﾐﾎﾝ ｶｴﾃﾞ", "birthdate": "1990-02-03", "address": "避難町"}`)
	require.Contains(t, found, "見本　楓")
	require.Contains(t, found, `"address":""`)
}

// A27
func TestDisasterScreensOpenWhereTheModeSays(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	opens := func(token string, status int) {
		t.Helper()
		c.send(http.MethodPost, c.PublicURL+"/w/t/disaster/searches", token, `{"name": "x", "birthdate": "1990-02-03", "address": "x"}`, status)
	}
	for _, mode := range []struct {
		body             string
		hospital, clinic int
	}{
		{`{"mode": "normal"}`, http.StatusForbidden, http.StatusForbidden},
		{`{"mode": "disaster"}`, http.StatusOK, http.StatusOK},
		{`{"mode": "disaster", "areas": ["避難町"]}`, http.StatusForbidden, http.StatusOK},
		{`{"mode": "failure"}`, http.StatusOK, http.StatusOK},
		{`{"mode": "failure", "institutions": ["` + hospital + `"]}`, http.StatusOK, http.StatusForbidden},
		{`{"mode": "failure", "systems": ["disaster"]}`, http.StatusServiceUnavailable, http.StatusServiceUnavailable},
	} {
		c.control(http.MethodPut, "/mode", mode.body)
		opens("H", mode.hospital)
		opens("C", mode.clinic)
	}
}

// A28
func TestAFormerIndividualNumberFindsNobody(t *testing.T) {
	t.Parallel()
	c := inTown(t)
	code := field(t, c.post("/intermediate/subjects", "W", `{"individualNumber": "990000000019"}`), "institutionSpecificCode")
	changed := field(t, c.post("/jpki/individual-numbers/990000000019/change", "O", ""), "individualNumber")
	c.send(http.MethodPost, c.PublicURL+"/w/t/intermediate/subjects", "W", `{"individualNumber": "990000000019"}`, http.StatusNotFound)
	require.Equal(t, code, field(t, c.post("/intermediate/subjects", "W", `{"individualNumber": "`+changed+`"}`), "institutionSpecificCode"))
}
