package intermediate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// Every operation, with who may call it.
var operations = []struct {
	method, target, body string
	insurers, agencies   bool
}{
	{"PUT", "/members/a-ichiro", `{}`, true, false},
	{"GET", "/members", "", true, false},
	{"GET", "/members/a-ichiro", "", true, false},
	{"PATCH", "/members/a-ichiro/flags", `{"nonDisclosure":true,"appliedOn":"2021-04-01","reason":"r"}`, true, false},
	{"GET", "/members/a-ichiro/flags", "", true, false},
	{"PUT", "/members/a-ichiro/checkups/1", `{"date":"2021-04-01","items":[]}`, true, false},
	{"POST", "/subjects", `{"individualNumber":"990000010015"}`, true, true},
	{"GET", "/subjects/0123", "", true, true},
	{"PATCH", "/subjects/0123/flags", `{"nonDisclosure":true}`, false, true},
	{"POST", "/inquiries", `{"institutionSpecificCode":"0123","providerInsurerNumber":"06990014","item":"benefits"}`, false, true},
}

func TestWhoMayCall(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for _, op := range operations {
		t.Run(op.method+" "+op.target, func(t *testing.T) {
			t.Parallel()
			for _, token := range []string{"", "insurer-z-token"} {
				refusal{"", token, op.method, op.target, op.body, 401, "SIM-AUTH-401", ""}.check(t, s)
			}
			for token, admitted := range map[string]bool{tokenA: op.insurers, welfare: op.agencies, hospital: false} {
				if admitted {
					assert.NotContains(t, []int{401, 403}, s.send(token, op.method, op.target, op.body).status, token)
				} else {
					refusal{"", token, op.method, op.target, op.body, 403, "SIM-AUTH-403", ""}.check(t, s)
				}
			}
		})
	}
}

func TestTokenOfOneWorldOpensNoOther(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	_, err := s.worlds.Create(t.Context(), "other", &world.Document{Insurers: []world.Insurer{{InsurerNumber: insurerA, Token: "other-token"}}})
	require.NoError(t, err)
	refusal{"", "other-token", "GET", "/members", "", 401, "SIM-AUTH-401", ""}.check(t, s)
	s.prefix = "/w/other"
	refusal{"", tokenA, "GET", "/members", "", 401, "SIM-AUTH-401", ""}.check(t, s)
	assert.JSONEq(t, `{"members":[],"next":""}`, s.ok(t, "other-token", "GET", "/members", ""))
}

func TestDownInFailureMode(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	require.NoError(t, s.world.SetMode(t.Context(), world.Mode{Mode: world.ModeFailure, Systems: []string{"intermediate"}}))
	refusal{"", tokenA, "GET", "/members", "", 503, "SIM-SYS-503", ""}.check(t, s)
}

// The document that users get must tell that a PUT answers 201 or 200.
func TestPutDocumentsBothStatuses(t *testing.T) {
	t.Parallel()
	paths := newServer(t).API.OpenAPI().Paths
	for _, path := range []string{"/members/{personalInsuredNumber}", "/members/{personalInsuredNumber}/checkups/{id}"} {
		put := paths["/intermediate"+path].Put
		assert.Len(t, put.RequestBody.Content, 1, "JSON, and not what is refused with 415")
		answers := put.Responses
		for _, status := range []string{"200", "201"} {
			require.Contains(t, answers, status)
			require.Contains(t, answers[status].Content, "application/json")
			assert.Contains(t, answers[status].Content["application/json"].Schema.Ref, "#/components/schemas/Intermediate")
		}
	}
}
