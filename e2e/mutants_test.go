package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// wrongPolicy is what `sim mutants --json` says of one.
type wrongPolicy struct{ Name, Rule, English, Japanese string }

func mutants(t *testing.T) (all []wrongPolicy) {
	t.Helper()
	e := run(t, "mutants", "--json")
	require.Equal(t, 0, e.status, e.stderr)
	require.NoError(t, json.Unmarshal([]byte(e.stdout), &all))
	require.NotEmpty(t, all)
	return all
}

func TestMutantsAreListedWithoutASimulator(t *testing.T) {
	t.Parallel()
	all := mutants(t)
	for locale, sentence := range map[string]func(wrongPolicy) string{
		"LANG=C":           func(m wrongPolicy) string { return m.English },
		"LANG=ja_JP.UTF-8": func(m wrongPolicy) string { return m.Japanese },
	} {
		e := runIn(t, locale, "mutants")
		assert.Equal(t, 0, e.status, e.stderr)
		lines := strings.Split(strings.TrimSuffix(e.stdout, "\n"), "\n")
		require.Len(t, lines, len(all)+1, "a heading, and a line for each")
		for i, m := range all {
			before, found := strings.CutSuffix(lines[i+1], sentence(m))
			require.True(t, found, lines[i+1])
			assert.Equal(t, []string{m.Name, m.Rule}, strings.Fields(before))
			assert.Len(t, before, strings.Index(lines[1], sentence(all[0])), "the sentences stand in one column")
		}
	}
}

// TestAWorldAnswersByEveryMutantThatIsListed: the list is that of the control plane, which takes each of its names.
func TestAWorldAnswersByEveryMutantThatIsListed(t *testing.T) {
	t.Parallel()
	s := serve(t)
	all := mutants(t)
	var served struct{ Mutants []wrongPolicy }
	require.NoError(t, json.Unmarshal([]byte(get(t, s.control+"/mutants").body), &served))
	assert.Equal(t, all, served.Mutants)
	for _, m := range all {
		set := must(t, request{method: http.MethodPut, url: s.control + "/worlds/default/mutant", body: fmt.Sprintf(`{"name":%q}`, m.Name)})
		assert.Equal(t, http.StatusOK, set.status, set.body)
	}
}
