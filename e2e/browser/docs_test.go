package browser_test

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

// TestTheDocsOpen: Swagger UI shows what each listener can do, with nothing from elsewhere.
func TestTheDocsOpen(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for path, has := range map[string]string{"/docs": "/terminal/card-reads", "/w/default/docs": "/terminal/card-reads"} {
		b := room(t, s)
		b.allowInlineStyles()
		b.open(path)
		b.see(has)
	}
	b := console(t, s)
	b.allowInlineStyles()
	b.open("/docs")
	b.see("/worlds/{world}/clock")
	b.screenshot("docs-control")
}

// TestAReportOpens: the file is a page for people, wherever it lies.
func TestAReportOpens(t *testing.T) {
	t.Parallel()
	needBrowser(t)
	program, err := buildProgram()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "report.html")
	said, err := exec.Command(program, "scenario", "run", "qa/qa-3", "--report", file).CombinedOutput()
	require.NoError(t, err, string(said))
	b := room(t, &process.Simulator{})
	b.open("file://" + file)
	b.see("qa-3")
	b.screenshot("report")
}
