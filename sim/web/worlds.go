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
		inner, name, err := intoWorld(r)
		if err != nil {
			problemOf(err).write(r.Context(), w)
			return
		}
		if name != "" {
			inner = inner.WithContext(context.WithValue(r.Context(), worldKey{}, name))
		}
		next.ServeHTTP(w, inner)
	})
}

// intoWorld is a request as it is within the world that its path names; without a name, if it names none.
func intoWorld(r *http.Request) (inner *http.Request, name string, err error) {
	path := r.URL.RawPath // set when it is escaped in an unusual way; a name never needs that
	if path == "" {
		path = r.URL.Path
	}
	rest, named := strings.CutPrefix(path, "/w/")
	if !named {
		return r, "", nil
	}
	name, _, _ = strings.Cut(rest, "/")
	if !world.IsName(name) {
		return nil, "", newProblem(http.StatusNotFound)
	}
	prefix := len("/w/") + len(name) // without escapes, so as long in RawPath as in Path
	within, target := *r, *r.URL
	target.Path = rooted(target.Path[prefix:])
	if target.RawPath != "" {
		target.RawPath = rooted(target.RawPath[prefix:])
	}
	within.URL = &target
	return &within, name, nil
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
