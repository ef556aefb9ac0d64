package message

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"onshisim/sim/terminal/oqs/cp932"
)

// A source is a document's text, without byte order mark and XML declaration.
type source struct {
	text     string
	encoding Encoding
	line     int  // of its first character
	torn     bool // it ends in the middle of a character, which is left out
}

const byteOrderMark = "\xEF\xBB\xBF"

// decode gives a document's text, after looking which encoding it is in: the declaration says it, and UTF-8 is meant where
// nothing does.
func decode(data []byte) (source, *Refusal) {
	if len(data) == 0 {
		return source{}, &Refusal{
			Code: CodeEmpty, Line: 1, incomplete: true,
			Message: "line 1: the file is empty; write the message under another name and rename it when it is whole",
		}
	}
	if isUTF16(data) {
		return source{}, refuse(CodeEncoding, 1, "the file is in UTF-16; write it in UTF-8 or Shift_JIS")
	}
	if len(data) < len(byteOrderMark) && strings.HasPrefix(byteOrderMark, string(data)) {
		return source{}, endsEarly(1, "the file ends within the byte order mark")
	}
	body, marked := bytes.CutPrefix(data, []byte(byteOrderMark))
	label, length, refusal := declaration(body)
	if refusal != nil {
		return source{}, refusal
	}
	encoding, ok := labelled(label)
	if !ok {
		return source{}, refuse(CodeEncoding, 1, "the encoding %q is not read here; write the file in UTF-8 or Shift_JIS and declare that", label)
	}
	if marked && encoding != UTF8 {
		return source{encoding: encoding}, refuse(CodeBytes, 1,
			"the file has the byte order mark of UTF-8 and declares %s; declare encoding=\"UTF-8\", or save it as Shift_JIS", label)
	}
	from := source{encoding: encoding, line: 1 + bytes.Count(body[:length], []byte("\n"))}
	refusal = from.read(body[length:])
	return from, refusal
}

// isUTF16 knows UTF-16, and UTF-32 with it, by their mark or by the zero byte beside the first character.
func isUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xFE\xFF")) || bytes.HasPrefix(data, []byte("\xFF\xFE")) ||
		data[0] == 0 || len(data) > 1 && data[1] == 0
}

// An XML declaration (XML 1.0, production 23). Its first group holds the encoding's label with its quotation marks.
var xmlDeclaration = regexp.MustCompile(`^<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')` +
	`(?:\s+encoding\s*=\s*("[A-Za-z][A-Za-z0-9._\-]*"|'[A-Za-z][A-Za-z0-9._\-]*'))?` +
	`(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>`)

// maxDeclaration is more than a declaration takes, with whatever space between its parts.
const maxDeclaration = 1000

// declaration gives the encoding's label, UTF-8 if there is none, and the declaration's length.
func declaration(body []byte) (label string, length int, _ *Refusal) {
	if !isDeclaration(body) {
		return UTF8.String(), 0, nil
	}
	found := xmlDeclaration.FindSubmatchIndex(body[:min(len(body), maxDeclaration)])
	switch {
	case found == nil && len(body) < maxDeclaration && !bytes.ContainsAny(body[1:], "<>"):
		return "", 0, endsEarly(1, "the file ends within the XML declaration")
	case found == nil:
		return "", 0, refuse(CodeXML, 1, "the XML declaration is malformed; write %s", strings.TrimSpace(declare(UTF8)))
	case found[2] < 0:
		return UTF8.String(), found[1], nil
	}
	return string(body[found[2]+1 : found[3]-1]), found[1], nil
}

// isDeclaration says whether a text begins with an XML declaration, not with another processing instruction.
func isDeclaration[text string | []byte](body text) bool {
	const opening = "<?xml"
	return len(body) > len(opening) && string(body[:len(opening)]) == opening && strings.IndexByte(" \t\r\n?", body[len(opening)]) >= 0
}

// read decodes the bytes strictly. A character that lacks its last bytes at the very end is no mistake yet.
func (s *source) read(body []byte) *Refusal {
	if s.encoding == ShiftJIS {
		return s.readShiftJIS(body)
	}
	if utf8.Valid(body) {
		s.text = string(body)
		return nil
	}
	at := firstInvalid(body)
	if !utf8.FullRune(body[at:]) {
		s.text, s.torn = string(body[:at]), true
		return nil
	}
	line := s.line + bytes.Count(body[:at], []byte("\n"))
	if _, err := cp932.Decode(body); err == nil {
		return refuse(CodeBytes, line, "the bytes are Shift_JIS, but the file says UTF-8 or nothing; declare encoding=\"Shift_JIS\", or save it as UTF-8")
	}
	return refuse(CodeBytes, line, "the byte %02X is no UTF-8; save the file as UTF-8, or declare the encoding that it has", body[at])
}

func (s *source) readShiftJIS(body []byte) *Refusal {
	text, err := cp932.Decode(body)
	if err == nil {
		s.text = text
		return nil
	}
	mistake := new(cp932.SyntaxError)
	if errors.As(err, &mistake) && mistake.Truncated {
		s.torn = true
		return s.readShiftJIS(body[:mistake.Offset])
	}
	line := s.line + bytes.Count(body[:mistake.Offset], []byte("\n"))
	if utf8.Valid(body) {
		return refuse(CodeBytes, line, "the bytes are UTF-8, but the file says Shift_JIS; declare encoding=\"UTF-8\", or save it as Shift_JIS")
	}
	return refuse(CodeBytes, line, "the bytes % X are no Shift_JIS; save the file as Shift_JIS without characters of your own (外字), or as UTF-8", mistake.Bytes)
}

// firstInvalid finds the first byte that is no UTF-8.
func firstInvalid(body []byte) int {
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(body)
}
