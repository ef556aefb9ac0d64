package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

// hospital is an institution of the world base.
const hospital = "9919990011"

// fileRequest asks for the eligibility of 架空 花子 by her certificate, whose address is hidden.
const fileRequest = `<?xml version="1.0" encoding="UTF-8" standalone="no"?><XmlMsg><MessageHeader><QualificationConfirmationDate>20210401</QualificationConfirmationDate>` +
	`<MedicalInstitutionCode>` + hospital + `</MedicalInstitutionCode></MessageHeader><MessageBody><QualificationConfirmSearchInfo><InsurerNumber>01990019</InsurerNumber>` +
	`<InsuredCardSymbol>2002</InsuredCardSymbol><InsuredIdentificationNumber>20002</InsuredIdentificationNumber><Birthdate>19880808</Birthdate>` +
	`<LimitApplicationCertificateRelatedConsFlg>0</LimitApplicationCertificateRelatedConsFlg></QualificationConfirmSearchInfo></MessageBody></XmlMsg>`

// linkApplication is the program beside a vendor's, without waiting for it. With the test it ends.
type linkApplication struct {
	cmd    *exec.Cmd
	stderr process.Logged
}

func startTerminal(t *testing.T, args ...string) *linkApplication {
	t.Helper()
	l := &linkApplication{cmd: exec.Command(program, append([]string{"terminal"}, args...)...)}
	l.cmd.Env = []string{"LANG=C"}
	l.cmd.Stderr = &l.stderr
	require.NoError(t, l.cmd.Start())
	t.Cleanup(func() { l.stop(t) })
	return l
}

// stop asks the program to end and finds that it did so well; once.
func (l *linkApplication) stop(t *testing.T) {
	t.Helper()
	if l.cmd.ProcessState != nil {
		return
	}
	assert.NoError(t, l.cmd.Process.Signal(os.Interrupt))
	overdue := time.AfterFunc(patience, func() { _ = l.cmd.Process.Kill() })
	defer overdue.Stop()
	assert.NoError(t, l.cmd.Wait(), &l.stderr)
}

// drop puts a request into a terminal's folder, which need not be there yet.
func drop(t *testing.T, oqs, name, request string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Join(oqs, "req"), 0o700))
	path := filepath.Join(oqs, "req", name)
	require.NoError(t, os.WriteFile(path+".tmp", []byte(request), 0o600))
	require.NoError(t, os.Rename(path+".tmp", path))
}

// appears waits for a file and gives its content.
func appears(t *testing.T, parts ...string) string {
	t.Helper()
	var data []byte
	require.Eventually(t, func() bool {
		var err error
		data, err = os.ReadFile(filepath.Join(parts...))
		return err == nil
	}, patience, 5*time.Millisecond, "%v", parts)
	return string(data)
}

// TestTerminalBesideASimulator: the link application alone, started before and after its simulator, in another encoding.
func TestTerminalBesideASimulator(t *testing.T) {
	t.Parallel()
	s := serve(t)
	oqs := t.TempDir()
	drop(t, oqs, "OQSsiquc01req_1.xml", fileRequest)
	startTerminal(t, "--dir", oqs, "--institution", hospital, "--url", s.public, "--control-url", s.control, "--encoding", "shift_jis")
	got := appears(t, oqs, "res", "OQSsiquc01res_1.xml")
	assert.True(t, strings.HasPrefix(got, `<?xml version="1.0" encoding="Shift_JIS" standalone="no"?>`))
	assert.Contains(t, got, "<Name>\x89\xcb\x8b\xf3\x81\x40\x89\xd4\x8e\x71</Name>", "架空　花子 in Shift_JIS")
	assert.NotContains(t, got, "Address", "P12-5")
}

// TestTerminalWithoutASimulator waits, and says so.
func TestTerminalWithoutASimulator(t *testing.T) {
	t.Parallel()
	oqs := t.TempDir()
	nobody := "http://127.0.0.1:" + freePort(t)
	l := startTerminal(t, "--dir", oqs, "--institution", hospital, "--url", nobody, "--control-url", nobody)
	drop(t, oqs, "OQSsiquc01req_1.xml", fileRequest)
	require.Eventually(t, func() bool { return strings.Contains(l.stderr.String(), "wait") }, patience, 5*time.Millisecond)
	l.stop(t)
	assert.FileExists(t, filepath.Join(oqs, "req", "OQSsiquc01req_1.xml"))
	assert.NoFileExists(t, filepath.Join(oqs, "res", "OQSsiquc01res_1.xml"))
}

// TestServeAnswersFiles: one process is simulator and link application.
func TestServeAnswersFiles(t *testing.T) {
	t.Parallel()
	oqs := filepath.Join(t.TempDir(), "OQS")
	s := serve(t, "--oqs", oqs, "--oqs-encoding", "shift_jis")
	assert.Equal(t, oqs, s.Shown("OQS"))
	drop(t, oqs, "OQSsiquc01req_1.xml", fileRequest)
	assert.Contains(t, appears(t, oqs, "res", "OQSsiquc01res_1.xml"), `encoding="Shift_JIS"`)

	present := []string{"card", "present", "--control-url", s.control, "--institution", hospital, "--card", "card-ichiro-1"}
	read := run(t, append(present, "--pin", "1101", "--consent", "medicines", "--consent", "checkups")...)
	require.Equal(t, 0, read.status, read.stderr)
	face := appears(t, oqs, strings.TrimSpace(read.stdout))
	assert.Contains(t, face, "<PharmacistsInfoConsFlg>1</PharmacistsInfoConsFlg>")
	assert.Contains(t, face, "<LimitApplicationCertificateRelatedConsFlg>0</LimitApplicationCertificateRelatedConsFlg>")

	refused := run(t, append(present, "--pin", "0000")...)
	assert.Equal(t, 1, refused.status)
	assert.Contains(t, refused.stderr, "SIM-CARD-PIN")
	s.stop(t)
}

func TestMistakesAtATerminal(t *testing.T) {
	t.Parallel()
	s := serve(t)
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"terminal"}, "missing flags: --dir=OQS, --institution=CODE"},
		{[]string{"terminal", "--dir", t.TempDir(), "--institution", hospital, "--encoding", "euc-jp"}, "give utf-8 or shift_jis"},
		{[]string{"terminal", "--dir", program, "--institution", hospital}, "can't be used"},
		{[]string{"card", "present", "--institution", hospital, "--card", "card-ichiro-1", "--control-url", s.control}, "give --pin 1234, --face match, --face mismatch or --staff"},
		{[]string{"card", "present", "--institution", hospital, "--card", "card-ichiro-1", "--pin", "1101", "--staff", "--control-url", s.control}, "give one of them"},
		{[]string{"card", "present", "--institution", "0000000000", "--card", "card-ichiro-1", "--staff", "--control-url", s.control}, "0000000000"},
		{[]string{"serve", "--oqs", t.TempDir(), "--systems", "mynaportal"}, "--oqs needs the terminal's system in this process"},
	} {
		e := run(t, test.args...)
		assert.NotZero(t, e.status, test.args)
		assert.Contains(t, e.stderr, test.says)
	}
}
