package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// spot is where a value stands in its file.
type spot struct {
	line, column int
	key          *spot  // where its key stands, if it has one
	field        string // its path for people, as in steps[2].with.pin
	written      string // a scalar as it was written
}

// tree is a YAML document as JSON has it, with the place of each value.
type tree struct {
	file     string
	value    any
	spots    map[string]spot // by JSON Pointer
	mistakes Mistakes

	anchors map[string]ast.Node
	nodes   int
}

var pointerEscapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointer writes a JSON Pointer.
func pointer(location ...string) string {
	var text strings.Builder
	for _, token := range location {
		text.WriteString("/" + pointerEscapes.Replace(token))
	}
	return text.String()
}

// at gives the place of a value, or of the nearest thing around it.
func (t *tree) at(location ...string) spot {
	for ; len(location) > 0; location = location[:len(location)-1] {
		if s, ok := t.spots[pointer(location...)]; ok {
			return s
		}
	}
	return t.spots[""]
}

// add notes a mistake about a value.
func (t *tree) add(s spot, format string, args ...any) {
	t.mistakes = append(t.mistakes, Mistake{File: t.file, Line: s.line, Column: s.column, Field: s.field, Message: fmt.Sprintf(format, args...)})
}

// maxNodes bounds a document after its aliases are put in.
const maxNodes = 100_000

// read turns a node into the value that JSON has for it, and notes its place and those of all under it.
func (t *tree) read(node ast.Node, here spot, location []string) any {
	position := node.GetToken().Position
	if mapping, ok := node.(*ast.MappingNode); ok && len(mapping.Values) > 0 && !mapping.IsFlowStyle {
		position = mapping.Values[0].Key.GetToken().Position
	}
	here.line, here.column = position.Line, position.Column
	if t.nodes++; t.nodes >= maxNodes {
		if t.nodes == maxNodes {
			t.add(here, "the file is too large: at most %d values, aliases counted", maxNodes)
		}
		return nil
	}
	here.written = node.GetToken().Value
	t.spots[pointer(location...)] = here
	switch node := node.(type) {
	case *ast.MappingNode:
		return t.readMapping(node, here, location)
	case *ast.SequenceNode:
		list := make([]any, 0, len(node.Values))
		for i, element := range node.Values {
			index := strconv.Itoa(i)
			list = append(list, t.read(element, spot{field: here.field + "[" + index + "]"}, slices.Concat(location, []string{index})))
		}
		return list
	case *ast.AnchorNode:
		value := t.read(node.Value, here, location)
		t.anchors[node.Name.GetToken().Value] = node.Value
		return value
	case *ast.AliasNode:
		name := node.Value.GetToken().Value
		anchored, ok := t.anchors[name]
		if !ok {
			t.add(here, "*%s names no anchor above it; expected &%s at an earlier value, or the text in quotes", name, name)
			return nil
		}
		return t.read(anchored, here, location)
	default:
		return t.readScalar(node, here)
	}
}

// readMapping reads keys and values.
func (t *tree) readMapping(node *ast.MappingNode, here spot, location []string) any {
	object := make(map[string]any, len(node.Values))
	for _, pair := range node.Values {
		token := pair.Key.GetToken()
		key := spot{line: token.Position.Line, column: token.Position.Column, field: here.field}
		if _, explicit := pair.Key.(*ast.MappingKeyNode); explicit || pair.Key.IsMergeKey() {
			t.add(key, "%q is not used in scenario files; expected plain key: value lines", token.Value)
			continue
		}
		name := token.Value
		field := name
		if here.field != "" {
			field = here.field + "." + name
		}
		key.field = field
		inner := slices.Concat(location, []string{name})
		if _, twice := object[name]; twice {
			t.add(key, "the key stands twice, first in line %d; expected once", t.spots[pointer(inner...)].key.line)
			continue
		}
		object[name] = t.read(pair.Value, spot{field: field, key: &key}, inner)
	}
	return object
}

// readScalar reads a single value.
func (t *tree) readScalar(node ast.Node, here spot) any {
	switch node := node.(type) {
	case *ast.StringNode:
		return node.Value
	case *ast.LiteralNode:
		return node.Value.Value
	case *ast.BoolNode:
		return node.Value
	case *ast.NullNode:
		return nil
	case *ast.IntegerNode, *ast.FloatNode:
		if isPlainNumber(here.written) {
			return json.Number(here.written)
		}
		t.add(here, "%s is ambiguous; expected a plain number, or in quotes if it is a code: %q", here.written, here.written)
		return here.written
	default:
		t.add(here, "%s is not used in scenario files; expected text, a number, true or false", node.Type().YAMLName())
		return nil
	}
}

// isPlainNumber says whether YAML and JSON read the same number: no leading zero, no other base, no underscores.
func isPlainNumber(written string) bool {
	return json.Valid([]byte(written))
}
