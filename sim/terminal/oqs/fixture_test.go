package oqs_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/terminal/oqs"
	"onshisim/sim/world"
)

// eventually is how long a test waits for what has to come, and tick how often it looks.
const (
	eventually = 20 * time.Second
	tick       = 2 * time.Millisecond
)

// hospital is the institution whose terminal is tried; its world is that of the scenario flows/terminal-files, on 1 April 2021.
const hospital = "9919990011"

// simulator is a program of our own without a network.
type simulator struct {
	scenario.Target
	world *client.World
}

// newSimulator has no world yet.
func newSimulator(t testing.TB) *simulator {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	h := sim.New(sim.Config{Version: "test", Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler)})
	s := &simulator{Target: scenario.InProcess(h.Public, h.Control)}
	s.world = (&client.Plane{URL: s.ControlURL, HTTP: s.Client}).World("default")
	return s
}

// makeWorld makes the world that every terminal here is in.
func (s *simulator) makeWorld(t testing.TB) {
	t.Helper()
	_, err := s.world.Create(t.Context(), client.Source{Scenario: "flows/terminal-files"})
	require.NoError(t, err)
}

// terminal is a link application and the folder in which a client meets it.
type terminal struct {
	*simulator
	dir string
}

// start has a link application answer in a new folder; change changes how.
func start(t testing.TB, change ...func(*oqs.Config)) *terminal {
	t.Helper()
	s := newSimulator(t)
	s.makeWorld(t)
	x := &terminal{s, t.TempDir()}
	x.run(t, change...)
	return x
}

// config is that of a link application for the folder.
func (x *terminal) config(change ...func(*oqs.Config)) oqs.Config {
	c := oqs.Config{
		Dir: x.dir, Institution: hospital, Desk: x.world.Terminal(hospital), URL: x.PublicURL + "/terminal", HTTP: x.Client,
		Interval: 20 * time.Millisecond, Logger: slog.New(slog.DiscardHandler),
	}
	for _, apply := range change {
		apply(&c)
	}
	return c
}

// run runs a link application until the test ends, or the function that it gives is called.
func (x *terminal) run(t testing.TB, change ...func(*oqs.Config)) (end func()) {
	t.Helper()
	link, err := oqs.Open(x.config(change...))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		link.Run(ctx)
	}()
	end = func() {
		cancel()
		<-ended
	}
	t.Cleanup(end)
	return end
}

// path is that of a file below the folder.
func (x *terminal) path(parts ...string) string {
	return filepath.Join(append([]string{x.dir}, parts...)...)
}

// drop puts a request into req as clients do: whole, by a rename.
func (x *terminal) drop(t testing.TB, name string, data []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(x.path("req"), 0o755))
	require.NoError(t, os.WriteFile(x.path("req", name+".tmp"), data, 0o644))
	require.NoError(t, os.Rename(x.path("req", name+".tmp"), x.path("req", name)))
}

// await is a file's content, once it is there.
func (x *terminal) await(t testing.TB, folder, name string) string {
	t.Helper()
	var data []byte
	require.Eventually(t, func() (there bool) {
		var err error
		data, err = os.ReadFile(x.path(folder, name))
		return err == nil
	}, eventually, tick, "%s does not appear in %s", name, folder)
	return string(data)
}

// gone waits until a request has been taken.
func (x *terminal) gone(t testing.TB, name string) {
	t.Helper()
	require.Eventually(t, func() bool {
		_, err := os.Lstat(x.path("req", name))
		return os.IsNotExist(err)
	}, eventually, tick, "%s stays in req", name)
}

// ask drops a request of a kind and gives its answer.
func (x *terminal) ask(t testing.TB, kind, suffix, request string) string {
	t.Helper()
	x.drop(t, kind+"req_"+suffix+".xml", []byte(request))
	return x.await(t, "res", kind+"res_"+suffix+".xml")
}

// refused drops a file and gives the error file that comes of it.
func (x *terminal) refused(t testing.TB, name, refusal string, data []byte) string {
	t.Helper()
	x.drop(t, name, data)
	return x.await(t, "res", refusal)
}

// document is a whole document in UTF-8.
func document(parts ...string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>` + "\n" + strings.Join(parts, "")
}

// elements are elements in a row, each name followed by its text.
func elements(namesAndTexts ...string) string {
	var all strings.Builder
	for i := 0; i < len(namesAndTexts); i += 2 {
		name, text := namesAndTexts[i], namesAndTexts[i+1]
		all.WriteString("<" + name + ">" + text + "</" + name + ">")
	}
	return all.String()
}

// within puts parts into an element.
func within(name string, parts ...string) string {
	if strings.Join(parts, "") == "" {
		return "<" + name + "/>"
	}
	return "<" + name + ">" + strings.Join(parts, "") + "</" + name + ">"
}

// msg is a message of header and body.
func msg(header, body string) string {
	return document(within("XmlMsg", within("MessageHeader", header), within("MessageBody", body)))
}

// head is the header of a request, with whatever it has besides the institution.
func head(more ...string) string {
	return elements(append(more, "MedicalInstitutionCode", hospital, "ArbitraryFileIdentifier", "client-1")...)
}

// search asks about the holder of a certificate of the health insurance society 06990014.
func search(symbol, number, branch, birthdate string, more ...string) string {
	fields := []string{
		"InsurerNumber", "06990014", "InsuredCardSymbol", symbol, "InsuredIdentificationNumber", number, "InsuredBranchNumber", branch,
		"Birthdate", birthdate, "LimitApplicationCertificateRelatedConsFlg", "0",
	}
	return within("QualificationConfirmSearchInfo", elements(append(fields, more...)...))
}

// eligibility is a whole request about the holder of a certificate.
func eligibility(symbol, number, branch, birthdate string) string {
	return msg(head("QualificationConfirmationDate", "20210401"), search(symbol, number, branch, birthdate))
}

// yuko is the request about a person whose eligibility holds.
var yuko = eligibility("6601", "66010", "00", "19800101")

// text is the text of the first element of a name in an answer; empty if there is none.
func text(answer, name string) string {
	_, rest, found := strings.Cut(answer, "<"+name+">")
	if !found {
		return ""
	}
	value, _, _ := strings.Cut(rest, "</"+name+">")
	return value
}

// away is a network that fails until it is switched on.
type away struct {
	next http.RoundTripper
	is   chan struct{}
}

func (a away) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-a.is:
		return a.next.RoundTrip(r)
	default:
		if r.Body != nil {
			_, _ = io.Copy(io.Discard, r.Body)
			_ = r.Body.Close()
		}
		return nil, io.ErrUnexpectedEOF
	}
}

// telling is a logger that sends on what it is told.
func telling(to chan<- string) *slog.Logger {
	return slog.New(slog.NewTextHandler(sender(to), nil))
}

type sender chan<- string

func (s sender) Write(line []byte) (int, error) {
	s <- string(line)
	return len(line), nil
}
