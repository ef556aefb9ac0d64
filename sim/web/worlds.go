package web

import (
	"context"
	"net/http"
	"strings"

	"onshisim/sim/world"
)

// DefaultWorld is the world of a path that names none.
const DefaultWorld = "default"

type worldKey struct{}

// Worlds serves /w/{world}/… as next serves /…, in that world; any other path is in DefaultWorld.
func Worlds(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.RawPath // set when it is escaped in an unusual way; a name never needs that
		if path == "" {
			path = r.URL.Path
		}
		rest, named := strings.CutPrefix(path, "/w/")
		if !named {
			next.ServeHTTP(w, r)
			return
		}
		name, _, _ := strings.Cut(rest, "/")
		if !world.IsName(name) {
			newProblem(http.StatusNotFound).write(r.Context(), w)
			return
		}
		prefix := len("/w/") + len(name) // without escapes, so as long in RawPath as in Path
		inner, target := r.WithContext(context.WithValue(r.Context(), worldKey{}, name)), *r.URL
		target.Path = rooted(target.Path[prefix:])
		if target.RawPath != "" {
			target.RawPath = rooted(target.RawPath[prefix:])
		}
		inner.URL = &target
		next.ServeHTTP(w, inner)
	})
}

func rooted(path string) string {
	if path == "" {
		return "/"
	}
	return path
}

// WorldName is the world that a request's path names.
func WorldName(ctx context.Context) string {
	if name, ok := ctx.Value(worldKey{}).(string); ok {
		return name
	}
	return DefaultWorld
}
