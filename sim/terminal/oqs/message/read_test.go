package message_test

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs/message"
)

func TestARequestIsRead(t *testing.T) {
	root, encoding, err := message.Read([]byte(request))
	require.NoError(t, err)
	assert.Equal(t, message.UTF8, encoding)
	assert.Equal(t, asked, root)
}

func TestFormsOfOneText(t *testing.T) {
	for _, c := range []struct {
		name, document string
		encoding       message.Encoding
	}{
		{"no declaration", "<A>恩</A>", message.UTF8},
		{"a byte order mark", "\xEF\xBB\xBF<A>恩</A>", message.UTF8},
		{"a byte order mark and a declaration", "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><A>恩</A>", message.UTF8},
		{"no encoding declared", "<?xml version=\"1.0\"?>\r\n<A>恩</A>\r\n", message.UTF8},
		{"Shift_JIS", declared("Shift_JIS") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"shift-jis", declared("shift-jis") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"SJIS", declared("SJIS") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"x-sjis", declared("x-sjis") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"Windows-31J", declared("Windows-31J") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"CP932", declared("CP932") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"MS932", declared("MS932") + "<A>\x89\xB6</A>", message.ShiftJIS},
		{"white space around a text", "<A>\r\n\t 恩 \n</A>", message.UTF8},
		{"CDATA", "<A> <![CDATA[恩]]> </A>", message.UTF8},
		{"a character reference", "<A>&#x6069;</A>", message.UTF8},
		{"comments and processing instructions", "<!-- 1 --><?b c?><A><!-- 2 -->恩<?xml-stylesheet d?></A><!-- 3 -->", message.UTF8},
		{"attributes and prefixes", "<m:A xmlns:m='urn:m' b='&lt;'>恩</m:A>", message.UTF8},
	} {
		t.Run(c.name, func(t *testing.T) {
			root, encoding, err := message.Read([]byte(c.document))
			require.NoError(t, err)
			assert.Equal(t, message.Leaf("A", "恩"), root)
			assert.Equal(t, c.encoding, encoding)
		})
	}
}

func TestTexts(t *testing.T) {
	for content, want := range map[string]string{
		"  999904":                         "999904",
		"　恩資　花子　":                          "　恩資　花子　",
		"a &lt;b&gt; &amp;&#xD;&quot;c":    "a <b> &\r\"c",
		"a\r\nb\rc":                        "a\nb\nc",
		"<![CDATA[<b>&amp;]]>c<!-- d -->e": "<b>&amp;ce",
		"":                                 "",
		" \n ":                             "",
	} {
		root, _, err := message.Read([]byte("<A>" + content + "</A>"))
		require.NoError(t, err, content)
		assert.Equal(t, message.Element{Name: "A", Text: want}, root)
	}
}

