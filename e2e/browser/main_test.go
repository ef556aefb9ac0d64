// Package browser_test looks at the simulator's pages as people do: in Chromium. It imports nothing of the simulator. Without a
// browser its tests are skipped, or with CI=true fail. Go can't see that the program has changed, so run it as `make test`
// does, or with -count=1.
//
// A test opens a tab, does what a person does there, and says what has to be seen. That no page logs an error, breaks its
// policy, asks another host, … is watched in every tab (watch_test.go), and needs no line in a test.
package browser_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

const repository = "../.."

// screens is where the pictures are, for people to look at.
var screens = filepath.Join(repository, "out", "screens")

var (
	folder      string // gone after the tests
	stopBrowser = func() {}
)

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	var err error
	if folder, err = os.MkdirTemp("", "onshisim-browser-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	defer func() { stopBrowser() }()
	return m.Run()
}

var buildProgram = sync.OnceValues(func() (string, error) { return process.Build(repository, folder) })

// serve starts a simulator on free ports. With the test it ends.
func serve(t *testing.T, args ...string) *process.Simulator {
	t.Helper()
	needBrowser(t)
	program, err := buildProgram()
	require.NoError(t, err)
	return process.Begin(t, program, nil, process.OnFreePorts(args...)...)
}

// chromium is the path of the browser; empty where there is none.
var chromium = sync.OnceValue(func() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
})

// needBrowser skips where there is no browser; on the machines that examine a change there has to be one.
func needBrowser(t testing.TB) {
	t.Helper()
	if chromium() != "" {
		return
	}
	require.NotEqual(t, "true", os.Getenv("CI"), "there is no browser: install chromium and fonts-noto-cjk")
	t.Skip("there is no browser: chromium, chromium-browser or google-chrome")
}

// browser is the one Chromium of all tests, started by the first that needs it. Nothing in it may look at another host, and its
// pictures depend neither on the machine's settings nor on what moves.
var browser = sync.OnceValues(func() (context.Context, error) {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium()),
		chromedp.UserDataDir(filepath.Join(folder, "profile")),
		chromedp.Env("TZ=Asia/Tokyo", "LANG=ja_JP.UTF-8", "LANGUAGE=ja"),
		chromedp.Headless, // with scroll bars hidden and sound off
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("lang", "ja"),
		chromedp.Flag("accept-lang", "ja"),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-gpu", true),
		// Tabs are not in front of each other: each works as if it were.
		chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
		// A page that one comes back to is asked for again, always.
		chromedp.Flag("disable-features", "BackForwardCache,Translate,OptimizationHints,MediaRouter"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("force-prefers-reduced-motion", true),
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocated, stopAllocated := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocated, chromedp.WithErrorf(complain))
	stopBrowser = func() { stop(); stopAllocated() }
	return ctx, chromedp.Run(ctx)
})

// complain is told of what chromedp does not understand. It does not know of style sheets that come and go without an element.
func complain(format string, values ...any) {
	if said := fmt.Sprintf(format, values...); !strings.Contains(said, "AdoptedStyleSheetsModified") {
		fmt.Fprintln(os.Stderr, said)
	}
}
