package sim_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// sourceFile is one Go file.
type sourceFile struct {
	path    string
	test    bool
	syntax  *ast.File
	imports map[string]string // path → local name
}

// sourceTree is the module's Go files by folder.
type sourceTree map[string][]sourceFile

// checkImports gives one line for each breach of a rule.
func checkImports(root fs.FS) ([]string, error) {
	files, err := parseTree(root)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, folder := range files {
		for _, f := range folder {
			found = append(found, files.breaches(f)...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

func parseTree(root fs.FS) (sourceTree, error) {
	files := sourceTree{}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if entry.IsDir() {
			if name != "." && (base == "testdata" || strings.ContainsAny(base[:1], "._") || hasFile(root, name+"/go.mod")) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		code, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, code, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		f := sourceFile{path: name, test: strings.HasSuffix(name, "_test.go"), syntax: syntax, imports: map[string]string{}}
		for _, spec := range syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports[imported] = path.Base(imported)
			if spec.Name != nil {
				f.imports[imported] = spec.Name.Name
			}
		}
		files[path.Dir(name)] = append(files[path.Dir(name)], f)
		return nil
	})
	return files, err
}

func hasFile(root fs.FS, name string) bool {
	_, err := fs.Stat(root, name)
	return err == nil
}

// breaches are those of one file.
func (files sourceTree) breaches(f sourceFile) []string {
	var found []string
	breach := func(what, why string) { found = append(found, f.path+" "+what+": "+why) }

	for _, r := range importRules {
		if f.test && !r.tests || !bindsFile(f.path, r.of, r.but) {
			continue
		}
		for forbidden, why := range r.never {
			for imported := range f.imports {
				if slices.Contains(r.may, imported) {
					continue
				}
				if chain := files.chain(imported, forbidden, f.path, r.direct); chain != "" {
					breach("imports "+chain, why)
				}
			}
		}
	}
	for _, r := range nameRules {
		if f.test || !bindsFile(f.path, r.of, nil) {
			continue
		}
		for _, name := range namesIn(f.syntax, r.match) {
			breach("names "+name, r.why)
		}
	}
	for _, r := range useRules {
		local, imported := f.imports[r.path]
		if !imported || f.test && !r.tests || !bindsFile(f.path, r.of, r.but) {
			continue
		}
		if local == "." {
			breach("imports "+r.path+" with a dot", r.why)
		}
		for _, name := range usedIn(f.syntax, local, r.names) {
			breach("uses "+r.path+"."+name, r.why)
		}
	}
	return found
}

func bindsFile(file string, of, but []string) bool {
	for _, pattern := range but {
		if ok, _ := path.Match(pattern, file); ok {
			return false
		}
	}
	return slices.ContainsFunc(of, func(folder string) bool { return folder == "" || isBelow(file, folder) })
}

// isBelow says whether a path is the other one or stands under it.
func isBelow(p, top string) bool { return p == top || strings.HasPrefix(p, top+"/") }

// chain is the way from an import to a forbidden one, empty if there is none. A folder's own packages are never forbidden
// to it.
func (files sourceTree) chain(imported, forbidden, file string, direct bool) string {
	type step struct{ pkg, way string }
	seen := map[string]bool{}
	for todo := []step{{imported, imported}}; len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		if isForbidden(at.pkg, forbidden) && !sameSystem(at.pkg, file) {
			return at.way
		}
		folder, own := strings.CutPrefix(at.pkg, modulePath+"/")
		if direct || !own || seen[at.pkg] {
			continue
		}
		seen[at.pkg] = true
		for _, f := range files[folder] {
			if f.test {
				continue
			}
			for next := range f.imports {
				todo = append(todo, step{next, at.way + " → " + next})
			}
		}
	}
	return ""
}

func isForbidden(imported, forbidden string) bool {
	if forbidden == anyOtherModule {
		first, _, _ := strings.Cut(imported, "/")
		return strings.Contains(first, ".")
	}
	return isBelow(imported, forbidden)
}

// sameSystem says whether a package of this module lies in the same folder of sim as the file, as sim/terminal/oqs and
// sim/terminal do.
func sameSystem(pkg, file string) bool {
	folder := strings.Split(path.Dir(file), "/")
	return len(folder) > 1 && isBelow(pkg, modulePath+"/"+path.Join(folder[:2]...))
}

func namesIn(file *ast.File, match *regexp.Regexp) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		text := ""
		switch n := n.(type) {
		case *ast.Ident:
			text = n.Name
		case *ast.BasicLit:
			text = n.Value
		}
		if match.MatchString(text) {
			found = append(found, text)
		}
		return true
	})
	return found
}

