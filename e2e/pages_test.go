package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/e2e/page"
)

// pages are the documents whose shell blocks work as they stand, one after the other, in one shell.
var pages = []string{
	"README.md", "README.en.md", "docs/integration-test.md", "docs/training-room.md", "docs/qa-desk.md", "docs/operation.md",
	"docs/population.md", "docs/load.md", "docs/wire-format.md",
}

// TestTheDocsDoWhatTheyShow runs each page from nothing to done: its simulator is the one that the page starts, its Go
// blocks make one file, and what it shows under a command is what the command prints.
func TestTheDocsDoWhatTheyShow(t *testing.T) {
	t.Parallel()
	_, err := exec.LookPath("curl")
	require.NoError(t, err, "the pages need curl: install it")
	for _, name := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := document{name: name, blocks: blocksOf(t, name)}
			p.check(t, p.run(t))
		})
	}
}

// document is a page with its blocks.
type document struct {
	name   string
	blocks []page.Block
}

func blocksOf(t *testing.T, name string) []page.Block {
	t.Helper()
	blocks := page.Blocks(content(t, filepath.Join("..", name)))
	require.NotEmpty(t, blocks)
	return blocks
}

// inContainer says whether a block needs a docker engine.
func inContainer(b page.Block) bool { return strings.Contains(b.Text, "docker run ") }

const mark = "== block "

// run runs the blocks in a folder of their own and gives what each printed, by its line.
func (p document) run(t *testing.T) (printed map[string]string) {
	t.Helper()
	repository, err := filepath.Abs("..")
	require.NoError(t, err)
	folder := filepath.Join(t.TempDir(), "onshisim")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "bin"), 0o700))
	require.NoError(t, os.Symlink(program, filepath.Join(folder, "bin", "sim")))
	script, s := "exec 2>&1\nset -eu\n", (*simulator)(nil)
	for _, b := range p.blocks {
		switch {
		case inContainer(b): // TestTheImageRunsAsTheDocsShow runs it
		case b.Language == "sh":
			commands, serves := commandsOf(t, b, repository)
			if serves != nil && s == nil {
				s = serve(t, elsewhere(t, serves, folder)...)
			}
			script += fmt.Sprintf("printf '\\n%%s\\n' '%s%d'\n%s", mark, b.Line, commands)
		case b.Language == "go":
			script += fmt.Sprintf("cat >> page_test.go <<'EOF of the block'\n%s\nEOF of the block\n", b.Text)
		}
	}
	require.NotNil(t, s, "the page starts no simulator")
	script = strings.NewReplacer("http://localhost:8080", s.public, "http://localhost:8081", s.control).Replace(script)

	shell := exec.CommandContext(t.Context(), "sh", "-c", script)
	shell.Dir = folder
	shell.Env = append(os.Environ(), "LANG=ja_JP.UTF-8", "SIM_CONTROL_URL="+s.control, "CGO_ENABLED=0")
	shell.WaitDelay = time.Second
	var out bytes.Buffer
	shell.Stdout, shell.Stderr = &out, &out
	overdue := time.AfterFunc(2*patience, func() { _ = shell.Process.Kill() })
	defer overdue.Stop()
	require.NoError(t, shell.Run(), "%s", &out)
	printed = map[string]string{}
	for _, part := range strings.Split(out.String(), "\n"+mark)[1:] {
		line, text, _ := strings.Cut(part, "\n")
		printed[line] = text
	}
	return printed
}

// commandsOf is what a block gives to the shell, and the flags with which it starts the simulator; nil if it does not.
func commandsOf(t *testing.T, b page.Block, repository string) (commands string, serves []string) {
	t.Helper()
	for line := range strings.Lines(strings.ReplaceAll(b.Text, "go run ./cmd/sim", "bin/sim")) {
		line = strings.Replace(line, "go work init . ../onshisim", "go work init . "+repository, 1)
		command, _, _ := strings.Cut(line, " #")
		switch words := strings.Fields(command); {
		case strings.HasPrefix(line, "bin/sim serve"):
			serves = append([]string{}, words[2:]...)
		case strings.HasPrefix(line, "go build "), strings.HasPrefix(line, "make "): // the program is built, and make runs this
		default:
			commands += line
		}
	}
	return commands, serves
}

