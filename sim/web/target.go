package web

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"onshisim/sim/problem"
)

// readTarget refuses a path or a query that can't be read without guessing, and gives the request with its path decoded:
// echo would otherwise hand over the parameters of an unusually escaped path undecoded.
func readTarget(r *http.Request) (*http.Request, error) {
	if !isText(r.URL.Path) {
		return nil, problem.New(problem.Unreadable, codeOf(http.StatusBadRequest), "The path is not UTF-8 text.")
	}
	if r.URL.RawQuery != "" {
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil || !isQuery(query) {
			return nil, problem.New(problem.Unreadable, codeOf(http.StatusBadRequest),
				"The query is not UTF-8 text, percent-encoded, with pairs joined by &.")
		}
	}
	if r.URL.RawPath == "" {
		return r, nil
	}
	if strings.Contains(r.URL.RawPath, "%2F") || strings.Contains(r.URL.RawPath, "%2f") {
		return nil, newProblem(http.StatusNotFound) // no name here holds a slash
	}
	plain, target := *r, *r.URL
	target.RawPath = ""
	plain.URL = &target
	return &plain, nil
}

// wholeSegments keeps a parameter at a route's end from taking in deeper paths, which is how echo matches.
func wholeSegments(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, value := range c.ParamValues() {
			if strings.Contains(value, "/") {
				return echo.ErrNotFound
			}
		}
		return next(c)
	}
}

func isQuery(query url.Values) bool {
	for name, values := range query {
		if !isText(name) {
			return false
		}
		for _, value := range values {
			if !isText(value) {
				return false
			}
		}
	}
	return true
}

// isText says whether every store can keep s, and every body hold it: PostgreSQL knows no NUL, and U+FFFD stands for what
// could not be read.
func isText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 && !strings.ContainsRune(s, utf8.RuneError)
}
