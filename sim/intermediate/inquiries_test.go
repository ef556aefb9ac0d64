package intermediate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type inquiry struct {
	InquiryID         string       `json:"inquiryId"`
	InquiredAt        string       `json:"inquiredAt"`
	Status            string       `json:"status"`
	NonDisclosureCode string       `json:"nonDisclosureCode"`
	Information       *information `json:"information"`
}

type information struct {
	Item        string           `json:"item"`
	Eligibility map[string]any   `json:"eligibility"`
	Benefits    []map[string]any `json:"benefits"`
	Checkups    []map[string]any `json:"checkups"`
}

// ask inquires as an agency about a person.
func ask(t *testing.T, s *server, token, individualNumber, insurer, item string) (inquiry, string) {
	t.Helper()
	code := find(t, s, token, individualNumber).InstitutionSpecificCode
	body := s.ok(t, token, "POST", "/inquiries",
		`{"institutionSpecificCode":"`+code+`","providerInsurerNumber":"`+insurer+`","item":"`+item+`"}`)
	return read[inquiry](t, body), body
}

// P12-a: what is provided, and no address.
func TestInquireEligibility(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.ok(t, tokenA, "PUT", "/members/a-ichiro", `{"insuredCardSymbol":"1001","insuredIdentificationNumber":"10001","insuredBranchNumber":"01",
		"qualificationDate":"2015-04-01","disqualificationDate":"2021-12-31","insuredCardExpirationDate":"2022-03-31",
		"benefits":[{"benefitName":"高額療養費","paidOn":"2021-03-01","amount":12000}]}`)
	asked, body := ask(t, s, welfare, ichiro, insurerA, "eligibility")
	assert.Equal(t, "2021-04-01T09:00:00+09:00", asked.InquiredAt)
	assert.NotEmpty(t, asked.InquiryID)
	assert.Equal(t, "provided", asked.Status)
	assert.Equal(t, "0", asked.NonDisclosureCode)
	assert.JSONEq(t, `{"item":"eligibility","benefits":[],"checkups":[],"eligibility":{
		"insurerNumber":"06990014","insurerName":"架空健保","insuredCardSymbol":"1001","insuredIdentificationNumber":"10001",
		"insuredBranchNumber":"01","insuredCardExpirationDate":"2022-03-31",
		"qualificationDate":"2015-04-01","disqualificationDate":"2021-12-31"}}`, jsonOf(t, asked.Information))
	assert.NotContains(t, body, "標準町")
	assert.NotContains(t, body, "999-0101")
}

func TestInquireBenefits(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.ok(t, tokenA, "PUT", "/members/a-ichiro", `{"benefits":[{"benefitName":"高額療養費","paidOn":"2021-03-01","amount":12000}]}`)
	asked, _ := ask(t, s, welfare, ichiro, insurerA, "benefits")
	assert.JSONEq(t, `{"item":"benefits","eligibility":null,"checkups":[],
		"benefits":[{"benefitName":"高額療養費","paidOn":"2021-03-01","amount":12000}]}`, jsonOf(t, asked.Information))
}

// P3-6: checkups are held under the personal insured number, so A provides A's only; P12-f has no institution name.
func TestInquireCheckups(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for token, number := range map[string]string{tokenA: "a-sachiko", tokenB: "b-sachiko"} {
		putCheckup(t, s, token, number, "c-"+number)
	}
	asked, body := ask(t, s, welfare, sachiko, insurerA, "checkups")
	assert.JSONEq(t, `{"item":"checkups","eligibility":null,"benefits":[],"checkups":[{
		"checkupId":"c-a-sachiko","date":"2021-02-10","medicalInstitutionCode":"9910020032",
		"insurerNumber":"06990014","insuredIdentificationNumber":"30003","birthdate":"1975-03-03",
		"items":[{"code":"9N001000000000001","name":"身長","value":"158.4","unit":"cm"}]}]}`, jsonOf(t, asked.Information))
	assert.NotContains(t, body, "かくれ里")
}

// Nothing there to provide is still a provision.
func TestInquireNothingThere(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	asked, _ := ask(t, s, welfare, ichiro, insurerA, "checkups")
	assert.Equal(t, "provided", asked.Status)
	assert.JSONEq(t, `{"item":"checkups","eligibility":null,"benefits":[],"checkups":[]}`, jsonOf(t, asked.Information))
}

// An insurer that does not have the person, or not yet, provides nothing: the linkage does not complete (P6-5).
func TestInquireIncomplete(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for person, insurer := range map[string]string{ichiro: insurerB, sachiko: insurerC} {
		asked, _ := ask(t, s, welfare, person, insurer, "eligibility")
		assert.Equal(t, "incomplete", asked.Status)
		assert.Equal(t, "0", asked.NonDisclosureCode)
		assert.Nil(t, asked.Information)
	}
}

