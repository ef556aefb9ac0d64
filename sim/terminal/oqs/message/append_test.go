package message_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/terminal/oqs/message"
)

// body is a document behind its declaration.
func body(root message.Element, as message.Encoding) string {
	_, body, _ := strings.Cut(string(message.Append(nil, root, as)), "?>\n")
	return body
}

func TestADocumentIsADeclarationAndOneLine(t *testing.T) {
	document := message.Append([]byte("before "), message.Group("XmlMsg", message.Leaf("名", "ｵﾝｼ 恩")), message.UTF8)
	assert.Equal(t, "before <?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<XmlMsg><名>ｵﾝｼ 恩</名></XmlMsg>", string(document))

	document = message.Append(nil, message.Group("XmlMsg", message.Leaf("A", "ｵﾝｼ 髙〜𠮷")), message.ShiftJIS)
	assert.Equal(t, "<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>\n<XmlMsg><A>\xB5\xDD\xBC \xFB\xFC\x81\x60\x81\xAC</A></XmlMsg>", string(document))
}

func TestALabelCanBeWrong(t *testing.T) {
	root := message.Leaf("A", "恩")
	assert.Equal(t, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<A>\x89\xB6</A>",
		string(message.AppendLabelled(nil, root, message.UTF8, message.ShiftJIS)))
	assert.Equal(t, "<?xml version=\"1.0\" encoding=\"Shift_JIS\" standalone=\"no\"?>\n<A>恩</A>",
		string(message.AppendLabelled(nil, root, message.ShiftJIS, message.UTF8)))
}

func TestTextsAreEscaped(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a<b>&c;]]>", "a&lt;b&gt;&amp;c;]]&gt;"},
		{`"'`, `"'`},
		{" 1\t2\r\n3 ", " 1\t2&#xD;\n3 "},
		{"\x00\x01\x1F\uFFFE\uFFFF", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
		{"A\xFFB\uFFFD𠮷", "A\uFFFDB\uFFFD𠮷"},
	} {
		assert.Equal(t, "<A>"+c.want+"</A>", body(message.Leaf("A", c.text), message.UTF8))
	}
	assert.Equal(t, "<A>&lt;\x81\xAC\x81\xAC\x82\xAA&amp;</A>", body(message.Leaf("A", "<\x01\xFFか\u3099&"), message.ShiftJIS))
}

func TestWhatIsNoElementIsLeftOut(t *testing.T) {
	root := message.Element{Name: "A", Children: []message.Element{{}, {Name: "B"}}}
	assert.Equal(t, "<A><B/></A>", body(root, message.UTF8))
}

func BenchmarkAppend(b *testing.B) {
	root := answer()
	for _, as := range []message.Encoding{message.UTF8, message.ShiftJIS} {
		b.Run(as.String(), func(b *testing.B) {
			to := message.Append(nil, root, as)
			b.SetBytes(int64(len(to)))
			b.ReportAllocs()
			for b.Loop() {
				to = message.Append(to[:0], root, as)
			}
		})
	}
}
