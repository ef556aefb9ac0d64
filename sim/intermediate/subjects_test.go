package intermediate_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type subject struct {
	InstitutionSpecificCode string           `json:"institutionSpecificCode"`
	NonDisclosure           bool             `json:"nonDisclosure"`
	Inquiries               []map[string]any `json:"inquiries"`
}

// find is a caller's view of the person with an individual number.
func find(t *testing.T, s *server, token, individualNumber string) subject {
	t.Helper()
	return read[subject](t, s.ok(t, token, "POST", "/subjects", `{"individualNumber":"`+individualNumber+`"}`))
}

func (s *server) subject(t *testing.T, token, code string) subject {
	t.Helper()
	return read[subject](t, s.ok(t, token, "GET", "/subjects/"+code, ""))
}

// The code differs per organisation (機関別符号) and opens nothing for another.
func TestSubjectCodesDiffer(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	tokens := []string{tokenA, tokenB, welfare, pension}
	codes := map[string]bool{}
	for _, token := range tokens {
		found := find(t, s, token, ichiro)
		assert.Equal(t, found, s.subject(t, token, found.InstitutionSpecificCode))
		assert.False(t, found.NonDisclosure)
		assert.NotNil(t, found.Inquiries)
		codes[found.InstitutionSpecificCode] = true
		for _, other := range tokens {
			if other != token {
				refusal{"", other, "GET", "/subjects/" + found.InstitutionSpecificCode, "", 404, "SIM-INT-404", ""}.check(t, s)
			}
		}
	}
	assert.Len(t, codes, len(tokens))
	assert.NotEqual(t, find(t, s, welfare, ichiro).InstitutionSpecificCode, find(t, s, welfare, sachiko).InstitutionSpecificCode)
}

// The individual number may change; who had the code keeps it, and the old number is nobody's.
func TestSubjectAfterIndividualNumberChanged(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	before := find(t, s, welfare, ichiro)
	changed, err := s.world.ChangeIndividualNumber(t.Context(), ichiro)
	require.NoError(t, err)
	refusal{"", welfare, "POST", "/subjects", `{"individualNumber":"990000010015"}`, 404, "SIM-INT-404", ""}.check(t, s)
	assert.Equal(t, before, find(t, s, welfare, changed))
	assert.Equal(t, before, s.subject(t, welfare, before.InstitutionSpecificCode))
}

// P6-1: an inquirer sets its own flag; it is no other's, and none of the insurer's.
func TestSubjectFlag(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	code := find(t, s, welfare, ichiro).InstitutionSpecificCode
	set := read[subject](t, s.ok(t, welfare, "PATCH", "/subjects/"+code+"/flags", `{"nonDisclosure":true}`))
	assert.True(t, set.NonDisclosure)
	assert.Equal(t, code, set.InstitutionSpecificCode)
	assert.Equal(t, set, s.subject(t, welfare, code))
	for _, other := range []string{pension, tokenA, tokenB} {
		assert.False(t, find(t, s, other, ichiro).NonDisclosure, other)
	}
	assert.False(t, find(t, s, welfare, sachiko).NonDisclosure)
	assert.False(t, showFlags(t, s, tokenA, "a-ichiro").NonDisclosure)

	lifted := read[subject](t, s.ok(t, welfare, "PATCH", "/subjects/"+code+"/flags", `{"nonDisclosure":false}`))
	assert.False(t, lifted.NonDisclosure)
}

// An agency's flag is not that of an insurer whose number happens to be the agency's code.
func TestSubjectFlagIsAnInquirers(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	code := find(t, s, pension, ichiro).InstitutionSpecificCode
	s.ok(t, pension, "PATCH", "/subjects/"+code+"/flags", `{"nonDisclosure":true}`)
	assert.True(t, find(t, s, pension, ichiro).NonDisclosure)
	assert.False(t, find(t, s, tokenA, ichiro).NonDisclosure)
}

// Neither side's view tells the flags that insurers set.
func TestSubjectTellsNoInsurersFlag(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	before := []subject{find(t, s, tokenA, ichiro), find(t, s, welfare, ichiro)}
	setFlags(t, s, tokenA, "a-ichiro", `"nonDisclosure":true,"selfInformationBlocked":true`)
	assert.Equal(t, before, []subject{find(t, s, tokenA, ichiro), find(t, s, welfare, ichiro)})
}

func TestSubjectRefusals(t *testing.T) {
	t.Parallel()
	checkRefusals(t, []refusal{
		{"nobody's number", welfare, "POST", "/subjects", `{"individualNumber":"990000990011"}`, 404, "SIM-INT-404", ""},
		{"short number", welfare, "POST", "/subjects", `{"individualNumber":"99"}`, 422, "SIM-REQ-422", "body.individualNumber"},
		{"no number", welfare, "POST", "/subjects", `{}`, 422, "SIM-REQ-422", "body.individualNumber"},
		{"unknown field", welfare, "POST", "/subjects", `{"individualNumber":"990000010015","name":"x"}`, 422, "SIM-REQ-422", "body.name"},
		{"no such code", welfare, "GET", "/subjects/00112233445566778899aabbccddeeff", "", 404, "SIM-INT-404", ""},
		{"no code at all", welfare, "GET", "/subjects/x", "", 404, "SIM-INT-404", ""},
		{"flag: no such code", welfare, "PATCH", "/subjects/x/flags", `{"nonDisclosure":true}`, 404, "SIM-INT-404", ""},
		{"flag: nothing", welfare, "PATCH", "/subjects/x/flags", `{}`, 422, "SIM-REQ-422", "body.nonDisclosure"},
		{"flag: null", welfare, "PATCH", "/subjects/x/flags", `{"nonDisclosure":null}`, 422, "SIM-REQ-422", "body.nonDisclosure"},
		{"flag: an inquirer has no other", welfare, "PATCH", "/subjects/x/flags", `{"nonDisclosure":true,"selfInformationBlocked":true}`, 422, "SIM-REQ-422", "body.selfInformationBlocked"},
	})
}
