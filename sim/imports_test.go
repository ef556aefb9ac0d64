package sim_test

import (
	"os"
	"regexp"
	"testing"
)

// The arrows cmd/sim → sim → sim/{intermediate,…} → sim/world → sim/disclosure, and what else of the design can be seen in
// imports and names. Each line says why; a failure shows the reason, so that it is the line that is argued with.

const (
	modulePath     = "onshisim"
	anyOtherModule = "any other module" // stands for every import path whose first element has a dot
)

// systems never import each other: each is one door, and can be read, tested and left out alone.
var systems = []string{"intermediate", "mynaportal", "jpki", "terminal", "disaster", "control", "training"}

// importRule forbids import paths, each with everything below it, to folders with everything below them. Imports through
// other packages of this module count too, those of its tests do not.
type importRule struct {
	of     []string
	but    []string // files, as patterns of path.Match
	never  map[string]string
	may    []string // import paths, though they lie below a forbidden one
	direct bool     // only what the file itself names
	tests  bool     // test files are bound as well
}

// nameRule forbids identifiers and string literals, struct tags among them.
type nameRule struct {
	of    []string
	match *regexp.Regexp
	why   string
}

// useRule forbids some exported names of a package.
type useRule struct {
	of    []string
	but   []string
	path  string
	names []string
	why   string
	tests bool
}

var importRules = append(systemsApart(), []importRule{
	{of: []string{"sim/disclosure"}, direct: true, never: map[string]string{
		anyOtherModule: "the rule core stands on the standard library alone, so that it can be read and trusted alone",
		modulePath:     "the rule core is the end of all arrows",
		"time":         "a verdict depends on the day it is given, never on a clock",
		"encoding":     "the rule core knows no wire format",
		"os":           "the rule core does no I/O",
		"io":           "the rule core does no I/O",
		"net":          "the rule core does no I/O",
		"log":          "the rule core does no I/O; its reasons are its record",
		"database":     "the rule core does no I/O",
		"math/rand":    "the same question has the same answer",
	}},
	{of: []string{"sim/world"}, never: map[string]string{
		"net/http":                   "a world is events and state; sim/web speaks HTTP",
		"github.com/labstack":        "a world is events and state; sim/web speaks HTTP",
		"github.com/danielgtaylor":   "operations are described where they are mounted",
		modulePath + "/sim/web":      "sim/web maps a world's errors, not the other way round",
		modulePath + "/sim/scenario": "a scenario plays in a world",
	}},
	{of: []string{"sim/world"}, never: each(systems, "systems look into worlds, worlds know no system")},
	{of: []string{"sim/population"}, direct: true, may: []string{modulePath + "/sim/numbers", modulePath + "/sim/matching"}, never: map[string]string{
		modulePath:    "a nation is computed from seed and index alone; a world lies over it",
		"time":        "a nation is that of one day, and knows no clock",
		"os":          "a nation does no I/O",
		"io":          "a nation does no I/O",
		"net":         "a nation does no I/O",
		"log":         "a nation does no I/O",
		"database":    "a nation does no I/O",
		"sync":        "a nation stores nothing that would need a lock",
		"math/rand":   "what is drawn comes from keys and index, the same in every release of Go",
		"crypto/rand": "the same seed is the same nation",
	}},
	{of: []string{"sim/eventlog"}, never: map[string]string{
		modulePath: "a log keeps bytes at positions; what they mean is the world's business",
	}},
	{of: []string{"sim/intermediate", "sim/mynaportal", "sim/jpki", "sim/terminal", "sim/disaster", "sim/show", "sim/training/room"}, never: map[string]string{
		modulePath + "/sim/explain": "only the control plane explains: an answer that does tells a protected person from a plain one (QA-3)",
	}},
	{of: []string{"sim/training"}, never: map[string]string{
		modulePath + "/sim/show": "a screen shows what the interface answered, and makes no answer of its own",
	}},
	{of: []string{"sim/training/room"}, never: map[string]string{
		modulePath + "/sim/training/console": "what instructors see is on the control plane's listener alone",
		modulePath + "/sim/training/picture": "only the console explains",
	}},
	{of: []string{"sim/wire"}, never: map[string]string{
		anyOtherModule: "huma's rules are read from the tags that say them: events are read the same way, in a world that knows no huma",
		modulePath:     "a plan is made of a type alone, so that worlds and doors can both use it",
	}},
	{of: []string{"sim/telemetry"}, never: map[string]string{
		modulePath + "/sim/world":      "nothing that an operator is told depends on who it is about or on what was decided (QA-3)",
		modulePath + "/sim/disclosure": "nothing that an operator is told depends on who it is about or on what was decided (QA-3)",
		modulePath + "/sim/journal":    "the journal has the reasons, and is read at the control plane alone",
	}},
	{of: []string{""}, but: []string{"sim/telemetry/*.go"}, direct: true, tests: true, never: map[string]string{
		"github.com/prometheus": "what is counted stands in sim/telemetry, where a reader sees that it tells nothing",
	}},
	{of: []string{""}, but: []string{"cmd/sim/*.go", "sim/telemetry/otlp/*.go"}, direct: true, never: map[string]string{
		"go.opentelemetry.io/otel/sdk":            "the SDK reads the environment, which is for cmd/sim; the exporter names its types",
		"go.opentelemetry.io/contrib":             "what instruments HTTP in general puts paths into spans, and here a path holds personal numbers",
		"go.opentelemetry.io/otel/exporters/otlp": "its exporters bring gRPC along; sim/telemetry/otlp speaks the protocol",
	}},
	{of: []string{"sim/journal", "sim/leakscan"}, never: map[string]string{
		modulePath + "/sim/world": "a world has a journal, and its texts are handed to the scanner; neither knows worlds",
		modulePath + "/sim/web":   "what they tell is put on the wire by the control plane",
		"net/http":                "what they tell is put on the wire by the control plane",
	}},
	{of: []string{""}, but: []string{"sim/*.go", "sim/web/*.go"}, direct: true, tests: true, never: map[string]string{
		"github.com/labstack/echo":                           "echo stays in sim and sim/web, so that its next version is one mechanical change",
		"github.com/danielgtaylor/huma/v2/adapters/humaecho": "echo stays in sim and sim/web, so that its next version is one mechanical change",
	}},
	{of: []string{"sim/load", "sim/document"}, never: each(
		append([]string{"web", "show", "scenario"}, systems...),
		"who judges answers predicts them by a second hand: code shared with the answers would share their mistakes",
	)},
	{of: []string{"client"}, never: each(append([]string{"web", "scenario", "show"}, systems...), "a client knows a simulator by its URL: it shares the words of the world, not the doors")},
	{of: []string{"sim", "client", "conformance", "simtest"}, direct: true, never: map[string]string{
		"flag":                       "cmd/sim reads the flags, once, and hands values in",
		"os/signal":                  "cmd/sim takes the signals and cancels a context",
		"github.com/alecthomas/kong": "cmd/sim reads the flags, once, and hands values in",
	}},
	{of: []string{"sim"}, never: map[string]string{
		modulePath + "/cmd":         "the arrows begin in cmd",
		modulePath + "/conformance": "the program does not lean on its own examination",
		modulePath + "/simtest":     "simtest runs the program for others",
		"testing":                   "what serves only tests lives in tests",
	}, but: []string{"sim/*/*test/*.go", "sim/*/*/*test/*.go"}},
}...)

