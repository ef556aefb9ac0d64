package scenario

import (
	"slices"
	"strings"
)

// Label is what the reports call a request to the national systems, as カードで資格確認; empty for one that no actor makes.
func Label(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	for _, a := range acts {
		if a.method == method && slices.EqualFunc(strings.Split(a.path, "/"), strings.Split(path, "/"), samePart) {
			return a.label
		}
	}
	return ""
}

// samePart compares a part of an act's path, which may be a parameter, with one of a request's.
func samePart(written, sent string) bool { return written == sent || strings.HasPrefix(written, "{") }
