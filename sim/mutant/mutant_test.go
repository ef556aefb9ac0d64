package mutant_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/disclosure"
	"onshisim/sim/guidance"
	"onshisim/sim/mutant"
	"onshisim/sim/world"
)

func TestEveryMutantSaysWhatItBreaks(t *testing.T) {
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	seen := map[string]string{}
	for _, m := range mutant.All() {
		assert.Regexp(t, kebab, m.Name)
		_, known := guidance.Find(m.Rule)
		assert.True(t, known, "%s: the notice has no rule %s", m.Name, m.Rule)
		assert.True(t, strings.HasSuffix(m.English, "."), "%s: %s", m.Name, m.English)
		assert.True(t, strings.HasSuffix(m.Japanese, "。"), "%s: %s", m.Name, m.Japanese)
		for _, text := range []string{m.Name, m.English, m.Japanese} {
			assert.Empty(t, seen[text], "%s says what another says: %s", m.Name, text)
			seen[text] = m.Name
		}
	}
}

func TestMutantsStandInTheOrderOfTheRules(t *testing.T) {
	at := map[string]int{}
	for i, rule := range guidance.Rules() {
		at[rule.ID] = i
	}
	all := mutant.All()
	for i := 1; i < len(all); i++ {
		assert.LessOrEqual(t, at[all[i-1].Rule], at[all[i].Rule], all[i].Name)
	}
}

// withoutMutant are the rules that no mutant is said to break, and why.
var withoutMutant = map[string]string{
	"P3-2":  "what an institution does not have has no route, and no answer could show it",
	"P12-a": "a list of items: to leave one out is no policy",
	"P12-b": "a list of items: to leave one out is no policy",
	"P12-g": "a list of items: to leave one out is no policy",
	"P13-6": "that no flag is rewritten is a matter of events; its effect is that of flag-ends-with-membership",
	"P11-3": "a flag that was lifted leaves nothing behind by which registration could fail; while it is set, P13-4 has its mutants",
	"P15-2": "the same as P11-2",
	"P16-1": "a flow; each of its steps is another rule",
	"P17-1": "a flow; each of its steps is another rule",
	"P17-2": "the same as P12-4: card-closed-by-non-disclosure",
	"QA-1":  "the same as P12-4: card-despite-flag and card-closed-by-non-disclosure",
	"QA-2":  "the same as P12-4 and P12-5",
}

func TestEveryRuleHasAMutantOrAReason(t *testing.T) {
	broken := map[string]bool{}
	for _, m := range mutant.All() {
		broken[m.Rule] = true
	}
	for _, rule := range guidance.Rules() {
		assert.NotEqual(t, broken[rule.ID], withoutMutant[rule.ID] != "", "%s: either a mutant breaks it, or there is a reason why none does", rule.ID)
	}
}

func TestFind(t *testing.T) {
	for _, m := range mutant.All() {
		found, ok := mutant.Find(m.Name)
		require.True(t, ok)
		require.Equal(t, m, found)
	}
	for _, name := range []string{"", "Code-Not-Given", "code-not-given ", "none"} {
		_, ok := mutant.Find(name)
		require.False(t, ok, name)
	}
}

// TestEveryMutantIsOfOneKind: one that decides wrongly leaves answers as they are; one that shows wrongly decides rightly.
func TestEveryMutantIsOfOneKind(t *testing.T) {
	const answer = `{"as":"it is"}`
	deciding := map[string]bool{}
	for _, m := range disclosure.Mutants() {
		deciding[m.Name] = true
	}
	for _, m := range mutant.All() {
		require.Equal(t, deciding[m.Name], disclosure.PolicyOf(m.Name) != disclosure.Notice, m.Name)
		if deciding[m.Name] {
			require.Equal(t, answer, string(mutant.Rewrite(nil, world.Caller{}, m.Name, "terminal/read-card", nil, []byte(answer))), m.Name)
		}
	}
}
