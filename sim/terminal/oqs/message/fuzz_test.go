package message_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs/cp932"
	"onshisim/sim/terminal/oqs/message"
)

// What can be read can be written, and is then read as the same.
func FuzzRead(f *testing.F) {
	for _, document := range wholeDocuments {
		f.Add([]byte(document))
	}
	for _, document := range []string{
		"", "<A>\n&b;</A>", "<!DOCTYPE A [<!ENTITY b 'c'>]><A/>", "<A/>\xE6\x81", "\xFF\xFE<\x00", declared("CP932") + "<A>\x81", "<:b/>", "<a:-b/>",
		"<A b='c'><D>&#xD;</D></A>", "<A>か\u3099 〜 葛\U000E0100</A>",
	} {
		f.Add([]byte(document))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, _, err := message.Read(data)
		if err != nil {
			return
		}
		requireReadAgain(t, root, message.UTF8)
		if representable(root) {
			requireReadAgain(t, asWindows(root), message.ShiftJIS)
		}
		if len(data) < 200 {
			requirePartsReadOrIncomplete(t, data)
		}
	})
}

func requireReadAgain(t *testing.T, root message.Element, as message.Encoding) {
	document := message.Append(nil, root, as)
	again, encoding, err := message.Read(document)
	require.NoError(t, err, "%q", document)
	require.Equal(t, as, encoding)
	require.Equal(t, root, again, "%q", document)
}

func requirePartsReadOrIncomplete(t *testing.T, document []byte) {
	for cut := range document {
		_, _, err := message.Read(document[:cut])
		require.True(t, err == nil || message.Incomplete(err), "%q: %v", document[:cut], err)
	}
}

func representable(e message.Element) bool {
	whole := cp932.Representable(e.Name) && cp932.Representable(e.Text)
	for _, child := range e.Children {
		whole = whole && representable(child)
	}
	return whole
}

// asWindows is an element with the code points that Windows has for its characters.
func asWindows(e message.Element) message.Element {
	name, _ := cp932.Decode(cp932.Append(nil, e.Name))
	text, _ := cp932.Decode(cp932.Append(nil, e.Text))
	same := message.Element{Name: name, Text: text}
	for _, child := range e.Children {
		same.Children = append(same.Children, asWindows(child))
	}
	return same
}