func TestWhatIsRefused(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("<A>", n) + strings.Repeat("</A>", n) }
	for _, c := range []struct {
		name, document, code string
		line                 int
		says                 string
	}{
		{"a DOCTYPE", "<?xml version='1.0'?>\n<!DOCTYPE A [<!ENTITY b 'c'>]>\n<A>&b;</A>", message.CodeDTD, 2, "leave it out"},
		{"an unfinished DOCTYPE", "<!DOCTYPE A [<!ENTITY b SYSTEM 'file:///etc/passwd'>", message.CodeDTD, 1, "DOCTYPE"},
		{"a directive inside", "<A>\n<!ENTITY b 'c'></A>", message.CodeDTD, 2, "ENTITY"},

		{"another encoding", declared("EUC-JP") + "<A/>", message.CodeEncoding, 1, `"EUC-JP" is not read here; write the file in UTF-8 or Shift_JIS`},
		{"UTF-16 declared", declared("UTF-16") + "<A/>", message.CodeEncoding, 1, `"UTF-16"`},
		{"UTF-16LE with its mark", "\xFF\xFE<\x00A\x00", message.CodeEncoding, 1, "UTF-16"},
		{"UTF-16BE with its mark", "\xFE\xFF\x00<\x00A", message.CodeEncoding, 1, "UTF-16"},
		{"UTF-16LE", "<\x00A\x00", message.CodeEncoding, 1, "UTF-16"},
		{"UTF-16BE", "\x00<\x00A", message.CodeEncoding, 1, "UTF-16"},

		{"Shift_JIS that says UTF-8", declared("UTF-8") + "\n<A>\n\x89\xB6</A>", message.CodeBytes, 3, `the bytes are Shift_JIS, but the file says UTF-8`},
		{"UTF-8 that says Shift_JIS", declared("Shift_JIS") + "\n<A>恩資</A>", message.CodeBytes, 2, `the bytes are UTF-8, but the file says Shift_JIS`},
		{"neither", "<A>\xFF\x81</A>", message.CodeBytes, 1, "the byte FF is no UTF-8"},
		{"a surrogate", "<A>\xED\xA0\x80</A>", message.CodeBytes, 1, "the byte ED is no UTF-8"},
		{"a vendor's own character", declared("Shift_JIS") + "\n<A>\n\n\x89\xB6\xF0\x40</A>", message.CodeBytes, 4, "the bytes F0 40 are no Shift_JIS"},
		{"the mark of UTF-8 before Shift_JIS", "\xEF\xBB\xBF" + declared("Shift_JIS") + "<A/>", message.CodeBytes, 1, "byte order mark"},

		{"too deep", deep(17), message.CodeDepth, 1, "more than 16 deep"},
		{"too many elements", "<A>" + strings.Repeat("<B/>", 200_000) + "</A>", message.CodeSize, 1, "more than 200000 elements"},
		{"too long a name", "<A><" + strings.Repeat("B", 101) + "/></A>", message.CodeSize, 1, "longer than 100 bytes"},
		{"too many attributes", "<A" + strings.Repeat(" b=''", 65) + "/>", message.CodeSize, 1, "more than 64 attributes"},

		{"text before children", "<A>\nb\n<C/></A>", message.CodeXML, 3, "<A> of line 1 has both text (\"b\") and children"},
		{"text behind children", "<A><C/>\n b</A>", message.CodeXML, 2, "<A> of line 1 has both text (\"b\") and children"},
		{"two roots", "<A/>\n<B/>", message.CodeXML, 2, "<B> stands behind the end of the root <A>"},
		{"text behind the root", "<A/>\n\nb", message.CodeXML, 3, "text stands behind the end of the root <A>: \"b\""},
		{"text before the root", "\nb<A/>", message.CodeXML, 2, "text stands before the root: \"b\""},
		{"half a character behind the root", "<A/>\xE6\x81", message.CodeXML, 1, "part of a character"},
		{"a closing tag of another", "<A>\n<B>\n</A>", message.CodeXML, 3, "</A> stands where <B> of line 2 must be closed"},
		{"a closing tag of another prefix", "<m:A></n:A>", message.CodeXML, 1, "</A> stands where <A> of line 1"},
		{"a closing tag alone", "</A>", message.CodeXML, 1, "</A> closes nothing"},
		{"an entity of its own", "<A>\n&b;</A>", message.CodeXML, 2, "&b;"},
		{"a bare ampersand", "<A>b & c</A>", message.CodeXML, 1, "write & as &amp;"},
		{"an attribute without quotation marks", "<A b=c/>", message.CodeXML, 1, "not well-formed"},
		{"a control character", "<A>\n\x01</A>", message.CodeXML, 2, "U+0001"},
		{"a control character in a comment", "<A><!-- \x00 --></A>", message.CodeXML, 1, "U+0000"},
		{"a reference to a control character", "<A>&#1;</A>", message.CodeXML, 1, "not well-formed"},
		{"a declaration behind the beginning", "\n" + declared("UTF-8") + "<A/>", message.CodeXML, 2, "must be the very first thing"},
		{"two declarations", declared("UTF-8") + declared("UTF-8") + "<A/>", message.CodeXML, 1, "must be the very first thing"},
		{"a malformed declaration", "<?xml encoding='UTF-8'?><A/>", message.CodeXML, 1, `write <?xml version="1.0" encoding="UTF-8" standalone="no"?>`},
		{"an unclosed declaration", "<?xml version='1.0'\n<A/>", message.CodeXML, 1, "declaration is malformed"},
		{"XML 1.1", "<?xml version='1.1'?><A/>", message.CodeXML, 1, "declaration is malformed"},
		{"a name only by its prefix", "<a:1/>", message.CodeXML, 1, "no name behind its prefix"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := message.Read([]byte(c.document))
			var refusal *message.Refusal
			require.ErrorAs(t, err, &refusal)
			assert.Equal(t, c.code, refusal.Code, refusal.Message)
			assert.Equal(t, c.line, refusal.Line, refusal.Message)
			assert.Contains(t, refusal.Message, c.says)
			assert.Less(t, len(refusal.Message), 400)
			assert.False(t, message.Incomplete(err), refusal.Message)
		})
	}
	_, _, err := message.Read([]byte(deep(16)))
	assert.NoError(t, err, "16 deep is not too deep")
}

