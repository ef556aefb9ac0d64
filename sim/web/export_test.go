package web

import (
	"encoding/json"
	"iter"
	"net"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// TakeNoQuickWay makes a server answer everything the ordinary way.
func TakeNoQuickWay(server http.Handler) { server.(*Server).quick = routes{} }

// CountQuickWays calls quick for each request that is answered by the quick way, with the operation's name.
func CountQuickWays(server http.Handler, quick func(operation string)) {
	for way := range quickWays(server.(*Server)) {
		if answer := way.answer; answer != nil {
			way.answer = func(x *exchange, body []byte) bool {
				answered := answer(x, body)
				if answered {
					quick(way.name)
				}
				return answered
			}
		}
	}
}

func quickWays(s *Server) iter.Seq[*shortcut] {
	return func(yield func(*shortcut) bool) {
		for _, of := range s.quick {
			for _, way := range of.plain {
				if !yield(way) {
					return
				}
			}
			for _, shaped := range of.shaped {
				if !yield(shaped.to) {
					return
				}
			}
		}
	}
}

// Bodies are the types of the bodies that a server's operations take and give, by their names; of those with a quick way
// alone, if so asked. An operation without a body is not among them.
func Bodies(server http.Handler, quick bool) (taken, given map[string]reflect.Type) {
	taken, given = map[string]reflect.Type{}, map[string]reflect.Type{}
	for way := range quickWays(server.(*Server)) {
		if quick && way.answer == nil {
			continue
		}
		if f, has := way.does.in.FieldByName("Body"); has {
			taken[way.name] = f.Type
		}
		if f, has := way.does.out.FieldByName("Body"); has && isShown(f.Type) {
			given[way.name] = f.Type
		}
	}
	return taken, given
}

// Ordinary reads a body as the ordinary way does into a pointer, and says whether it is accepted.
func Ordinary(data []byte, into any) bool {
	if checkJSON(data) != nil {
		return false
	}
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	schema := registry.Schema(reflect.TypeOf(into).Elem(), true, "Body")
	var parsed any
	if json.Unmarshal(data, &parsed) != nil {
		return false
	}
	var found huma.ValidateResult
	path := huma.NewPathBuffer(make([]byte, 0, 128), 0)
	huma.Validate(registry, schema, path, huma.ModeWriteToServer, parsed, &found)
	return len(found.Errors) == 0 && json.Unmarshal(data, into) == nil
}

// NewTimed is a connection with the deadlines of the server's own.
func NewTimed(c net.Conn) net.Conn {
	t := newTimed(c)
	return &t
}
