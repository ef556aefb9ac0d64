package scenario_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

// beforeSteps is a world that is enough for a step.
const beforeSteps = `title: 題
rules: [QA-3]
world:
  insurers: [{insurerNumber: "06990014"}]
  institutions: [{medicalInstitutionCode: "9919990011"}]
  persons: [{id: hanako, cards: [{cardSerial: card-1, pin: "1234"}]}]
steps:
`

// step is one step after beforeSteps; its first line is line 8.
func step(lines ...string) string {
	return beforeSteps + "  - title: 何かする\n    " + strings.Join(lines, "\n    ") + "\n"
}

func TestEveryMistakeSaysWhereItIsAndWhatWasExpected(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"unknown key", "title: 題\nsumary: 略\nworld: {}\n", `x.yaml:2:1: sumary: there is no such key here; expected one of base, exercise, rules, steps, summary, title, world; did you mean "summary"?`},
		{"no title", "world: {}\n", `x.yaml:1:1: title: expected this key`},
		{"no world", "title: 題\n", `x.yaml:1:1: world: expected this key, or base, to take another scenario's`},
		{"world and base", "title: 題\nbase: base\nworld: {}\n", `x.yaml:3:8: world: a file with base takes that file's world; expected one of the two`},
		{"unknown base", "title: 題\nbase: bsae\n", `x.yaml:2:7: base: there is no such scenario; expected one of base; did you mean "base"?`},
		{"steps without rules", "title: 題\nworld: {}\nsteps: []\n", `x.yaml:1:1: rules: expected this key`},
		{"exercise without brief", "title: 題\nexercise: {}\nrules: []\nworld: {}\nsteps: []\n", `x.yaml:2:1: exercise.brief: expected this key`},
		{"exercise with nothing said", "title: 題\nexercise: {brief: \"\"}\nrules: []\nworld: {}\nsteps: []\n", `x.yaml:2:19: exercise.brief: the text is empty; expected some text`},
		{"exercise as text", "title: 題\nexercise: はい\nrules: []\nworld: {}\nsteps: []\n", `x.yaml:2:11: exercise: expected key: value lines, not text`},
		{"exercise misspelt within", "title: 題\nexercise: {breif: 略, brief: 略}\nrules: []\nworld: {}\nsteps: []\n", `x.yaml:2:12: exercise.breif: there is no such key here; expected one of brief; did you mean "brief"?`},
		{"exercise without steps", "title: 題\nexercise: {brief: 略}\nworld: {}\n", `x.yaml:1:1: steps: expected this key`},
		{"unknown rule", "title: 題\nworld: {}\nrules: [QA-33]\n", `x.yaml:3:9: rules[0]: "QA-33" is not known here; did you mean "QA-3"?`},

		{"number for text", "title: 題\nworld: {insurers: [{insurerNumber: 99990011}]}\n", `x.yaml:2:36: world.insurers[0].insurerNumber: expected text; write it in quotes: "99990011"`},
		{"leading zero", "title: 題\nworld: {persons: [{cards: [{pin: 0123}]}]}\n", `x.yaml:2:34: world.persons[0].cards[0].pin: 0123 is ambiguous; expected a plain number, or in quotes if it is a code: "0123"`},
		{"yes for true", "title: 題\nworld: {persons: [{members: [{flags: {nonDisclosure: yes}}]}]}\n", `x.yaml:2:54: world.persons[0].members[0].flags.nonDisclosure: expected true or false, without quotes, not "yes"`},
		{"text for list", "title: 題\nworld: {persons: hanako}\n", `x.yaml:2:18: world.persons: expected a list, not text`},
		{"wrong length", "title: 題\nworld: {insurers: [{insurerNumber: \"1\"}]}\n", `x.yaml:2:36: world.insurers[0].insurerNumber: "1" is not accepted; expected 6 or 8 digits`},
		{"name in a world", "title: 題\nworld: {cardOffice: {token: \"${x}\"}}\n", `x.yaml:2:29: world.cardOffice.token: a world can't use ${…}; expected the text itself`},

		{"unknown actor", step("actor: widnow", "act: readCard"), `x.yaml:9:12: steps[0].actor: "widnow" is not known here; expected one of insurer, agency, cardOffice, citizen, proxy, window, consultation, pharmacy, disaster, time, operator; did you mean "window"?`},
		{"unknown act", step("actor: window", `as: "9919990011"`, "act: readCrad"), `x.yaml:11:10: steps[0].act: "readCrad" is not known here; expected one of readCard, showMedicines, showCheckups, checkCertificate, putReferenceNumber; did you mean "readCard"?`},
		{"act of another actor", step("actor: time", "act: setMode"), `x.yaml:10:10: steps[0].act: "setMode" is not known here; expected one of setClock, advanceClock`},
		{"unknown parameter", step("actor: time", "act: setClock", "with: {nwo: 2021-04-01}"), `x.yaml:11:12: steps[0].with.nwo: there is no such key here; expected one of now; did you mean "now"?`},
		{"no parameters taken", step("actor: citizen", "as: card-1", "act: register", "with: {now: x}"), `x.yaml:12:11: steps[0].with: register has no parameters; expected no with here`},
		{"parameters missing", step("actor: cardOffice", "act: showCard"), `x.yaml:8:5: steps[0].with: expected this key`},
		{"parameter missing", step("actor: cardOffice", "act: showCard", "with: {}"), `x.yaml:11:5: steps[0].with.cardSerial: expected this key`},
		{"unknown item", step("actor: insurer", `as: "06990014"`, "act: setFlags", `with: {personalInsuredNumber: "1", items: [benefit]}`), `x.yaml:12:48: steps[0].with.items[0]: "benefit" is not known here; expected one of eligibility, benefits, checkups; did you mean "benefits"?`},
		{"as missing", step("actor: window", "act: readCard"), `x.yaml:8:5: steps[0].as: expected this key`},
		{"as not needed", step("actor: time", "as: x", "act: setClock"), `x.yaml:10:9: steps[0].as: there is one time in a world; expected no as here`},
		{"as a number", step("actor: window", "as: 9919990011", "act: readCard"), `x.yaml:10:9: steps[0].as: expected text; write it in quotes: "9919990011"`},
		{"as unknown", step("actor: window", `as: "9919990012"`, "act: readCard"), `x.yaml:10:9: steps[0].as: the world has no window with medicalInstitutionCode "9919990012"; expected one of 9919990011; did you mean "9919990011"?`},
		{"as an unknown card", step("actor: citizen", "as: card-2", "act: logIn"), `x.yaml:10:9: steps[0].as: the world has no citizen with cardSerial "card-2"; expected one of card-1; did you mean "card-1"?`},

		{"never saved", step("actor: citizen", "as: ${newCard}", "act: logIn"), `x.yaml:10:9: steps[0].as: ${newCard} was not saved by a step before; none is known here`},
		{"saved only now", step("actor: citizen", "as: card-1", "act: logIn", `with: {pin: "${pin}"}`, "save: {pin: token}"), `x.yaml:12:17: steps[0].with.pin: ${pin} was not saved by a step before; none is known here`},
		{"no name", step("actor: citizen", "as: card-1", "act: logIn", `with: {pin: "${p n}"}`), `x.yaml:12:17: steps[0].with.pin: ${p n} is no name; expected ${name}, of letters and digits`},
		{"name not in quotes", step("actor: citizen", "as: card-1", "act: logIn", `with: {pin: ${pin}}`), `x.yaml:12:18: this is not YAML: ',' or '}' must be specified; a ${name} inside {…} or […] must stand in quotes: "${name}"`},
		{"bad name to save", step("actor: citizen", "as: card-1", "act: logIn", `save: {"new card": cardSerial}`), `x.yaml:12:12: steps[0].save.new card: "new card" is not accepted; expected a name of letters and digits`},

		{"code as a number", step("actor: window", `as: "9919990011"`, "act: readCard", "sees: {results: [{insuredBranchNumber: 1}]}"), `x.yaml:12:44: steps[0].sees.results[0].insuredBranchNumber: answers have text here; write it in quotes: "1"`},
		{"code without status", step("actor: window", `as: "9919990011"`, "act: readCard", "sees: {code: SIM-X}"), `x.yaml:12:12: steps[0].sees.code: expected status beside it, as in status: 403`},
		{"status as text", step("actor: window", `as: "9919990011"`, "act: readCard", `sees: {status: "403"}`), `x.yaml:12:20: steps[0].sees.status: "403" is not accepted; expected an HTTP status, without quotes, or the answer's own word`},
		{"hides no list", step("actor: window", `as: "9919990011"`, "act: readCard", "hides: 避難町"), `x.yaml:12:12: steps[0].hides: expected a list, not text`},
		{"hides nothing", step("actor: window", `as: "9919990011"`, "act: readCard", `hides: [""]`), `x.yaml:12:13: steps[0].hides[0]: the text is empty; expected some text`},

		{"empty", "# nothing\n", `x.yaml:1:1: the file is empty; expected a scenario, which begins with title:`},
		{"no mapping", "- title: 題\n", `x.yaml:1:1: expected key: value lines, not a list`},
		{"key twice", "title: 題\nworld: {}\ntitle: 題\n", `x.yaml:3:1: title: the key stands twice, first in line 1; expected once`},
		{"tab", "title: 題\nworld:\n\tseed: 1\n", `x.yaml:3:1: this is not YAML: a tab; expected spaces, which is what YAML indents with`},
		{"colon", "title: 題: 問\nworld: {}\n", `x.yaml:1:8: this is not YAML: mapping value is not allowed in this context; a text with ": " in it must stand in quotes, and keys of one mapping must begin in the same column`},
		{"two documents", "title: 題\nworld: {}\n---\ntitle: 題\n", `x.yaml:4:6: a second document begins here; expected one scenario per file`},
		{"unknown alias", "title: *t\nworld: {}\n", `x.yaml:1:8: title: *t names no anchor above it; expected &t at an earlier value, or the text in quotes`},
		{"merge key", "title: 題\nworld: {<<: {seed: 1}}\n", `x.yaml:2:9: world: "<<" is not used in scenario files; expected plain key: value lines`},
		{"tag", "title: !!str 題\nworld: {}\n", `x.yaml:1:8: title: tag is not used in scenario files; expected text, a number, true or false`},
		{"infinity", "title: 題\nworld: {seed: .inf}\n", `x.yaml:2:15: world.seed: inf is not used in scenario files; expected text, a number, true or false`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := scenario.Parse("x.yaml", []byte(c.file))
			require.Error(t, err)
			assert.Equal(t, c.want, err.Error())
		})
	}
}

