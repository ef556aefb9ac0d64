package message

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// What a document may have at most. Real messages are 5 deep and have no attributes; a batch of 1,000 persons has some
// 60,000 elements.
const (
	maxDepth      = 16
	maxElements   = 200_000
	maxName       = 100
	maxAttributes = 64
)

// Read parses a whole document and tells its encoding. The text of an element has no white space at its ends, other than
// full-width spaces; prefixes and attributes are passed over, and so are comments and processing instructions.
//
// The error is a *Refusal. Where the encoding is known it is told all the same, so that the answer can be in it.
func Read(data []byte) (Element, Encoding, error) {
	from, refusal := decode(data)
	if refusal != nil {
		return Element{}, from.encoding, refusal
	}
	if refusal := from.forbidden(); refusal != nil {
		return Element{}, from.encoding, refusal
	}
	p := parser{source: from, input: &input{Reader: strings.NewReader(from.text)}}
	p.decoder = xml.NewDecoder(p.input)
	if refusal := p.parse(); refusal != nil {
		return Element{}, from.encoding, refusal
	}
	return p.root, from.encoding, nil
}

// forbidden refuses characters that XML 1.0 has not, wherever they stand.
func (s *source) forbidden() *Refusal {
	line := s.line
	for i, r := range s.text {
		if r == '\n' {
			line++
		}
		if !inXML(r) {
			return refuse(CodeXML, line, "the character U+%04X (byte %d of the text) is not allowed in XML; leave it out", r, i)
		}
	}
	return nil
}

// inXML says whether XML 1.0 has a character (production 2).
func inXML(r rune) bool {
	return r >= ' ' && r < 0xFFFE || r == '\t' || r == '\n' || r == '\r' || r > 0xFFFF
}

// An input remembers that the decoder asked for more than there is: whatever it then finds wrong, the rest is missing.
type input struct {
	*strings.Reader
	ended bool
}

// ReadByte is the only method that the decoder uses.
func (i *input) ReadByte() (byte, error) {
	b, err := i.Reader.ReadByte()
	i.ended = i.ended || err != nil
	return b, err
}

// A parser makes elements of tokens. It takes raw ones: those that the decoder has checked itself cost name spaces.
type parser struct {
	source
	input    *input
	decoder  *xml.Decoder
	open     []opened // from the root to the innermost element
	text     []byte   // of the open elements, one after the other
	elements int
	at       int // line of the token
	root     Element
}

// opened is an element whose end tag is still to come.
type opened struct {
	element Element
	prefix  string
	line    int
	text    int // where its text begins
}

func (p *parser) parse() *Refusal {
	for {
		p.at = p.here()
		rest := p.source.text[p.decoder.InputOffset():]
		if refusal := p.declares(rest); refusal != nil {
			return refusal
		}
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return p.end()
		}
		if err != nil {
			return p.broken(err)
		}
		if refusal := p.take(token); refusal != nil {
			return refusal
		}
	}
}

// here is the line that the decoder has come to.
func (p *parser) here() int {
	line, _ := p.decoder.InputPos()
	return p.line + line - 1
}

// declares refuses directives, before the decoder reads one to its end, and a second XML declaration.
func (p *parser) declares(rest string) *Refusal {
	if len(rest) > 2 && rest[:2] == "<!" && rest[2] != '-' && rest[2] != '[' {
		return refuse(CodeDTD, p.at, "the file has a DOCTYPE or another directive (<!%.10s…); leave it out, the only entities are those of XML itself", rest[2:])
	}
	if isDeclaration(rest) {
		return refuse(CodeXML, p.at, "an XML declaration stands behind the beginning; it must be the very first thing in the file, once")
	}
	return nil
}

func (p *parser) take(token xml.Token) *Refusal {
	switch token := token.(type) {
	case xml.StartElement:
		return p.start(token)
	case xml.EndElement:
		return p.close(token.Name)
	case xml.CharData:
		return p.characters(token)
	}
	return nil // comments and processing instructions
}

