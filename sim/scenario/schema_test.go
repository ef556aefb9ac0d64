package scenario

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheSchemaFileIsTheSchema(t *testing.T) {
	written, err := os.ReadFile("../../fixtures/scenario.schema.json")
	require.NoError(t, err)
	if string(written) != string(Schema()) {
		t.Error("fixtures/scenario.schema.json is not what Schema() gives: write it anew with `sim scenario schema`")
	}
}

func TestEveryActCanBeCalled(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range acts {
		for _, actor := range a.actors {
			_, known := roleOf(actor)
			assert.True(t, known, "%s: actor %s", a.name, actor)
			key := string(actor) + " " + a.name
			assert.False(t, seen[key], "%s stands twice", key)
			seen[key] = true
		}
		assert.NotEmpty(t, a.label, a.name)
		for _, found := range placeholder.FindAllString(a.path, -1) {
			name := strings.Trim(found, "{}")
			assert.True(t, name == "world" || a.places()[name] == inPath, "%s: nothing fills %s", a.name, found)
		}
		for name, place := range a.places() {
			assert.Contains(t, []string{inPath, inQuery, inBody, inPlayer}, place, "%s.%s", a.name, name)
		}
	}
}

func TestTextFieldsAreThoseThatAnswersHoldAsText(t *testing.T) {
	for _, name := range []string{"qualificationValidity", "insurerNumber", "insuredBranchNumber", "birthdate", "cardSerial", "pin"} {
		assert.True(t, slices.Contains(textFields(), name), name)
	}
	for _, name := range []string{"status", "totalCost", "amount", "seed", "nonDisclosure", "results"} {
		assert.False(t, slices.Contains(textFields(), name), name)
	}
}
