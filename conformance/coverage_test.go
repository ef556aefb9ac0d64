package conformance_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"onshisim/sim/guidance"
)

// ruleID finds ids of rules; in a Go name the dash is an underscore.
var ruleID = regexp.MustCompile(`\b(?:P[0-9]+|QA)[-_][0-9a-z]+\b`)

// uncited are the ids that neither a scenario under fixtures/ nor a test of the module cites.
func uncited(module fs.FS, ids []string) ([]string, error) {
	cited := map[string]bool{}
	err := fs.WalkDir(module, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if name != "." && (strings.HasPrefix(entry.Name(), ".") || name == "sim/guidance" || name == "bin" || name == "out") {
				return fs.SkipDir
			}
			return nil
		case strings.HasPrefix(name, "fixtures/") && strings.HasSuffix(name, ".yaml"):
			return citedInScenario(module, name, cited)
		case strings.HasSuffix(name, "_test.go") && path.Base(name) != "coverage_test.go":
			return citedInTest(module, name, cited)
		}
		return nil
	})
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return cited[id] }), err
}

// citedInScenario takes the ids in every list of rules in a scenario.
func citedInScenario(module fs.FS, name string, cited map[string]bool) error {
	source, err := fs.ReadFile(module, name)
	if err != nil {
		return err
	}
	var scenario any
	if err := yaml.Unmarshal(source, &scenario); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	rulesIn(scenario, cited)
	return nil
}

func rulesIn(value any, cited map[string]bool) {
	switch value := value.(type) {
	case map[string]any:
		rules, _ := value["rules"].([]any)
		for _, rule := range rules {
			cited[fmt.Sprint(rule)] = true
		}
		for _, inner := range value {
			rulesIn(inner, cited)
		}
	case []any:
		for _, inner := range value {
			rulesIn(inner, cited)
		}
	}
}

// citedInTest takes the ids in a test file's texts and names; its comments examine nothing.
func citedInTest(module fs.FS, name string, cited map[string]bool) error {
	source, err := fs.ReadFile(module, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(node ast.Node) bool {
		words := ""
		switch node := node.(type) {
		case *ast.BasicLit:
			words = node.Value
		case *ast.Ident:
			words = strings.TrimPrefix(node.Name, "Test")
		}
		for _, id := range ruleID.FindAllString(words, -1) {
			cited[strings.Replace(id, "_", "-", 1)] = true
		}
		return true
	})
	return nil
}

func TestEveryRuleIsExamined(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, rule := range guidance.Rules() {
		ids = append(ids, rule.ID)
	}
	missing, err := uncited(os.DirFS(".."), ids)
	require.NoError(t, err)
	require.Empty(t, missing, "rules that no scenario and no test cites")
}

// TestUncited: the check above finds what is not cited, and is not content with a comment or with the catalogue itself.
func TestUncited(t *testing.T) {
	t.Parallel()
	module := fstest.MapFS{
		"fixtures/flows/p16.yaml":           {Data: []byte("title: P17-2\nrules: [P16-1]\nsteps:\n- rules:\n  - QA-2\n")},
		"sim/world/a_test.go":               {Data: []byte("package world\n\n// P12-1 is only in a comment.\nconst a = \"P13-6 and more\"\nfunc TestQA_1() {}\nfunc TestP8_1() {}\n")},
		"sim/world/a.go":                    {Data: []byte("package world\nconst a = \"P12-2\"\n")},
		"sim/guidance/guidance_test.go":     {Data: []byte("package guidance\nconst a = \"P12-3\"\n")},
		"conformance/coverage_test.go":      {Data: []byte("package conformance\nconst a = \"P12-4\"\n")},
		"fixtures/notes.md":                 {Data: []byte("rules: [P12-5]\n")},
		"conformance/more/table_p9_test.go": {Data: []byte("package conformance\nvar a = []string{`P12-e`}\n")},
	}
	missing, err := uncited(module, []string{
		"P16-1", "QA-2", "P13-6", "QA-1", "P8-1", "P12-e",
		"P17-2", "P12-1", "P12-2", "P12-3", "P12-4", "P12-5", "P99-9",
	})
	require.NoError(t, err)
	require.Equal(t, []string{"P17-2", "P12-1", "P12-2", "P12-3", "P12-4", "P12-5", "P99-9"}, missing)
}