func (p *parser) start(tag xml.StartElement) *Refusal {
	name := tag.Name.Local
	p.elements++
	switch {
	case len(p.open) == 0 && p.root.Name != "":
		return refuse(CodeXML, p.at, "<%.*s> stands behind the end of the root <%s>; a file has one root", maxName, name, p.root.Name)
	case len(p.open) == maxDepth:
		return refuse(CodeDepth, p.at, "elements stand more than %d deep in each other; a message has 5 levels", maxDepth)
	case p.elements > maxElements:
		return refuse(CodeSize, p.at, "the file has more than %d elements; divide it", maxElements)
	case len(name) > maxName:
		return refuse(CodeSize, p.at, "an element's name is longer than %d bytes: %.20s…", maxName, name)
	case len(tag.Attr) > maxAttributes:
		return refuse(CodeSize, p.at, "<%s> has more than %d attributes; a message has none", name, maxAttributes)
	case tag.Name.Space != "" && !isName(name):
		return refuse(CodeXML, p.at, "<%.*s:%s> has no name behind its prefix; leave the prefix out", maxName, tag.Name.Space, name)
	}
	if parent := p.innermost(); parent != nil {
		if text := trim(p.text[parent.text:]); len(text) > 0 {
			return p.mixed(parent, text)
		}
		p.text = p.text[:parent.text]
	}
	p.open = append(p.open, opened{element: Element{Name: name}, prefix: tag.Name.Space, line: p.at, text: len(p.text)})
	return nil
}

// isName says whether what stands behind a prefix is a name by itself: the decoder has looked at both together.
func isName(name string) bool {
	if first := name[0] | 0x20; 'a' <= first && first <= 'z' {
		return true
	}
	_, err := xml.NewDecoder(strings.NewReader("<" + name + "/>")).RawToken()
	return err == nil
}

func (p *parser) close(name xml.Name) *Refusal {
	closed := p.innermost()
	if closed == nil {
		return refuse(CodeXML, p.at, "</%.*s> closes nothing; leave it out", maxName, name.Local)
	}
	if closed.element.Name != name.Local || closed.prefix != name.Space {
		return refuse(CodeXML, p.at, "</%.*s> stands where <%s> of line %d must be closed", maxName, name.Local, closed.element.Name, closed.line)
	}
	text := trim(p.text[closed.text:])
	if len(text) > 0 && len(closed.element.Children) > 0 {
		return p.mixed(closed, text)
	}
	element := closed.element
	element.Text = string(text)
	p.text = p.text[:closed.text]
	p.open = p.open[:len(p.open)-1]
	if parent := p.innermost(); parent != nil {
		parent.element.Children = append(parent.element.Children, element)
	} else {
		p.root = element
	}
	return nil
}

func (p *parser) characters(data []byte) *Refusal {
	if len(p.open) > 0 {
		p.text = append(p.text, data...)
		return nil
	}
	text := bytes.TrimLeft(data, whiteSpace)
	line := p.at + bytes.Count(data[:len(data)-len(text)], []byte("\n"))
	switch {
	case len(text) == 0:
		return nil
	case p.root.Name == "":
		return refuse(CodeXML, line, "text stands before the root: %.20q; the file must begin with the XML declaration", text)
	}
	return refuse(CodeXML, line, "text stands behind the end of the root <%s>: %.20q; leave it out", p.root.Name, text)
}

// innermost is the element whose content is being read, nil outside the root.
func (p *parser) innermost() *opened {
	if len(p.open) == 0 {
		return nil
	}
	return &p.open[len(p.open)-1]
}

func (p *parser) mixed(parent *opened, text []byte) *Refusal {
	return refuse(CodeXML, p.at, "<%s> of line %d has both text (%.20q) and children; leave out one of them", parent.element.Name, parent.line, text)
}

// end is what the end of the text means.
func (p *parser) end() *Refusal {
	switch open := p.innermost(); {
	case open != nil:
		return endsEarly(p.here(), "the file ends before <%s> of line %d is closed", open.element.Name, open.line)
	case p.root.Name == "":
		return endsEarly(p.here(), "the file ends before its root; write an <XmlMsg>")
	case p.torn:
		return refuse(CodeXML, p.here(), "part of a character stands behind the end of the root <%s>; leave it out", p.root.Name)
	}
	return nil
}

// broken is what the decoder's error means.
func (p *parser) broken(err error) *Refusal {
	if p.input.ended {
		return endsEarly(p.here(), "the file ends within a tag, a comment or a section")
	}
	what, line := err.Error(), p.at
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		what, line = syntax.Msg, p.line+syntax.Line-1
	}
	return refuse(CodeXML, line, "the file is not well-formed: %s; write & as &amp; and < as &lt; in texts, and close every element", shorten(what))
}

// shorten keeps a text of the file from filling a message.
func shorten(text string) string {
	const most = 120
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

const whiteSpace = " \t\r\n"

// trim takes the white space of XML from both ends: the numbers of insurers are padded with spaces on the left. A
// full-width space is part of the text.
func trim(text []byte) []byte { return bytes.Trim(text, whiteSpace) }
