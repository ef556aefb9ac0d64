package intermediate_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/disclosure"
)

// flags is the answer of both flag operations, as api.md has it.
type flags struct {
	NonDisclosure          bool             `json:"nonDisclosure"`
	SelfInformationBlocked bool             `json:"selfInformationBlocked"`
	Items                  []map[string]any `json:"items"`
	History                []map[string]any `json:"history"`
}

func setFlags(t *testing.T, s *server, token, number, what string) flags {
	t.Helper()
	return read[flags](t, s.ok(t, token, "PATCH", "/members/"+number+"/flags", `{`+what+`,"appliedOn":"2021-03-31","reason":"本人の申出"}`))
}

func showFlags(t *testing.T, s *server, token, number string) flags {
	t.Helper()
	return read[flags](t, s.ok(t, token, "GET", "/members/"+number+"/flags", ""))
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

func TestNoFlagsAtFirst(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	assert.JSONEq(t, `{"nonDisclosure":false,"selfInformationBlocked":false,"items":[],"history":[]}`,
		s.ok(t, tokenA, "GET", "/members/a-ichiro/flags", ""))
}

// P15-1 in its order: both set, the self-information flag lifted, then the non-disclosure flag; each act is on record with
// date and reason (P15-3).
func TestFlagsThroughTheMeasures(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	const target = "/members/a-ichiro/flags"
	const (
		both = `{"at":"2021-04-01T09:00:00+09:00","appliedOn":"2021-03-31","reason":"避難","change":{"nonDisclosure":true,"selfInformationBlocked":true,"items":[]}}`
		self = `{"at":"2021-04-01T09:00:00+09:00","appliedOn":"2021-04-01","reason":"再交付","change":{"nonDisclosure":null,"selfInformationBlocked":false,"items":[]}}`
		last = `{"at":"2021-04-01T09:00:00+09:00","appliedOn":"2021-04-01","reason":"解消","change":{"nonDisclosure":false,"selfInformationBlocked":null,"items":[]}}`
	)
	assert.JSONEq(t, `{"nonDisclosure":true,"selfInformationBlocked":true,"items":[],"history":[`+both+`]}`,
		s.ok(t, tokenA, "PATCH", target, `{"nonDisclosure":true,"selfInformationBlocked":true,"appliedOn":"2021-03-31","reason":"避難"}`))
	assert.JSONEq(t, `{"nonDisclosure":true,"selfInformationBlocked":false,"items":[],"history":[`+both+`,`+self+`]}`,
		s.ok(t, tokenA, "PATCH", target, `{"selfInformationBlocked":false,"appliedOn":"2021-04-01","reason":"再交付"}`))
	end := `{"nonDisclosure":false,"selfInformationBlocked":false,"items":[],"history":[` + both + `,` + self + `,` + last + `]}`
	assert.JSONEq(t, end, s.ok(t, tokenA, "PATCH", target, `{"nonDisclosure":false,"appliedOn":"2021-04-01","reason":"解消"}`))
	assert.JSONEq(t, end, s.ok(t, tokenA, "GET", target, ""))
}

// QA-6: a flag is set per personal insured number, not per person.
func TestFlagsBelongToThePersonalInsuredNumber(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	setFlags(t, s, tokenA, "a-sachiko", `"nonDisclosure":true,"selfInformationBlocked":true`)
	at := showFlags(t, s, tokenB, "b-sachiko")
	assert.False(t, at.NonDisclosure)
	assert.False(t, at.SelfInformationBlocked)
	assert.Empty(t, at.History)
}

// P6-1, P6-6: flags of one specific personal information and of the branch number as a whole are set and lifted each by
// itself.
func TestFlagsOfItems(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	one := setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":true,"items":["benefits"]`)
	assert.False(t, one.NonDisclosure)
	assert.JSONEq(t, `[{"item":"benefits","nonDisclosure":true,"selfInformationBlocked":false}]`, jsonOf(t, one.Items))
	assert.JSONEq(t, `{"nonDisclosure":true,"selfInformationBlocked":null,"items":["benefits"]}`, jsonOf(t, one.History[0]["change"]))

	two := setFlags(t, s, tokenA, "a-ichiro", `"selfInformationBlocked":true,"items":["benefits","checkups"]`)
	const items = `[{"item":"benefits","nonDisclosure":true,"selfInformationBlocked":true},
		{"item":"checkups","nonDisclosure":false,"selfInformationBlocked":true}]`
	assert.JSONEq(t, items, jsonOf(t, two.Items))

	whole := setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":true`)
	assert.True(t, whole.NonDisclosure)
	assert.JSONEq(t, items, jsonOf(t, whole.Items), "the whole leaves the items")

	lifted := setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":false,"selfInformationBlocked":false,"items":["benefits","checkups"]`)
	assert.Empty(t, lifted.Items)
	assert.True(t, lifted.NonDisclosure, "the items leave the whole")
	assert.Len(t, lifted.History, 4)
}

// A flag takes effect at once and for that person alone: P12-4 no card, P12-5 no address.
func TestFlagsTakeEffect(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	outcome := func(id string, view disclosure.Information) disclosure.Outcome {
		p, known := s.world.Person(id)
		require.True(t, known)
		return s.world.Look(t.Context()).Decide(p, view, disclosure.Institution, 0)
	}
	setFlags(t, s, tokenA, "a-ichiro", `"selfInformationBlocked":true`)
	assert.Equal(t, disclosure.Withheld, outcome("ichiro", disclosure.CardEligibility))
	assert.Equal(t, disclosure.AddressHidden, outcome("ichiro", disclosure.CertificateEligibility))
	assert.Equal(t, disclosure.Provided, outcome("sachiko", disclosure.CardEligibility))
	setFlags(t, s, tokenA, "a-ichiro", `"selfInformationBlocked":false`)
	assert.Equal(t, disclosure.Provided, outcome("ichiro", disclosure.CardEligibility))
	assert.Equal(t, disclosure.Provided, outcome("ichiro", disclosure.CertificateEligibility))
}

func TestFlagRefusals(t *testing.T) {
	t.Parallel()
	const target, why = "/members/a-ichiro/flags", `"appliedOn":"2021-03-31","reason":"r"`
	long := strings.Repeat("あ", 501)
	checkRefusals(t, []refusal{
		{"show: another partition's", tokenB, "GET", target, "", 404, "SIM-INT-404", ""},
		{"another partition's", tokenB, "PATCH", target, `{"nonDisclosure":true,` + why + `}`, 404, "SIM-INT-404", ""},
		{"nobody's", tokenA, "PATCH", "/members/nobody/flags", `{"nonDisclosure":true,` + why + `}`, 404, "SIM-INT-404", ""},
		{"neither flag", tokenA, "PATCH", target, `{` + why + `}`, 422, "SIM-REQ-422", "body"},
		{"no date", tokenA, "PATCH", target, `{"nonDisclosure":true,"reason":"r"}`, 422, "SIM-REQ-422", "body.appliedOn"},
		{"no such day", tokenA, "PATCH", target, `{"nonDisclosure":true,"appliedOn":"2021-02-29","reason":"r"}`, 422, "SIM-REQ-422", "body.appliedOn"},
		{"no reason", tokenA, "PATCH", target, `{"nonDisclosure":true,"appliedOn":"2021-03-31"}`, 422, "SIM-REQ-422", "body.reason"},
		{"empty reason", tokenA, "PATCH", target, `{"nonDisclosure":true,"appliedOn":"2021-03-31","reason":""}`, 422, "SIM-REQ-422", "body.reason"},
		{"blank reason", tokenA, "PATCH", target, `{"nonDisclosure":true,"appliedOn":"2021-03-31","reason":" 　"}`, 422, "SIM-REQ-422", "body.reason"},
		{"long reason", tokenA, "PATCH", target, `{"nonDisclosure":true,"appliedOn":"2021-03-31","reason":"` + long + `"}`, 422, "SIM-REQ-422", "body.reason"},
		{"misspelt flag", tokenA, "PATCH", target, `{"nonDisclosed":true,` + why + `}`, 422, "SIM-REQ-422", "body.nonDisclosed"},
		{"no boolean", tokenA, "PATCH", target, `{"nonDisclosure":"1",` + why + `}`, 422, "SIM-REQ-422", "body.nonDisclosure"},
		{"no such item", tokenA, "PATCH", target, `{"nonDisclosure":true,"items":["medicines"],` + why + `}`, 422, "SIM-REQ-422", "body.items[0]"},
		{"an item twice", tokenA, "PATCH", target, `{"nonDisclosure":true,"items":["benefits","benefits"],` + why + `}`, 422, "SIM-REQ-422", "body.items"},
	})
}
