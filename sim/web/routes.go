package web

import (
	"slices"
	"strings"
)

// routes finds the operation for a path, as the router does that serves everything else.
type routes map[string]*methodRoutes

// methodRoutes are those of one method.
type methodRoutes struct {
	plain  map[string]*shortcut
	shaped []shaped // those with parameters, in the order in which they are tried
}

// shaped is the path of an operation with parameters: a segment that begins with a brace is one.
type shaped struct {
	segments []string
	to       *shortcut
}

// mostParameters is how many parameters a path has at most.
const mostParameters = 4

// parameters are the values of a path's parameters, in their order.
type parameters [mostParameters]string

func (all routes) add(method, path string, to *shortcut) {
	of := all[method]
	if of == nil {
		of = &methodRoutes{plain: map[string]*shortcut{}}
		all[method] = of
	}
	if !strings.Contains(path, "{") {
		of.plain[path] = to
		return
	}
	of.shaped = append(of.shaped, shaped{strings.Split(path[1:], "/"), to})
	slices.SortStableFunc(of.shaped, func(a, b shaped) int {
		return slices.CompareFunc(a.segments, b.segments, func(a, b string) int { return rank(a) - rank(b) })
	})
}

// rank puts a fixed segment before a parameter.
func rank(segment string) int {
	if strings.HasPrefix(segment, "{") {
		return 1
	}
	return 0
}

// find gives the operation for a path and the values of its parameters; nil if there is none.
func (all routes) find(method, path string, values *parameters) *shortcut {
	of := all[method]
	if of == nil {
		return nil
	}
	if to := of.plain[path]; to != nil {
		return to
	}
	for i := range of.shaped {
		if of.shaped[i].fits(path, values) {
			return of.shaped[i].to
		}
	}
	return nil
}

func (s *shaped) fits(path string, values *parameters) bool {
	n := 0
	for _, want := range s.segments {
		if path == "" || path[0] != '/' {
			return false
		}
		path = path[1:]
		segment := path
		if end := strings.IndexByte(path, '/'); end >= 0 {
			segment = path[:end]
		}
		path = path[len(segment):]
		switch {
		case rank(want) == 0:
			if segment != want {
				return false
			}
		case segment == "":
			return false
		default:
			values[n] = segment
			n++
		}
	}
	return path == ""
}
