package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"onshisim/sim/journal"
	"onshisim/sim/mutant"
)

// serveSystem answers a request to a national system in the world that its path names, and puts it into the journal of
// that world, whatever became of it.
func (s *Server) serveSystem(x *exchange, r *http.Request, system string) {
	x.system, x.worlds, x.told.Operation = system, s.worlds, s.systems[system]
	a := &x.Access
	a.World, a.refusal = s.worlds.World(x, WorldName(x))
	if a.refusal == nil {
		if err := a.enter(); err != nil {
			problemOf(err).write(x, x)
			return
		}
		a.arrival = a.World.Standing()
		defer x.record(r)
	}
	s.operate(x, r)
}

// record puts a request into the journal of its world, if it was let in to its end.
func (x *exchange) record(r *http.Request) {
	a := &x.Access
	if !a.inside { // it was not let in again
		return
	}
	a.leave()
	err := a.World.Journal().Add(x, journal.Entry{
		RequestID: x.told.ID, At: a.arrival.Now, Spent: now().Sub(a.began), Method: r.Method, Path: r.URL.RequestURI(),
		System: a.system, Operation: a.operation, Actor: a.actor(), Status: x.told.Status, Code: a.code, Mutant: a.mutant, Fault: a.fault,
		Decisions: a.trace.Decisions, Request: a.request, RequestCut: a.requestCut, Answer: a.answer,
	})
	if err != nil {
		x.server.log.WarnContext(x, "a request is missing from the journal", "requestId", x.told.ID, "world", a.World.Name(), "error", errors.Unwrap(err))
	}
}

// enter counts the request among those that its world answers at the same time, unless they are too many.
func (a *Access) enter() error {
	err := a.World.Enter()
	a.inside = err == nil
	return err
}

// leave takes it out of them.
func (a *Access) leave() {
	a.World.Leave()
	a.inside = false
}

// bodyOf reads the request's body, for the journal too. Meanwhile the request does not count: who sends slowly keeps nobody
// out of the world.
func (a *Access) bodyOf(request *http.Request, limit int64, on *pages) ([]byte, error) {
	a.leave()
	body, err := bodyOf(request, limit, on)
	a.request, a.requestCut = body, err != nil
	if busy := a.enter(); busy != nil {
		return nil, busy
	}
	if late := a.catchUp(request.Context()); late != nil {
		return nil, late
	}
	return body, err
}

// catchUp brings the world up to now once more, after something that took time: the world went on meanwhile, or was deleted.
func (a *Access) catchUp(ctx context.Context) error {
	return a.worlds.CatchUp(ctx, a.World)
}

// systemOf is the national system that a path belongs to.
func (s *Server) systemOf(path string) (system string, ours bool) {
	system, _, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return system, s.systems[system] != nil
}

// answering notes the answer to a request, and gives the one to send: another, if the world answers by a mutant that shows
// things wrongly.
func (a *Access) answering(v any, text encoded) encoded {
	a.code = ""
	if p, refused := v.(*Problem); refused {
		a.code = p.Code
	} else if a.mutant != "" {
		text = mutant.Rewrite(a.World, a.Caller, a.mutant, a.system+"/"+a.operation, a.trace.Decisions, text)
	}
	a.answer = text
	return text
}

// actor is who asked, as far as the request was let in or, where a fault struck it, as far as its token tells.
func (a *Access) actor() journal.Actor {
	if a.Person != nil {
		return journal.Actor{Role: "citizen", Person: a.Person.ID, Card: a.Session.CardSerial}
	}
	return journal.Actor{Role: a.Caller.Role.Name(), Code: a.Caller.Code}
}

// now is the machine's time, for how long a request took.
func now() time.Time { return time.Now() }

// deadlineAfter is the machine's time after a while, for deadlines of connections.
func deadlineAfter(d time.Duration) time.Time { return time.Now().Add(d) }