func TestAllMistakesOfAFileComeAtOnce(t *testing.T) {
	_, err := scenario.Parse("x.yaml", []byte("titel: 題\nrules: [QA-0]\nworld:\n  seed: one\n  insurers: [{insurerNumber: 1}]\n"))
	var mistakes scenario.Mistakes
	require.ErrorAs(t, err, &mistakes)
	var lines []int
	for _, m := range mistakes {
		assert.Equal(t, "x.yaml", m.File)
		lines = append(lines, m.Line)
	}
	assert.Equal(t, []int{1, 1, 2, 4, 5}, lines, "%v", err)
}

func TestWhatYAMLReadsWithoutTrouble(t *testing.T) {
	for name, file := range map[string]string{
		"byte order mark":   "\ufefftitle: 題\nworld: {}\n",
		"Windows line ends": "title: 題\r\nworld:\r\n  seed: 1\r\n",
		"dates as they are": "title: 題\nworld: {now: 2021-04-01T09:00:00+09:00, persons: [{birthdate: 2001-02-03}]}\n",
		"anchors":           "title: 題\nworld:\n  insurers: &i [{insurerNumber: \"06990014\"}]\n  persons: [{id: a, name: &n 名}, {id: b, name: *n}]\n",
		"a base":            "title: 題\nbase: base\n",
	} {
		t.Run(name, func(t *testing.T) {
			s, err := scenario.Parse("x.yaml", []byte(file))
			require.NoError(t, err)
			assert.Equal(t, "題", s.Title)
		})
	}
}

