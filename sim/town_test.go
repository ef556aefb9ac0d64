package sim_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

const (
	hospital = "9919990011"
	clinic   = "9910020024"
)

// town is one world: kaede moved from insurer A to B, everything is registered, nothing flagged.
const town = `{"world": {
	"seed": 3, "now": "2021-04-01T09:00:00+09:00",
	"insurers": [{"insurerNumber": "06990014", "insurerName": "甲組合", "token": "A"}, {"insurerNumber": "990010", "insurerName": "乙市", "token": "B"}],
	"agencies": [{"agencyCode": "welfare", "token": "W"}, {"agencyCode": "pension", "token": "P"}],
	"institutions": [{"medicalInstitutionCode": "9919990011", "area": "仮想市", "token": "H"}, {"medicalInstitutionCode": "9910020024", "area": "避難町", "token": "C"}],
	"cardOffice": {"token": "O"},
	"persons": [
		{"id": "kaede", "individualNumber": "990000000019", "name": "見本　楓", "nameKana": "ミホン　カエデ", "birthdate": "1990-02-03",
		 "address": "架空県避難町七丁目7番7号", "postNumber": "000-0777",
		 "cards": [{"cardSerial": "card", "pin": "1234"}], "registeredCard": "card",
		 "members": [
			{"personalInsuredNumber": "A-1", "insurerNumber": "06990014", "insuredCardSymbol": "1", "insuredIdentificationNumber": "11", "qualificationDate": "2015-04-01", "disqualificationDate": "2020-04-01"},
			{"personalInsuredNumber": "B-1", "insurerNumber": "990010", "insuredCardSymbol": "2", "insuredIdentificationNumber": "22", "qualificationDate": "2020-04-01",
			 "limitApplicationCertificate": {"limitApplicationCertificateClassification": "01"}, "specificDiseasesCertificates": [{"specificDiseasesDiseaseCategory": "1"}]},
			{"personalInsuredNumber": "A-2", "insurerNumber": "06990014", "insuredCardSymbol": "3", "insuredIdentificationNumber": "33", "qualificationDate": "2022-04-01"}],
		 "medicines": [{"personalInsuredNumber": "B-1", "medicineName": "見本錠", "institutionName": "避難町クリニック"}],
		 "checkups": [{"personalInsuredNumber": "B-1", "date": "2020-10-10", "institutionName": "避難町クリニック", "medicalInstitutionCode": "9910020024"}]},
		{"id": "nobody", "cards": [{"cardSerial": "other", "pin": "5678"}]}]}}`

// client talks to a simulator of its own, in the world t.
type client struct {
	*testing.T
	scenario.Target
}

func inTown(t *testing.T) *client {
	t.Helper()
	c := &client{t, target(t)}
	c.send(http.MethodPut, c.ControlURL+"/worlds/t", "", town, http.StatusCreated)
	return c
}

// send sends a request, insists on the status, and gives the answer as text.
func (c *client) send(method, url, token, body string, status int) string {
	c.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, url, strings.NewReader(body))
	require.NoError(c, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := c.Client.Do(request)
	require.NoError(c, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(c, err)
	require.Equal(c, status, response.StatusCode, "%s %s: %s", method, url, text)
	return string(text)
}

func (c *client) get(path, token string) string {
	c.Helper()
	return c.send(http.MethodGet, c.PublicURL+"/w/t"+path, token, "", http.StatusOK)
}

func (c *client) post(path, token, body string) string {
	c.Helper()
	return c.send(http.MethodPost, c.PublicURL+"/w/t"+path, token, body, http.StatusOK)
}

func (c *client) control(method, path, body string) string {
	c.Helper()
	return c.send(method, c.ControlURL+"/worlds/t"+path, "", body, http.StatusOK)
}

// set sets or lifts a flag of a member; insurer is a token.
func (c *client) set(insurer, number, flag string) {
	c.Helper()
	c.send(http.MethodPatch, c.PublicURL+"/w/t/intermediate/members/"+number+"/flags", insurer, `{"appliedOn": "2021-04-01", "reason": "申請", `+flag+`}`, http.StatusOK)
}

func (c *client) logIn(card, pin string) (token string) {
	c.Helper()
	return field(c.T, c.send(http.MethodPost, c.PublicURL+"/w/t/mynaportal/sessions", "", `{"cardSerial": "`+card+`", "pin": "`+pin+`"}`, http.StatusCreated), "token")
}

func (c *client) readCard(verification, consents string) string {
	c.Helper()
	return c.post("/terminal/card-reads", "H", `{"cardSerial": "card", "verification": `+verification+`, "consents": `+consents+`}`)
}

func (c *client) checkCertificate(certificate string) string {
	c.Helper()
	return c.post("/terminal/certificate-checks", "H", `{"birthdate": "1990-02-03", `+certificate+`}`)
}

// field is a text field of an answer's top level.
func field(t *testing.T, answer, name string) string {
	t.Helper()
	var fields map[string]any
	require.NoError(t, json.Unmarshal([]byte(answer), &fields))
	text, _ := fields[name].(string)
	return text
}

const (
	byPIN        = `{"method": "pin", "pin": "1234"}`
	certificateA = `"insurerNumber": "06990014", "insuredCardSymbol": "1", "insuredIdentificationNumber": "11"`
	certificateB = `"insurerNumber": "990010", "insuredCardSymbol": "2", "insuredIdentificationNumber": "22"`
	address      = "架空県避難町七丁目7番7号"
)