func systemsApart() []importRule {
	var rules []importRule
	for _, system := range systems {
		others := each(systems, "systems never import each other; what two need belongs to the world or to sim/web")
		delete(others, modulePath+"/sim/"+system)
		rules = append(rules, importRule{of: []string{"sim/" + system}, never: others})
	}
	return rules
}

// each gives all folders of sim the same reason.
func each(folders []string, why string) map[string]string {
	never := map[string]string{}
	for _, folder := range folders {
		never[modulePath+"/sim/"+folder] = why
	}
	return never
}

var nameRules = []nameRule{
	{
		of:    []string{"sim/mynaportal", "sim/terminal", "sim/disaster", "sim/jpki"},
		match: regexp.MustCompile(`(?i)non[_-]?disclosure(flags?)?([^c]|$)|self[_-]?information[_-]?blocked`),
		why:   "only the rule core and the intermediate server may name a flag: a screen shows an outcome (P12)",
	},
	{
		of:    []string{"sim/mynaportal", "sim/terminal", "sim/disaster", "sim/jpki"},
		match: regexp.MustCompile(`^Reasons$|"reasons\b`),
		why:   "only the control plane shows reasons: an answer that has one tells a protected person from a plain one (QA-3)",
	},
}

var useRules = []useRule{
	{
		of: []string{"conformance"}, but: []string{"conformance/front_core_test.go"}, tests: true,
		path: modulePath + "/sim/disclosure", names: []string{"Notice", "PolicyOf"},
		why: "expectations are typed from the notice; only the front that examines the rule core asks it",
	},
	{
		of: []string{""}, but: []string{"cmd/sim/*.go", "sim/*/*/*test/*.go"}, // a test has to know whether it may be skipped
		path: "os", names: []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Args"},
		why: "cmd/sim reads environment and arguments, once, and hands values in",
	},
	{
		of: []string{""}, but: []string{"cmd/*/*.go", "sim/web/requestlog.go"},
		path: "time", names: []string{"Now", "Since", "Until"},
		why: "a world has one clock, which is handed in; the machine's is for cmd and the request log",
	},
}

func TestImports(t *testing.T) {
	found, err := checkImports(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}
