package oqs_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRefusedRequests: each gets a clear error file, and the terminal goes on.
func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	x := start(t)
	bomb := strings.Replace(yuko, "<XmlMsg>", `<!DOCTYPE XmlMsg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><XmlMsg>`, 1)
	external := strings.Replace(yuko, "<XmlMsg>", `<!DOCTYPE XmlMsg [<!ENTITY x SYSTEM "file:///etc/passwd">]><XmlMsg>`, 1)
	for name, tt := range map[string]struct {
		data []byte
		code string
	}{
		"bomb":     {[]byte(bomb), "SIM-OQS-DTD"},
		"external": {[]byte(external), "SIM-OQS-DTD"},
		"entity":   {[]byte(strings.Replace(yuko, "6601", "&x;", 1)), "SIM-OQS-XML"},
		"deep":     {[]byte(msg(head(), strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100))), "SIM-OQS-DEPTH"},
		"huge":     {[]byte(strings.Repeat(" ", 16<<20) + yuko), "SIM-OQS-SIZE"},
		"bytes":    {[]byte(strings.Replace(yuko, "6601", "\x8a\x82", 1)), "SIM-OQS-BYTES"},
		"utf16":    {[]byte("\xff\xfe<\x00X\x00"), "SIM-OQS-ENCODING"},
		"label":    {[]byte(strings.Replace(yuko, "UTF-8", "EUC-JP", 1)), "SIM-OQS-ENCODING"},
		"other":    {[]byte(document(within("Html", ""))), "SIM-OQS-MESSAGE"},
		"noBody":   {[]byte(document(within("XmlMsg", within("MessageHeader", head())))), "SIM-OQS-MESSAGE"},
		"broken":   {[]byte(strings.Replace(yuko, "</MessageHeader>", "</MessageHead>", 1)), "SIM-OQS-XML"},
		"json":     {[]byte(`{"insurerNumber":"06990014"}`), "SIM-OQS-XML"},
	} {
		got := x.refused(t, "OQSsiquc01req_"+name+".xml", "OQSsiquc01err_"+name+".xml", tt.data)
		assert.Equal(t, tt.code, text(got, "ErrorCode"), name)
		assert.Equal(t, "9", text(got, "SegmentOfResult"), name)
		assert.Equal(t, hospital, text(got, "MedicalInstitutionCode"), name)
		assert.NotEmpty(t, text(got, "ErrorMessage"), name)
		assert.NotContains(t, got, "root:x:0", "what /etc/passwd begins with")
		x.gone(t, "OQSsiquc01req_"+name+".xml")
	}
	assert.Equal(t, "1", text(x.ask(t, "OQSsiquc01", "after", yuko), "QualificationValidity"))
}

// TestRequestThatStaysHalf is refused when its client has left it alone for long enough.
func TestRequestThatStaysHalf(t *testing.T) {
	t.Parallel()
	x := start(t)
	for code, data := range map[string]string{"XML": yuko[:len(yuko)/2], "EMPTY": ""} {
		got := x.refused(t, "OQSsiquc01req_"+code+".xml", "OQSsiquc01err_"+code+".xml", []byte(data))
		assert.Equal(t, "SIM-OQS-"+code, text(got, "ErrorCode"))
	}
}

// TestNoLinkIsFollowed: what it leads to is neither read nor removed.
func TestNoLinkIsFollowed(t *testing.T) {
	t.Parallel()
	x := start(t)
	secret := t.TempDir() + "/secret.xml"
	require.NoError(t, os.WriteFile(secret, []byte(yuko), 0o600))
	require.NoError(t, os.Symlink(secret, x.path("req", "OQSsiquc01req_link.xml")))
	assert.Equal(t, "SIM-OQS-FILE", text(x.await(t, "res", "OQSsiquc01err_link.xml"), "ErrorCode"))
	x.gone(t, "OQSsiquc01req_link.xml")
	assert.FileExists(t, secret)

	require.NoError(t, os.MkdirAll(x.path("req", "OQSsiquc01req_folder.xml", "inside"), 0o755))
	assert.Equal(t, "SIM-OQS-FILE", text(x.await(t, "res", "OQSsiquc01err_folder.xml"), "ErrorCode"))
	assert.DirExists(t, x.path("req", "OQSsiquc01req_folder.xml", "inside"), "a folder is nobody's request")
	assert.Equal(t, "1", text(x.ask(t, "OQSsiquc01", "after", yuko), "QualificationValidity"))
}

// TestNoLinkIsWrittenThrough: a link in the place of an answer is replaced.
func TestNoLinkIsWrittenThrough(t *testing.T) {
	t.Parallel()
	x := start(t)
	victim := t.TempDir() + "/victim"
	require.NoError(t, os.WriteFile(victim, []byte("untouched"), 0o600))
	for _, name := range []string{"OQSsiquc01res_1.xml", "OQSsiquc01res_1.xml.part"} {
		require.NoError(t, os.Symlink(victim, x.path("res", name)))
	}
	x.drop(t, "OQSsiquc01req_1.xml", []byte(yuko))
	x.gone(t, "OQSsiquc01req_1.xml")
	info, err := os.Lstat(x.path("res", "OQSsiquc01res_1.xml"))
	require.NoError(t, err)
	assert.True(t, info.Mode().IsRegular())
	content, err := os.ReadFile(victim)
	require.NoError(t, err)
	assert.Equal(t, "untouched", string(content))
}

// TestNamesThatAreNoRequests get an error file of a name that nobody else chose, and stay.
func TestNamesThatAreNoRequests(t *testing.T) {
	t.Parallel()
	x := start(t)
	for _, name := range []string{"hello.xml", "OQSsiquc01req_..%2F..%2Fetc.xml", "OQSsiquc99req_1.xml", "OQSsiquc01req_" + strings.Repeat("1", 101) + ".xml", "-rf.xml", "OQSsiquc01req_\u202e.xml"} {
		x.drop(t, name, []byte(yuko))
	}
	require.Eventually(t, func() bool { return len(x.written(t)) == 6 }, eventually, tick)
	for _, name := range x.written(t) {
		assert.Regexp(t, `^(SIMerr_[0-9a-f]{16}|OQSsiquc99err_1)\.xml$`, name)
		assert.Equal(t, "SIM-OQS-NAME", text(x.await(t, "res", name), "ErrorCode"))
	}
	assert.FileExists(t, x.path("req", "hello.xml"))
	x.drop(t, "notes.txt", []byte("no request"))
	assert.Equal(t, "1", text(x.ask(t, "OQSsiquc01", "after", yuko), "QualificationValidity"))
	assert.Len(t, x.written(t), 7)
}

// written are the files in res, but for those that are still being written.
func (x *terminal) written(t testing.TB) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(x.path("res"))
	require.NoError(t, err)
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".part") {
			names = append(names, entry.Name())
		}
	}
	return names
}