// elsewhere are flags as a page gives them, with free ports and folders of the test's own; folder is where its commands run.
func elsewhere(t *testing.T, flags []string, folder string) (moved []string) {
	t.Helper()
	for i, flag := range flags {
		switch {
		case flag == "&":
		case i > 0 && flags[i-1] == "--listen":
			moved = append(moved, "127.0.0.1:0")
		case i > 0 && flags[i-1] == "--oqs":
			moved = append(moved, filepath.Join(folder, flag))
		case strings.HasSuffix(flag, ".db"):
			moved = append(moved, filepath.Join(t.TempDir(), filepath.Base(flag)))
		default:
			moved = append(moved, flag)
		}
	}
	return moved
}

// check holds what the page shows under a block of commands against what these printed: line by line in that order, with
// … for anything, and other lines between. A refusal is shown, or there is none.
func (p document) check(t *testing.T, printed map[string]string) {
	t.Helper()
	for i, b := range p.blocks {
		if b.Language != "sh" || inContainer(b) {
			continue
		}
		said, shown := printed[fmt.Sprint(b.Line)], page.Shown(p.blocks, i)
		if strings.Contains(said, "urn:onshisim:problem:") {
			assert.Contains(t, shown, "SIM-", "%s:%d is refused:\n%s", p.name, b.Line, said)
		}
		assert.Empty(t, page.Missing(shown, said), "%s:%d shows it, printed was\n%s", p.name, b.Line, said)
	}
}

// TestTheReadmeNamesEveryCommandAndFlag: no knob without a line there, in both languages.
func TestTheReadmeNamesEveryCommandAndFlag(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`--[a-z]+(-[a-z]+)*`).FindAllString(run(t, "serve", "--help").stdout, -1)
	for _, command := range regexp.MustCompile(`(?m)^  ([a-z]+)(?: [a-z]+)?   `).FindAllStringSubmatch(run(t, "--help").stdout, -1) {
		named = append(named, "sim "+command[1])
	}
	require.Greater(t, len(named), 20)
	count := fmt.Sprint(len(mutants(t)))
	for name, counts := range map[string]string{"README.md": "ミュータント" + count + "種", "README.en.md": count + " mutants", "CHANGELOG.md": count + " mutants"} {
		text := content(t, filepath.Join("..", name))
		assert.Contains(t, text, counts)
		for _, knob := range named {
			if name != "CHANGELOG.md" && knob != "--help" {
				assert.Contains(t, text, knob, name)
			}
		}
	}
}

// TestTheImageRunsAsTheDocsShow runs the blocks that need a docker engine, on free ports and under another name.
func TestTheImageRunsAsTheDocsShow(t *testing.T) {
	t.Parallel()
	if err := exec.CommandContext(t.Context(), "docker", "info").Run(); err != nil {
		require.NotEqual(t, "true", os.Getenv("CI"), "no docker engine answers: install docker and start its engine")
		t.Skipf("no docker engine answers (docker info: %v)", err)
	}
	for _, name := range pages {
		for _, b := range blocksOf(t, name) {
			if inContainer(b) {
				runInContainer(t, b)
			}
		}
	}
}

func runInContainer(t *testing.T, b page.Block) {
	t.Helper()
	const called = "onshisim-e2e-docs"
	public, control := freePort(t), freePort(t)
	commands, _ := commandsOf(t, b, "")
	commands = strings.NewReplacer("--name onshisim", "--name "+called, "127.0.0.1:8080:", "127.0.0.1:"+public+":", "127.0.0.1:8081:", "127.0.0.1:"+control+":",
		"localhost:8080", "localhost:"+public, "localhost:8081", "localhost:"+control).Replace(commands)
	end := func() {
		_ = exec.CommandContext(context.WithoutCancel(t.Context()), "docker", "rm", "-f", "-v", called).Run()
	}
	end() // one that a killed test left
	defer end()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	said, err := exec.CommandContext(ctx, "sh", "-euc", commands).CombinedOutput()
	require.NoError(t, err, "%s", said)
	require.Contains(t, string(said), `"now":"2021-04-01T09:00:00+09:00"`)
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return port
}