func TestARefusalTellsTheEncoding(t *testing.T) {
	_, encoding, err := message.Read([]byte(declared("Shift_JIS") + "<A>"))
	require.Error(t, err)
	assert.Equal(t, message.ShiftJIS, encoding)
}

func TestAnEmptyFileIsIncomplete(t *testing.T) {
	for _, document := range []string{"", "\xEF\xBB\xBF", " \n", "<!-- b -->", declared("UTF-8")} {
		_, _, err := message.Read([]byte(document))
		require.Error(t, err)
		assert.True(t, message.Incomplete(err), "%q: %v", document, err)
	}
	assert.False(t, message.Incomplete(errors.New("another")))
}

// wholeDocuments are cut at every byte.
var wholeDocuments = []string{
	request,
	"\xEF\xBB\xBF" + request + "\r\n",
	declared("Shift_JIS") + "\n<A>\x89\xB6\x8E\x91\x81\x40\x83\x5C\xB5\xDD</A>",
	"<?b c?><!-- d --><m:名 xmlns:m='urn:恩' e=\"f\"><g h='i' /><j> &amp;&#x6069;<![CDATA[恩]]>𠮷</j></m:名><!-- k --><?l m?>\n",
}

func TestEveryPartOfADocumentIsIncomplete(t *testing.T) {
	for _, document := range wholeDocuments {
		requirePrefixesIncomplete(t, []byte(document))
	}
}

// requirePrefixesIncomplete cuts a valid document everywhere. Where only white space, comments and the like are cut off,
// the rest is a whole document with the same root.
func requirePrefixesIncomplete(t *testing.T, document []byte) {
	whole, _, err := message.Read(document)
	require.NoError(t, err)
	for cut := range document {
		root, _, err := message.Read(document[:cut])
		if err == nil {
			require.Equal(t, whole, root)
			require.Greater(t, cut, bytes.LastIndex(document, []byte("</")), "%q", document[:cut])
			continue
		}
		require.True(t, message.Incomplete(err), "%q: %v", document[:cut], err)
	}
}

// Markup that says least per byte: what is allocated for it is some times its length, however it is nested or repeated.
func TestMemoryIsInProportionToTheFile(t *testing.T) {
	for name, document := range map[string]string{
		"elements":   "<A>" + strings.Repeat("<B/>", 190_000) + "</A>",
		"attributes": "<A" + strings.Repeat(" b=''", 200_000) + "/>",
		"references": "<A>" + strings.Repeat("&lt;", 200_000) + "</A>",
		"pieces":     "<A>" + strings.Repeat("b<!---->", 100_000) + "</A>",
		"one tag":    "<" + strings.Repeat("A", 1_000_000),
	} {
		assert.Less(t, allocated(func() { _, _, _ = message.Read([]byte(document)) }), 120*len(document), name)
	}
}

func allocated(by func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	by()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

func declared(encoding string) string { return `<?xml version="1.0" encoding="` + encoding + `"?>` }

func BenchmarkRead(b *testing.B) {
	inShiftJIS := message.Append(nil, asked, message.ShiftJIS)
	result := message.Append(nil, answer(), message.UTF8)
	for _, c := range []struct {
		name     string
		document []byte
	}{{"request/UTF-8", []byte(request)}, {"request/Shift_JIS", inShiftJIS}, {"answer/UTF-8", result}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.document)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := message.Read(c.document); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
