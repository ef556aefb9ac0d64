// Package journal is the request journal of one world: every request to the national systems, with who asked, what was
// decided and why. It is not state, but a bounded ring in memory that forgets the oldest. An entry is raw facts, so that
// adding one costs a request next to nothing; it is put into words when somebody reads (Read), or holds an expectation
// against what happened (Verify).
package journal

import (
	"time"

	"onshisim/sim/disclosure"
)

// Entry is one request, as raw facts; it is not changed once added, nor is what it points to, but for the bodies.
type Entry struct {
	World                 string        // its name; given by Add
	Number                uint64        // given by Add, from 1, in the order in which the requests ended
	RequestID             string        // X-Request-Id, by which the log and the traces know it
	At                    time.Time     // the world's time when it came
	Spent                 time.Duration // real time that it took
	Method, Path          string        // the path within the world, with its query
	System, Operation     string        // as "terminal", "read-card"; Operation is empty for a path that leads nowhere
	Actor                 Actor         // who asked, as far as the request was let in
	Status                int           // of HTTP
	Code                  string        // of a refusal, SIM-…
	Mutant, Fault         string        // name of the wrong policy in force; id of the fault that struck
	Decisions             []Decision    // in the order in which they were made
	Request, Answer       []byte        // the bodies; Add copies them
	RequestCut, AnswerCut bool          // there was more of the body; Add says so too where it cuts
}

// Actor is who asked; the zero value is nobody who was let in.
type Actor struct {
	Role   string // "insurer", "agency", "institution", "cardOffice", "citizen"
	Code   string // insurer number, agency code or medical institution code
	Person string // id of the person whose Mynaportal session it is
	Card   string // serial of the card of that session
}

// Decision is what became of one information about one person; or, if Gate is given, a refusal before any rule of P.12
// was asked: no consent, a wrong PIN, screens that are closed.
type Decision struct {
	Person   string
	Gate     string // rule id of a condition that was not met, as P3-4; then all below is empty
	Question disclosure.Question
	Own      disclosure.Membership // the one that Question.Own points to; zero if none
	Verdict  disclosure.Verdict
}

// cutBodies leaves at most a number of bytes of each body.
func (e *Entry) cutBodies(most int) {
	if len(e.Request) > most {
		e.Request, e.RequestCut = e.Request[:most], true
	}
	if len(e.Answer) > most {
		e.Answer, e.AnswerCut = e.Answer[:most], true
	}
}

// What a decision and a reason count for in Limits.Bytes: about what they take.
const (
	decisionBytes = 192
	reasonBytes   = 64
)

// size is what the entry counts for in Limits.Bytes.
func (e *Entry) size() int {
	size := len(e.Path) + len(e.Request) + len(e.Answer) + decisionBytes*len(e.Decisions)
	for i := range e.Decisions {
		size += reasonBytes * len(e.Decisions[i].Verdict.Reasons)
	}
	return size
}