func TestTheFileIsBounded(t *testing.T) {
	bomb := "title: 題\nworld:\n  persons:\n    - &a0 {id: x}\n"
	for i := range 12 {
		bomb += fmt.Sprintf("    - &a%d [%s]\n", i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
	}
	for name, file := range map[string]string{
		"too large: at most 1048576 bytes":   "title: " + strings.Repeat("x", 1<<20),
		"too large: at most 100000 values":   bomb,
		"nested too deeply":                  "title: " + strings.Repeat("[", 100_000),
		"nested too deeply: at most 64":      strings.Repeat("- ", 100_000),
		"not UTF-8; expected UTF-8, so save": "title: \x93\xfa\x96\x7b\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := scenario.Parse("x.yaml", []byte(file))
			require.Error(t, err)
			assert.Contains(t, err.Error(), name)
		})
	}
}

func TestABaseIsAnotherFilesWorld(t *testing.T) {
	fsys := fstest.MapFS{
		"town.yaml":     {Data: []byte("title: 町\nworld: {institutions: [{medicalInstitutionCode: \"9919990011\", institutionName: 病院}]}\n")},
		"broken.yaml":   {Data: []byte("title: 町\nworld: {x: 1}\n")},
		"qa/a.yaml":     {Data: []byte("title: 甲\nrules: []\nbase: town\nsteps: [{title: 見る, actor: window, as: \"9919990011\", act: readCard}]\n")},
		"qa/b.yaml":     {Data: []byte("title: 乙\nbase: broken\n")},
		"qa/README.txt": {Data: []byte("no scenario")},
	}
	s, err := scenario.Load(fsys, "qa/a")
	require.NoError(t, err)
	assert.Equal(t, "qa/a", s.Name)
	assert.Equal(t, "病院", s.World.Institutions[0].InstitutionName)
	assert.Equal(t, 4, s.Steps[0].Line)

	_, err = scenario.Load(fsys, "qa/b.yaml")
	require.EqualError(t, err, "qa/b.yaml:2:7: base: broken.yaml has mistakes or no world of its own; expected a scenario with world:")

	all, err := scenario.LoadAll(fsys)
	var mistakes scenario.Mistakes
	require.True(t, errors.As(err, &mistakes), "one file's mistakes don't hide the others'")
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	assert.Equal(t, []string{"qa/a", "town"}, names)

	_, err = scenario.Load(fsys, "qa/none")
	require.ErrorContains(t, err, "qa/none can't be read")
}

func FuzzParse(f *testing.F) {
	f.Add("title: 題\nbase: base\n")
	f.Add(step("actor: citizen", "as: card-1", "act: logIn", `with: {pin: "1234"}`, "sees: {status: 200}", "save: {a: token}"))
	f.Add("a: &a [*a, {? b : c}]\n")
	f.Add("~")
	f.Fuzz(func(t *testing.T, file string) {
		s, err := scenario.Parse("x.yaml", []byte(file))
		if (s == nil) == (err == nil) {
			t.Fatalf("scenario %v, error %v", s, err)
		}
	})
}
