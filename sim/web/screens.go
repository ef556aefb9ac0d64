package web

import (
	"net/http"
	"path"
	"strings"
)

// Screens are for people to look at.
type Screens interface {
	http.Handler

	// ServeFailure answers, with status 500, in place of a screen that failed. The log has the reason under the request's id.
	ServeFailure(w http.ResponseWriter, r *http.Request, requestID string)
}

// Screens has screens answer "/" and what is below a prefix, as in "/room/". Its requests are counted and logged like all
// others; they are in no journal, which is for what the systems are asked.
func (s *Server) Screens(prefix string, screens Screens) {
	s.screens, s.screensPrefix = screens, prefix
}

// isScreen says whether people are to look at what is at an address; one that is written in an unusual way is none, as
// http.ServeMux would lead on to the usual one without the world's prefix.
func (s *Server) isScreen(address string) bool {
	return s.screens != nil && (address == "/" || strings.HasPrefix(address, s.screensPrefix) && path.Clean(address) == address)
}

// serveScreen answers a request for a screen.
func (s *Server) serveScreen(x *exchange, r *http.Request) {
	r = r.WithContext(x)
	defer func() {
		if reason := recover(); reason != nil {
			s.failScreen(x, r, errorOf(reason))
		}
	}()
	s.screens.ServeHTTP(x, r)
}

// failScreen answers with a page that says so, if nothing of the screen has been sent.
func (s *Server) failScreen(x *exchange, r *http.Request, err error) {
	begun := x.told.Status != 0
	s.report(x, problemOf(err))
	if begun { // only a cut connection can't be taken for a whole answer
		panic(http.ErrAbortHandler)
	}
	s.screens.ServeFailure(x, r, x.told.ID)
}
