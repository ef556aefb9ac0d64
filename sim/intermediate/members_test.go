package intermediate_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ichiroAtA is how A sees ichiro: every field of api.md is there, what is absent is empty, and no flag among them.
const ichiroAtA = `{
	"personalInsuredNumber": "a-ichiro", "individualNumber": "990000010015",
	"insuredCardClassification": "01", "insurerNumber": "06990014", "insurerName": "架空健保",
	"insuredCardSymbol": "1001", "insuredIdentificationNumber": "10001", "insuredBranchNumber": "01",
	"personalFamilyClassification": "1", "name": "標準　一郎", "nameKana": "ヒョウジュン　イチロウ", "sex1": "1",
	"birthdate": "1980-05-15", "address": "架空県仮想市標準町1番1号", "postNumber": "999-0101",
	"qualificationDate": "2015-04-01", "disqualificationDate": "", "insuredPartialContributionRatio": "030", "reasonOfLoss": "",
	"elderlyRecipientCertificate": null, "limitApplicationCertificate": null, "specificDiseasesCertificates": [],
	"insuredCardExpirationDate": "", "benefits": []
}`

func TestShowMember(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	assert.JSONEq(t, ichiroAtA, s.ok(t, tokenA, "GET", "/members/a-ichiro", ""))
}

// newcomer is all that an insurer can say of a member.
const newcomer = `"individualNumber": %q,
	"insuredCardClassification": "02", "insurerNumber": "990010", "insurerName": "仮想市国保",
	"insuredCardSymbol": "記", "insuredIdentificationNumber": "77", "insuredBranchNumber": "02",
	"personalFamilyClassification": "2", "name": "新規　人", "nameKana": "シンキ　ジン", "sex1": "2",
	"birthdate": "1947-01-02", "address": "架空県新規町9番9号", "postNumber": "999-0909",
	"qualificationDate": "2021-04-01", "disqualificationDate": "2021-12-31", "insuredPartialContributionRatio": "020", "reasonOfLoss": "99",
	"elderlyRecipientCertificate": {"elderlyRecipientCertificateDate": "2021-04-01", "elderlyRecipientValidStartDate": "2021-04-01",
		"elderlyRecipientValidEndDate": "2022-03-31", "elderlyRecipientContributionRatio": "020"},
	"limitApplicationCertificate": {"limitApplicationCertificateClassification": "01", "limitApplicationCertificateClassificationFlag": "B01",
		"limitApplicationCertificateDate": "2021-04-01", "limitApplicationCertificateValidStartDate": "2021-04-01",
		"limitApplicationCertificateValidEndDate": "2022-03-31", "limitApplicationCertificateLongTermDate": ""},
	"specificDiseasesCertificates": [{"specificDiseasesDiseaseCategory": "1", "specificDiseasesCertificateDate": "2021-04-01",
		"specificDiseasesValidStartDate": "2021-04-01", "specificDiseasesValidEndDate": "", "specificDiseasesSelfPay": "10000"}],
	"insuredCardExpirationDate": "2022-03-31", "benefits": [{"benefitName": "高額療養費", "paidOn": "2021-04-01", "amount": 12000}]`

func TestRegisterNewPerson(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	fields := fmt.Sprintf(newcomer, "990000990011")
	target := "/members/" + url.PathEscape("990010記7702")
	whole := `{"personalInsuredNumber": "990010記7702", ` + fields + `}`

	registered := s.send(tokenC, "PUT", target, "{"+fields+"}")
	require.Equal(t, http.StatusCreated, registered.status, registered.body)
	assert.JSONEq(t, whole, registered.body)
	assert.JSONEq(t, whole, s.ok(t, tokenC, "GET", target, ""))
	assert.JSONEq(t, whole, s.ok(t, tokenC, "PUT", target, "{"+fields+"}"), "200: it is there already")
}

// The individual number ties members of several insurers to one person: a name left out is the person's.
func TestRegisterKnownPerson(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	registered := s.send(tokenB, "PUT", "/members/b-ichiro", `{"individualNumber":"990000010015","insuredIdentificationNumber":"8"}`)
	require.Equal(t, http.StatusCreated, registered.status, registered.body)
	m := read[map[string]any](t, registered.body)
	assert.Equal(t, insurerB, m["insurerNumber"])
	assert.Equal(t, "架空協会", m["insurerName"])
	assert.Equal(t, "標準　一郎", m["name"])
	assert.Equal(t, "", m["address"], "the address that another insurer knows is not for this one")
	assert.Equal(t, "2021-04-01", m["qualificationDate"])

	p, known := s.world.PersonByIndividualNumber(ichiro)
	require.True(t, known)
	assert.Len(t, p.Members, 2)
	assert.JSONEq(t, ichiroAtA, s.ok(t, tokenA, "GET", "/members/a-ichiro", ""), "A's own is as it was")
}

func TestCorrectMember(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":true`)
	m := read[map[string]any](t, s.ok(t, tokenA, "PUT", "/members/a-ichiro",
		`{"address":"架空県新居町1番","qualificationDate":"2015-04-02","elderlyRecipientCertificate":null}`))
	assert.Equal(t, "架空県新居町1番", m["address"])
	assert.Equal(t, "2015-04-02", m["qualificationDate"])
	assert.Equal(t, ichiro, m["individualNumber"])
	assert.True(t, showFlags(t, s, tokenA, "a-ichiro").NonDisclosure, "a correction leaves the flags as they are")
}