func usedIn(file *ast.File, local string, names []string) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := selector.X.(*ast.Ident); ok && pkg.Name == local && slices.Contains(names, selector.Sel.Name) {
			found = append(found, selector.Sel.Name)
		}
		return true
	})
	return found
}

// TestImportsFindsEachBreach gives every rule one file that breaks it, and near it one that doesn't.
func TestImportsFindsEachBreach(t *testing.T) {
	const decide = "import \"onshisim/sim/disclosure\"\nvar _ = disclosure.Notice"
	for _, c := range []struct{ file, code, want string }{
		{"sim/disclosure/a.go", `import "strings"`, ""},
		{"sim/disclosure/a.go", `import "timetable"`, ""},
		{"sim/disclosure/a.go", `import "time"`, "imports time"},
		{"sim/disclosure/a.go", `import "encoding/json"`, "imports encoding/json"},
		{"sim/disclosure/a.go", `import "net/http"`, "imports net/http"},
		{"sim/disclosure/a.go", `import "os"`, "imports os"},
		{"sim/disclosure/a.go", `import "io"`, "imports io"},
		{"sim/disclosure/a.go", `import "log/slog"`, "imports log/slog"},
		{"sim/disclosure/a.go", `import "database/sql"`, "imports database/sql"},
		{"sim/disclosure/a.go", `import "math/rand/v2"`, "imports math/rand/v2"},
		{"sim/disclosure/a.go", `import "onshisim/sim/world"`, "imports onshisim/sim/world"},
		{"sim/disclosure/a.go", `import "example.org/x"`, "imports example.org/x"},
		{"sim/disclosure/a_test.go", `import "time"`, ""},

		{"sim/terminal/a.go", `import "onshisim/sim/terminal/oqs"`, ""},
		{"sim/terminal/oqs/a.go", `import "onshisim/sim/jpki"`, "imports onshisim/sim/jpki"},
		{"sim/training/a.go", `import "onshisim/sim/control"`, "imports onshisim/sim/control"},
		{"sim/disaster/a.go", `import "onshisim/sim/between"`, "imports onshisim/sim/between → onshisim/sim/mynaportal"},

		{"sim/world/a.go", `import "onshisim/sim/disclosure"`, ""},
		{"sim/world/a.go", `import "net/http"`, "imports net/http"},
		{"sim/world/a.go", `import "onshisim/sim/speaks"`, "imports onshisim/sim/speaks → net/http"},
		{"sim/world/a.go", `import "github.com/danielgtaylor/huma/v2"`, "imports github.com/danielgtaylor/huma/v2"},
		{"sim/world/a.go", `import "github.com/labstack/echo/v4"`, "imports github.com/labstack/echo/v4"},
		{"sim/world/a.go", `import "github.com/labstack/gommon/log"`, "imports github.com/labstack/gommon/log"},
		{"sim/world/a.go", `import "onshisim/sim/web"`, "imports onshisim/sim/web"},
		{"sim/world/a.go", `import "onshisim/sim/scenario"`, "imports onshisim/sim/scenario"},
		{"sim/world/a.go", `import "onshisim/sim/jpki"`, "imports onshisim/sim/jpki"},

		{"sim/eventlog/memory/a.go", `import "onshisim/sim/eventlog"`, ""},
		{"sim/eventlog/a.go", `import "onshisim/sim/problem"`, "imports onshisim/sim/problem"},

		{"sim/serve.go", `import "github.com/labstack/echo/v4"`, ""},
		{"sim/web/a.go", `import "github.com/labstack/echo/v4/middleware"`, ""},
		{"sim/jpki/a.go", `import "github.com/labstack/echo/v4"`, "imports github.com/labstack/echo/v4"},
		{"sim/jpki/a.go", `import "github.com/danielgtaylor/huma/v2/adapters/humaecho"`, "imports github.com/danielgtaylor/huma/v2/adapters/humaecho"},
		{"sim/jpki/a_test.go", `import "github.com/labstack/echo/v4"`, "imports github.com/labstack/echo/v4"},

		{"cmd/sim/main.go", "import (\"flag\"; \"os\")\nvar _ = os.Args", ""},
		{"sim/serve.go", `import "flag"`, "imports flag"},
		{"simtest/a.go", `import "github.com/alecthomas/kong"`, "imports github.com/alecthomas/kong"},
		{"sim/serve.go", `import "os/signal"`, "imports os/signal"},
		{"sim/serve.go", "import \"os\"\nvar _ = os.Args", "uses os.Args"},
		{"sim/web/a.go", "import sys \"os\"\nvar _ = sys.Getenv", "uses os.Getenv"},
		{"cmd/rules/main.go", "import \"os\"\nvar _ = os.Args", "uses os.Args"},
		{"sim/web/a.go", "import . \"os\"\nvar _ = Getenv", "imports os with a dot"},
		{"sim/web/a_test.go", "import \"os\"\nvar _ = os.Getenv", ""},
		{"sim/eventlog/postgres/a.go", "import \"os\"\nvar _ = os.Getenv", "uses os.Getenv"},
		{"sim/eventlog/postgres/postgrestest/a.go", "import \"os\"\nvar _ = os.Getenv", ""},

		{"cmd/sim/main.go", "import \"time\"\nvar _ = time.Now", ""},
		{"sim/web/requestlog.go", "import \"time\"\nvar _ = time.Now", ""},
		{"sim/web/limits.go", "import \"time\"\nvar _ = time.Now", "uses time.Now"},
		{"sim/world/a.go", "import \"time\"\nvar _ = time.Since", "uses time.Since"},
		{"sim/world/a.go", "import \"time\"\nvar _ = time.Hour", ""},

		{"sim/intermediate/a.go", "var NonDisclosure bool", ""},
		{"sim/mynaportal/a.go", "var x = m.Flags.NonDisclosure", "names NonDisclosure"},
		{"sim/terminal/a.go", "var hasSelfInformationBlocked bool", "names hasSelfInformationBlocked"},
		{"sim/disaster/a.go", "type x struct { A bool `json:\"nonDisclosure\"` }", "names `json:\"nonDisclosure\"`"},
		{"sim/jpki/a.go", `var x = "selfInformationBlocked"`, `names "selfInformationBlocked"`},
		{"sim/mynaportal/a.go", "var x = r.NonDisclosureCode", ""}, // 不開示コード belongs to the record (P6-2)
		{"sim/mynaportal/a_test.go", "var NonDisclosure bool", ""},
		{"sim/disaster/a.go", "var x = verdict.Reasons", "names Reasons"},
		{"sim/terminal/a.go", "type x struct { A []string `json:\"reasons,omitempty\"` }", "names `json:\"reasons,omitempty\"`"},
		{"sim/control/a.go", "var x = verdict.Reasons", ""},

		{"conformance/front_core_test.go", decide, ""},
		{"conformance/cases_test.go", decide, "uses onshisim/sim/disclosure.Notice"},
		{"conformance/cases.go", decide, "uses onshisim/sim/disclosure.Notice"},
		{"conformance/cases.go", "import \"onshisim/sim/disclosure\"\nvar _ = disclosure.Withheld", ""},

		{"sim/world/a.go", `import "onshisim/conformance"`, "imports onshisim/conformance"},
		{"sim/world/a.go", `import "testing"`, "imports testing"},
		{"sim/eventlog/eventlogtest/a.go", `import "testing"`, ""},
		{"sim/eventlog/postgres/postgrestest/a.go", `import "testing"`, ""},
		{"sim/serve.go", `import "onshisim/simtest"`, "imports onshisim/simtest"},
		{"sim/serve.go", `import "onshisim/cmd/sim"`, "imports onshisim/cmd/sim"},
		{"sim/web/testdata/a.go", `import "testing"`, ""}, // not part of the program
	} {
		found, err := checkImports(fstest.MapFS{
			"sim/between/between.go": {Data: []byte("package between\nimport _ \"onshisim/sim/mynaportal\"")},
			"sim/speaks/speaks.go":   {Data: []byte("package speaks\nimport _ \"net/http\"")},
			c.file:                   {Data: []byte("package a\n" + c.code)},
		})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(found, "\n")
		if c.want == "" && got != "" {
			t.Errorf("%s with %q is fine, but: %s", c.file, c.code, got)
		}
		if want := c.file + " " + c.want + ": "; c.want != "" && !strings.Contains(got, want) {
			t.Errorf("%s with %q: want %q, got %q", c.file, c.code, want, got)
		}
	}
}
