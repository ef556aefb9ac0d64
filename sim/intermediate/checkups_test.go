package intermediate_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const checkupFields = `"date":"2021-02-10","medicalInstitutionCode":"9910020032","institutionName":"かくれ里健診所",
	"items":[{"code":"9N001000000000001","name":"身長","value":"158.4","unit":"cm"}]`

func putCheckup(t *testing.T, s *server, token, number, id string) {
	t.Helper()
	entered := s.send(token, "PUT", "/members/"+number+"/checkups/"+id, `{`+checkupFields+`}`)
	require.Equal(t, http.StatusCreated, entered.status, entered.body)
	assert.JSONEq(t, `{"checkupId":"`+id+`","personalInsuredNumber":"`+number+`",`+checkupFields+`}`, entered.body)
}

func TestPutCheckup(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	putCheckup(t, s, tokenA, "a-ichiro", "first")
	putCheckup(t, s, tokenA, "a-ichiro", "second")
	corrected := s.ok(t, tokenA, "PUT", "/members/a-ichiro/checkups/first", `{"date":"2021-02-11","items":[]}`)
	assert.JSONEq(t, `{"checkupId":"first","personalInsuredNumber":"a-ichiro","date":"2021-02-11",
		"medicalInstitutionCode":"","institutionName":"","items":[]}`, corrected)

	p, known := s.world.PersonByIndividualNumber(ichiro)
	require.True(t, known)
	require.Len(t, p.Checkups(), 2)
	assert.Equal(t, "2021-02-11", p.Checkups()[0].Date)
	assert.Equal(t, "2021-02-10", p.Checkups()[1].Date)
}

// P3-6: the same id under another number is another checkup.
func TestCheckupsBelongToThePersonalInsuredNumber(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	putCheckup(t, s, tokenA, "a-sachiko", "same")
	putCheckup(t, s, tokenB, "b-sachiko", "same")
}

func TestCheckupRefusals(t *testing.T) {
	t.Parallel()
	const target = "/members/a-ichiro/checkups/1"
	checkRefusals(t, []refusal{
		{"another partition's", tokenB, "PUT", target, `{` + checkupFields + `}`, 404, "SIM-INT-404", ""},
		{"nobody's", tokenA, "PUT", "/members/nobody/checkups/1", `{` + checkupFields + `}`, 404, "SIM-INT-404", ""},
		{"no date", tokenA, "PUT", target, `{"items":[]}`, 422, "SIM-REQ-422", "body.date"},
		{"no such day", tokenA, "PUT", target, `{"date":"2021-02-29","items":[]}`, 422, "SIM-REQ-422", "body.date"},
		{"no items", tokenA, "PUT", target, `{"date":"2021-02-10"}`, 422, "SIM-REQ-422", "body.items"},
		{"null for items", tokenA, "PUT", target, `{"date":"2021-02-10","items":null}`, 422, "SIM-REQ-422", "body.items"},
		{"item without code", tokenA, "PUT", target, `{"date":"2021-02-10","items":[{"name":"身長"}]}`, 422, "SIM-REQ-422", "body.items[0].code"},
		{"no institution code", tokenA, "PUT", target, `{"date":"2021-02-10","medicalInstitutionCode":"99","items":[]}`, 422, "SIM-REQ-422", "body.medicalInstitutionCode"},
		{"unknown field", tokenA, "PUT", target, `{"date":"2021-02-10","items":[],"doctor":"x"}`, 422, "SIM-REQ-422", "body.doctor"},
	})
}
