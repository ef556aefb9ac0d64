package world

import (
	"context"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

// sessionLife is how long a Mynaportal session lasts.
const sessionLife = 30 * time.Minute

// Session is a person's session in Mynaportal, opened with a card and its PIN.
type Session struct {
	Token      string    `json:"token"`
	CardSerial string    `json:"cardSerial"`
	Person     string    `json:"person"` // id
	ExpiresAt  time.Time `json:"expiresAt"`
}

func (s Session) expiry() time.Time { return s.ExpiresAt }

// OpenSession logs in to Mynaportal with a card and its 4-digit PIN.
func (w *World) OpenSession(ctx context.Context, serial, pin string) (Session, error) {
	var session Session
	var refused error
	err := w.doCard(ctx, serial, func(s *State, p *Insured, c *Card, now time.Time) (events []change, _ error) {
		if events, refused = c.checkPIN(pin, s.look(ctx, now).Of(p)); refused != nil {
			return events, nil
		}
		token := "session-" + s.key.draw("session", serial, Instant(now))
		digest := digestOf(token)
		if _, known := s.sessions.byKey[string(digest[:])]; !known && s.sessions.open(now) >= w.limits.Sessions {
			refused = problem.New(problem.Unavailable, "SIM-MP-FULL", "%d sessions are open in this world, the most that may be; let its clock move on by %s, or raise --max-sessions.", w.limits.Sessions, sessionLife)
			return events, nil
		}
		session = Session{
			Token: token, CardSerial: serial, Person: p.ID, ExpiresAt: now.Add(sessionLife),
		}
		return append(events, &sessionOpened{session}), nil
	})
	if err == nil {
		err = refused
	}
	return session, err
}

// Session is the open session with this token and its person. A session ends with its time, and with its card: whoever
// is logged in with a card that is stopped or revoked is out at once.
func (w *World) Session(ctx context.Context, token string) (Session, *Insured, error) {
	digest := digestOf(token)
	w.mu.RLock()
	defer w.mu.RUnlock()
	look := w.state.look(ctx, w.instant())
	session, known := w.state.sessions.byKey[string(digest[:])]
	ordinal, held := w.state.find(byCard, session.CardSerial) // a person document may have taken or given the card away since
	held = held && w.state.person(ordinal).ID == session.Person
	if !known || !held || !look.Now.Before(session.ExpiresAt) {
		return Session{}, nil, problem.New(problem.Unauthenticated, "SIM-AUTH-401", "No open session has this token; log in with POST /mynaportal/sessions.")
	}
	p := w.state.person(ordinal)
	return session, p, p.Card(session.CardSerial).usable(look.Of(p), disclosure.CardInForceThroughout)
}

type sessionOpened struct{ Session }

func (e *sessionOpened) apply(s *State, at time.Time) {
	session := e.Session
	session.ExpiresAt = session.ExpiresAt.In(JST)
	digest := digestOf(session.Token)
	s.sessions.put(string(digest[:]), session, at)
}
