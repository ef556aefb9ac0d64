package e2e_test

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// checkHanako checks the certificate of the victim of the first world.
func checkHanako(t *testing.T, s *simulator) answer {
	t.Helper()
	return must(t, request{
		method: http.MethodPost, url: s.public + "/terminal/certificate-checks", token: "hospital-token",
		body: `{"insurerNumber":"01990019","insuredCardSymbol":"2002","insuredIdentificationNumber":"20002","birthdate":"1988-08-08"}`,
	})
}

// at is the flags that lead to a simulator's control plane.
func (s *simulator) at() []string { return []string{"--control-url", s.control} }

func TestExplainShowsTheTableOfOnePerson(t *testing.T) {
	t.Parallel()
	s := serve(t)
	e := runIn(t, "LANG=ja_JP.UTF-8", append([]string{"explain", "hanako"}, s.at()...)...)
	require.Equal(t, 0, e.status, e.stderr)
	assert.Regexp(t, `(?m)^P12-5 +資格情報 +被保険者証 +01990019 +ー +○\(住所・郵便番号は非表示\) +P13-2 不開示該当フラグ @01990019, P13-1 自己情報提供不可フラグ @01990019$`, e.stdout)
	assert.Regexp(t, `(?m)^P12-4 +資格情報 +マイナンバーカード +01990019 +ー +× +P13-1 自己情報提供不可フラグ @01990019$`, e.stdout)
	e = run(t, append([]string{"explain", "ichiro"}, s.at()...)...)
	assert.Regexp(t, `(?m)^P12-5 +eligibility +certificate +06990014 +- +shown$`, e.stdout)
	e = run(t, append([]string{"explain", "nobody"}, s.at()...)...)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, `There is no person "nobody"`)
	e = run(t, "explain", "hanako", "--control-url", "http://127.0.0.1:1")
	assert.Contains(t, e.stderr, "is the simulator running?")
}

// Who follows the journal sees a request as it is answered, and ends following without an error.
func TestTheJournalIsFollowed(t *testing.T) {
	t.Parallel()
	s := serve(t)
	checkHanako(t, s)
	cmd := exec.Command(program, append([]string{"journal", "--follow"}, s.at()...)...)
	cmd.Env = []string{"LANG=C"}
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	overdue := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer overdue.Stop()
	lines := bufio.NewReader(stdout)
	line := func() string {
		text, err := lines.ReadString('\n')
		require.NoError(t, err)
		return text
	}
	assert.Contains(t, line(), "POST /terminal/certificate-checks  200")
	assert.Contains(t, line(), "P12-5 hanako eligibility certificate 01990019 addressHidden ← P13-2 nonDisclosure 01990019, P13-1 selfInformationBlocked 01990019")
	must(t, request{method: http.MethodGet, url: s.public + "/terminal/nowhere"})
	assert.Contains(t, line(), "GET /terminal/nowhere  404 SIM-REQ-404")
	require.NoError(t, cmd.Process.Signal(os.Interrupt))
	require.NoError(t, cmd.Wait())

	e := run(t, append([]string{"journal", "--rule", "P13-2", "--json"}, s.at()...)...)
	assert.Equal(t, 1, strings.Count(e.stdout, "\n"))
	assert.Contains(t, e.stdout, `"operation":"check-certificate"`)
}

// A scan tells by its status whether there was a leak, at a running simulator and from exported events alike.
func TestLeakscanFindsWhatALogTells(t *testing.T) {
	t.Parallel()
	s := serve(t)
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	leaking := file("reception.log", "09:00 受付\n09:01 患者 住所=架空県避難町かくれ里2丁目 二丁目2番2号 〒000-0202\n")
	clean := file("clean.log", "09:00 標準　一郎 架空県仮想市標準町一丁目1番1号\n")
	events := file("world.jsonl", must(t, request{method: http.MethodGet, url: s.control + "/worlds/default/events"}).body)
	for _, world := range [][]string{s.at(), {"--events", events}} {
		e := run(t, append([]string{"leakscan", leaking}, world...)...)
		assert.Equal(t, 2, e.status)
		assert.Contains(t, e.stdout, `reception.log:2:36  hanako  postal code  "000-0202"  (UTF-8)`)
		assert.Contains(t, e.stderr, "protected items were found")
		e = run(t, append([]string{"leakscan", clean}, world...)...)
		assert.Equal(t, 0, e.status, e.stdout+e.stderr)
		assert.Contains(t, e.stdout, "0 occurrences found")
	}
	e := run(t, "leakscan", filepath.Join(folder, "none.log"), "--events", events)
	assert.Equal(t, 1, e.status)
	assert.Contains(t, e.stderr, "none.log")
	e = run(t, "leakscan", clean, "--events", leaking)
	assert.Contains(t, e.stderr, "--events: ")
}

// Bounds are settings, and a bound that nothing fits under is refused by name.
func TestLimitsAreSettings(t *testing.T) {
	t.Parallel()
	s := serve(t, "--max-worlds", "2", "--max-sessions", "1", "--max-body", "200", "--journal-entries", "3")
	put := func(world string) answer {
		return must(t, request{method: http.MethodPut, url: s.control + "/worlds/" + world, body: `{"scenario":"base"}`})
	}
	require.Equal(t, http.StatusCreated, put("second").status)
	requireProblem(t, put("third"), http.StatusConflict, "SIM-WORLDS-FULL")
	logIn := func(card, pin string) answer {
		return must(t, request{method: http.MethodPost, url: s.public + "/mynaportal/sessions", body: fmt.Sprintf(`{"cardSerial":%q,"pin":%q}`, card, pin)})
	}
	require.Equal(t, http.StatusCreated, logIn("card-ichiro-1", "1101").status)
	requireProblem(t, logIn("card-ume-1", "6606"), http.StatusServiceUnavailable, "SIM-MP-FULL")
	requireProblem(t, logIn(strings.Repeat("x", 300), "1101"), http.StatusRequestEntityTooLarge, "SIM-REQ-413")
	for range 3 {
		checkHanako(t, s)
	}
	e := run(t, append([]string{"journal"}, s.at()...)...)
	assert.Contains(t, e.stdout, "(3 entries are gone)")
	for _, flag := range []string{"--max-body", "--max-worlds", "--max-events", "--max-sessions", "--max-requests", "--journal-entries", "--journal-bytes"} {
		e := run(t, "serve", flag, "0")
		assert.Equal(t, 1, e.status, flag)
		assert.Contains(t, e.stderr, flag+" 0: a limit has to be at least 1")
	}
}
