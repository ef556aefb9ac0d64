package web

import (
	"cmp"
	"net/http"
	"sync/atomic"
	"time"

	"onshisim/sim/problem"
)

// Limits bound what the clients of one listener may take of its time and of its connections. A value that is 0 is the
// default.
type Limits struct {
	Connections int           // open at the same time, and requests answered at the same time over them; 2,048
	Header      time.Duration // for the header of a request to come, and for a TLS handshake; 5 s
	Request     time.Duration // for the whole of a request to come; 30 s. A Stream goes by its parts
	Part        time.Duration // for the client to take the next 64 KiB of an answer; 30 s
	Idle        time.Duration // from an answer to the next request of a connection; 2 min
}

// The bounds of a request's header.
const (
	largestHeader = 64 << 10 // bytes
	mostFields    = 100      // of different names
)

func (l Limits) orDefaults() Limits {
	l.Connections = cmp.Or(l.Connections, 2048)
	l.Header = cmp.Or(l.Header, 5*time.Second)
	l.Request = cmp.Or(l.Request, 30*time.Second)
	l.Part = cmp.Or(l.Part, partTime)
	l.Idle = cmp.Or(l.Idle, 2*time.Minute)
	return l
}

// bounded hands on no more requests at the same time than there may be connections, since HTTP/2 carries many over one,
// and none with more header fields than anybody needs.
func (l Limits) bounded(next http.Handler) http.Handler {
	var running atomic.Int64
	refuse := func(w http.ResponseWriter, r *http.Request, err error) { problemOf(err).write(r.Context(), w) }
	if server, ok := next.(*Server); ok {
		refuse = server.refuse
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer running.Add(-1)
		switch now := running.Add(1); {
		case now > int64(l.Connections):
			refuse(w, r, problem.New(problem.Unavailable, "SIM-BUSY",
				"%d requests are being answered, the most that may be; try again, or raise --max-connections.", l.Connections))
		case len(r.Header) > mostFields:
			refuse(w, r, newProblem(http.StatusRequestHeaderFieldsTooLarge))
		case r.ProtoMajor > 1:
			s := &streamWriter{w, http.NewResponseController(w), l.Part}
			defer s.begin() // what is left is sent when the handler has returned
			next.ServeHTTP(s, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}