// A changed individual number is still good to correct a member with, but not to register one.
func TestMembersAfterIndividualNumberChanged(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	changed, err := s.world.ChangeIndividualNumber(t.Context(), ichiro)
	require.NoError(t, err)
	corrected := s.ok(t, tokenA, "PUT", "/members/a-ichiro", `{"individualNumber":"990000010015"}`)
	assert.Equal(t, changed, read[map[string]any](t, corrected)["individualNumber"])
	refusal{"", tokenB, "PUT", "/members/b-new", `{"individualNumber":"990000010015"}`, 409, "SIM-INT-409", ""}.check(t, s)
}

func TestListMembers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	type page struct {
		Members []map[string]any `json:"members"`
		Next    string           `json:"next"`
	}
	numbers := func(p page) (n []any) {
		for _, m := range p.Members {
			n = append(n, m["personalInsuredNumber"])
		}
		return n
	}
	all := read[page](t, s.ok(t, tokenA, "GET", "/members", ""))
	assert.Equal(t, []any{"a-ichiro", "a-sachiko"}, numbers(all), "B's and C's are not among them")
	assert.Empty(t, all.Next)

	first := read[page](t, s.ok(t, tokenA, "GET", "/members?limit=1", ""))
	assert.Equal(t, []any{"a-ichiro"}, numbers(first))
	require.NotEmpty(t, first.Next)
	second := read[page](t, s.ok(t, tokenA, "GET", "/members?limit=1&cursor="+url.QueryEscape(first.Next), ""))
	assert.Equal(t, []any{"a-sachiko"}, numbers(second))
	assert.Empty(t, second.Next)

	assert.JSONEq(t, `{"members":[],"next":""}`, s.ok(t, tokenA, "GET", "/members?limit=1000&cursor=999", ""))
	assert.JSONEq(t, ichiroAtA, jsonOf(t, all.Members[0]))
}

func TestListMembersByHundreds(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for n := range 100 {
		body := fmt.Sprintf(`{"individualNumber":"99%010d","name":"架空　人","birthdate":"1990-01-01"}`, n)
		require.Equal(t, http.StatusCreated, s.send(tokenA, "PUT", fmt.Sprintf("/members/a-%d", n), body).status)
	}
	page := read[struct {
		Members []any  `json:"members"`
		Next    string `json:"next"`
	}](t, s.ok(t, tokenA, "GET", "/members", ""))
	assert.Len(t, page.Members, 100)
	assert.NotEmpty(t, page.Next)
}

func TestMemberRefusals(t *testing.T) {
	t.Parallel()
	const person = `"name":"架空　人","birthdate":"1990-01-01"`
	checkRefusals(t, []refusal{
		{"show: nobody's", tokenA, "GET", "/members/nobody", "", 404, "SIM-INT-404", ""},
		{"show: another partition's", tokenB, "GET", "/members/a-ichiro", "", 404, "SIM-INT-404", ""},
		{"put: another partition's", tokenB, "PUT", "/members/a-ichiro", `{"individualNumber":"990000010015"}`, 409, "SIM-INT-409", ""},
		{"put: another person", tokenA, "PUT", "/members/a-ichiro", `{"individualNumber":"990000020029"}`, 409, "SIM-INT-409", ""},
		{"put: new, no individual number", tokenA, "PUT", "/members/new", `{` + person + `}`, 422, "SIM-REQ-422", "body.individualNumber"},
		{"put: nobody's individual number, no name", tokenA, "PUT", "/members/new", `{"individualNumber":"990000990011"}`, 422, "SIM-REQ-422", "body.name"},
		{"put: short individual number", tokenA, "PUT", "/members/new", `{"individualNumber":"99",` + person + `}`, 422, "SIM-REQ-422", "body.individualNumber"},
		{"put: another insurer's number", tokenA, "PUT", "/members/a-ichiro", `{"insurerNumber":"01990019"}`, 422, "SIM-REQ-422", "body.insurerNumber"},
		{"put: no such day", tokenA, "PUT", "/members/a-ichiro", `{"qualificationDate":"2021-02-30"}`, 422, "SIM-REQ-422", "body.qualificationDate"},
		{"put: no such code", tokenA, "PUT", "/members/a-ichiro", `{"sex1":"9"}`, 422, "SIM-REQ-422", "body.sex1"},
		{"put: flags are set elsewhere", tokenA, "PUT", "/members/a-ichiro", `{"flags":{"nonDisclosure":true}}`, 422, "SIM-REQ-422", "body.flags"},
		{"put: misspelt", tokenA, "PUT", "/members/a-ichiro", `{"adress":"x"}`, 422, "SIM-REQ-422", "body.adress"},
		{"put: lost before acquired", tokenA, "PUT", "/members/a-ichiro", `{"qualificationDate":"2020-01-02","disqualificationDate":"2020-01-01"}`, 422, "SIM-REQ-422", "body.disqualificationDate"},
		{"put: not JSON", tokenA, "PUT", "/members/a-ichiro", `{`, 400, "SIM-REQ-400", "body"},
		{"list: no limit", tokenA, "GET", "/members?limit=0", "", 422, "SIM-REQ-422", "query.limit"},
		{"list: too many", tokenA, "GET", "/members?limit=1001", "", 422, "SIM-REQ-422", "query.limit"},
		{"list: bad cursor", tokenA, "GET", "/members?cursor=x", "", 422, "SIM-REQ-422", "query.cursor"},
		{"list: cursor before the first", tokenA, "GET", "/members?cursor=-1", "", 422, "SIM-REQ-422", "query.cursor"},
		{"list: misspelt", tokenA, "GET", "/members?limits=1", "", 422, "SIM-REQ-422", "query.limits"},
	})
}