// P6-3: a provision to an inquirer answers whatever the two flags say. P6-2: the non-disclosure flag of either side, for
// the item or as a whole, puts the code on the record; the self-information flag does not (P6-8).
func TestInquireUnderFlags(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, flags, ownFlag, code string
	}{
		{"no flag", "", "", "0"},
		{"non-disclosure", `"nonDisclosure":true`, "", "1"},
		{"both", `"nonDisclosure":true,"selfInformationBlocked":true`, "", "1"},
		{"self-information", `"selfInformationBlocked":true`, "", "0"},
		{"non-disclosure of the item", `"nonDisclosure":true,"items":["eligibility"]`, "", "1"},
		{"non-disclosure of another item", `"nonDisclosure":true,"items":["benefits","checkups"]`, "", "0"},
		{"self-information of the item", `"selfInformationBlocked":true,"items":["eligibility"]`, "", "0"},
		{"the inquirer's own", "", `{"nonDisclosure":true}`, "1"},
		{"the inquirer's own, lifted", "", `{"nonDisclosure":false}`, "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			plain, _ := ask(t, s, pension, ichiro, insurerA, "eligibility")
			if tt.flags != "" {
				setFlags(t, s, tokenA, "a-ichiro", tt.flags)
			}
			if tt.ownFlag != "" {
				code := find(t, s, welfare, ichiro).InstitutionSpecificCode
				s.ok(t, welfare, "PATCH", "/subjects/"+code+"/flags", tt.ownFlag)
			}
			asked, _ := ask(t, s, welfare, ichiro, insurerA, "eligibility")
			assert.Equal(t, "provided", asked.Status)
			assert.Equal(t, tt.code, asked.NonDisclosureCode)
			assert.Equal(t, plain.Information, asked.Information, "the same information as without flags")
		})
	}
}

// QA-6: the flag belongs to one number; B's does not mark what A provides.
func TestInquireCodeIsTheProvidersOwn(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	setFlags(t, s, tokenB, "b-sachiko", `"nonDisclosure":true`)
	atA, _ := ask(t, s, welfare, sachiko, insurerA, "eligibility")
	atB, _ := ask(t, s, welfare, sachiko, insurerB, "eligibility")
	assert.Equal(t, "0", atA.NonDisclosureCode)
	assert.Equal(t, "1", atB.NonDisclosureCode)
}

// P6-2: the code belongs to the record; lifting the flag does not take it away, setting it adds none to older records.
func TestInquiriesKeepTheirCode(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	before, _ := ask(t, s, welfare, ichiro, insurerA, "eligibility")
	setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":true`)
	during, _ := ask(t, s, welfare, ichiro, insurerA, "benefits")
	setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":false`)

	seen := find(t, s, welfare, ichiro).Inquiries
	require.Len(t, seen, 2)
	assert.Equal(t, map[string]any{
		"inquiryId": before.InquiryID, "inquiredAt": "2021-04-01T09:00:00+09:00", "providerInsurerNumber": insurerA,
		"item": "eligibility", "status": "provided", "nonDisclosureCode": "0",
	}, seen[0])
	assert.Equal(t, map[string]any{
		"inquiryId": during.InquiryID, "inquiredAt": "2021-04-01T09:00:00+09:00", "providerInsurerNumber": insurerA,
		"item": "benefits", "status": "provided", "nonDisclosureCode": "1",
	}, seen[1])
	assert.NotEqual(t, before.InquiryID, during.InquiryID)
}

// Each side sees its own inquiries: an agency those it made, an insurer those it was asked.
func TestInquiriesOfEachSide(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	fromWelfare, _ := ask(t, s, welfare, sachiko, insurerA, "eligibility")
	fromPension, _ := ask(t, s, pension, sachiko, insurerB, "eligibility")
	unknown, _ := ask(t, s, pension, sachiko, insurerC, "eligibility")
	want := map[string][]string{
		welfare: {fromWelfare.InquiryID}, pension: {fromPension.InquiryID, unknown.InquiryID},
		tokenA: {fromWelfare.InquiryID}, tokenB: {fromPension.InquiryID}, tokenC: {unknown.InquiryID},
	}
	for token, ids := range want {
		seen := []string{}
		for _, i := range find(t, s, token, sachiko).Inquiries {
			seen = append(seen, i["inquiryId"].(string))
		}
		assert.Equal(t, ids, seen, token)
	}
}

func TestInquiryRefusals(t *testing.T) {
	t.Parallel()
	code := `"institutionSpecificCode":"` + find(t, newServer(t), welfare, ichiro).InstitutionSpecificCode + `"` // the same in every world of the seed
	const provider, item = `"providerInsurerNumber":"06990014"`, `"item":"benefits"`
	checkRefusals(t, []refusal{
		{"no such subject", welfare, "POST", "/inquiries", `{"institutionSpecificCode":"x",` + provider + `,` + item + `}`, 404, "SIM-INT-404", ""},
		{"another agency's code", pension, "POST", "/inquiries", `{` + code + `,` + provider + `,` + item + `}`, 404, "SIM-INT-404", ""},
		{"no code", welfare, "POST", "/inquiries", `{` + provider + `,` + item + `}`, 422, "SIM-REQ-422", "body.institutionSpecificCode"},
		{"no such insurer", welfare, "POST", "/inquiries", `{` + code + `,"providerInsurerNumber":"99999999",` + item + `}`, 422, "SIM-REQ-422", "body.providerInsurerNumber"},
		{"no insurer number", welfare, "POST", "/inquiries", `{` + code + `,"providerInsurerNumber":"1",` + item + `}`, 422, "SIM-REQ-422", "body.providerInsurerNumber"},
		{"no provider", welfare, "POST", "/inquiries", `{` + code + `,` + item + `}`, 422, "SIM-REQ-422", "body.providerInsurerNumber"},
		{"no such item", welfare, "POST", "/inquiries", `{` + code + `,` + provider + `,"item":"medicines"}`, 422, "SIM-REQ-422", "body.item"},
		{"no item", welfare, "POST", "/inquiries", `{` + code + `,` + provider + `}`, 422, "SIM-REQ-422", "body.item"},
		{"unknown field", welfare, "POST", "/inquiries", `{` + code + `,` + provider + `,` + item + `,"x":1}`, 422, "SIM-REQ-422", "body.x"},
	})
}
