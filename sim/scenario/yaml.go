package scenario

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The bounds of a file. Deep nesting costs the parser the square of it.
const (
	maxBytes = 1 << 20
	maxDepth = 64
)

// parseTree reads a file's YAML. A tree comes back also with mistakes, except when the file can't be read as YAML at all.
func parseTree(file string, data []byte) *tree {
	t := &tree{file: file, spots: map[string]spot{}, anchors: map[string]ast.Node{}}
	start := spot{line: 1, column: 1}
	t.spots[""] = start
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case len(data) > maxBytes:
		t.add(start, "the file is too large: at most %d bytes", maxBytes)
		return t
	case !utf8.Valid(data):
		t.add(start, "the file is not UTF-8; expected UTF-8, so save it anew in that encoding")
		return t
	}
	tokens := lexer.Tokenize(string(data))
	if deep := tooDeep(tokens); deep != nil {
		t.add(spot{line: deep.Position.Line, column: deep.Position.Column}, "nested too deeply: at most %d levels", maxDepth)
		return t
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		t.addSyntaxError(err, string(data))
		return t
	}
	t.readDocuments(parsed)
	return t
}

// readDocuments reads the one document that a file has.
func (t *tree) readDocuments(parsed *ast.File) {
	found := false
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.DirectiveType {
			continue
		}
		if found {
			position := doc.Body.GetToken().Position
			t.add(spot{line: position.Line, column: position.Column}, "a second document begins here; expected one scenario per file")
			return
		}
		found = true
		t.value = t.read(doc.Body, spot{}, nil)
	}
	if !found || t.value == nil && len(t.mistakes) == 0 { // nothing, or ~, which is YAML for it
		t.add(spot{line: 1, column: 1}, "the file is empty; expected a scenario, which begins with title:")
	}
}

// tooDeep finds the token that opens one level too many, by brackets or on one line.
func tooDeep(tokens token.Tokens) *token.Token {
	depth, line, onLine := 0, 0, 0
	for _, tk := range tokens {
		if tk.Position.Line != line {
			line, onLine = tk.Position.Line, 0
		}
		switch tk.Type {
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.TagType, token.AnchorType:
			onLine++
		}
		if depth > maxDepth || onLine > maxDepth {
			return tk
		}
	}
	return nil
}

// addSyntaxError notes why the file is no YAML, in words that help with what usually is the cause.
func (t *tree) addSyntaxError(err error, text string) {
	var syntax yaml.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		t.add(spot{line: 1, column: 1}, "this is not YAML: %v", err)
		return
	}
	position := syntax.GetToken().Position
	lines := strings.Split(text, "\n")
	line := ""
	if position.Line >= 1 && position.Line <= len(lines) {
		line = lines[position.Line-1]
	}
	message := syntax.GetMessage()
	switch {
	case strings.Contains(message, "'\t'"):
		message = "a tab; expected spaces, which is what YAML indents with"
	case strings.Contains(line, "${"):
		message += `; a ${name} inside {…} or […] must stand in quotes: "${name}"`
	case strings.Contains(message, "mapping value is not allowed"):
		message += `; a text with ": " in it must stand in quotes, and keys of one mapping must begin in the same column`
	}
	t.add(spot{line: position.Line, column: position.Column}, "this is not YAML: %s", message)
}
