package scenario

import (
	"encoding/json"
	"fmt"
	"maps"

	"onshisim/sim/world"
)

// session is what the player remembers while it plays one scenario.
type session struct {
	world      string // its name
	doc        world.Document
	sessions   map[string]string // cardSerial → token at Mynaportal
	cardReads  map[[2]string]string
	candidates map[string]string // institution → the first candidate of its last search
	saved      map[string]string // ${name}
}

func newSession(name string, doc world.Document) *session {
	return &session{
		world: name, doc: doc,
		sessions: map[string]string{}, cardReads: map[[2]string]string{},
		candidates: map[string]string{}, saved: map[string]string{},
	}
}

// in is what is remembered, for steps in another world's name.
func (s *session) in(world string) *session {
	return &session{
		world: world, doc: s.doc, sessions: maps.Clone(s.sessions), cardReads: maps.Clone(s.cardReads),
		candidates: maps.Clone(s.candidates), saved: maps.Clone(s.saved),
	}
}

// save keeps fields of an answer for later steps.
func (s *session) save(a *answer, wanted map[string]string) (missing []Mismatch) {
	for _, name := range sortedKeys(wanted) {
		value, ok := a.at(wanted[name])
		switch value := value.(type) {
		case string:
			s.saved[name] = value
			continue
		case json.Number:
			s.saved[name] = value.String()
			continue
		}
		got := nothing
		if ok {
			got = compact(value)
		}
		missing = append(missing, Mismatch{Path: wanted[name], Expected: "${" + name + "} に保存する文字列", Got: got})
	}
	return missing
}

// tokenFor finds the token with which a step's actor calls.
func (s *session) tokenFor(step Step) (string, error) {
	switch step.Actor {
	case Insurer:
		for _, i := range s.doc.Insurers {
			if i.InsurerNumber == step.As {
				return i.Token, nil
			}
		}
	case Agency:
		for _, a := range s.doc.Agencies {
			if a.AgencyCode == step.As {
				return a.Token, nil
			}
		}
	case Window, Consultation, Pharmacy, Disaster:
		for _, i := range s.doc.Institutions {
			if i.MedicalInstitutionCode == step.As {
				return i.Token, nil
			}
		}
	case CardOffice:
		return s.doc.CardOffice.Token, nil
	case Citizen, Proxy:
		if token, ok := s.sessions[step.As]; ok || step.Act == "logIn" {
			return token, nil
		}
		return "", fmt.Errorf("カード %s はまだログインしていません(logIn が先に要ります)", step.As)
	case Time, Operator:
		return "", nil
	}
	return "", fmt.Errorf("%s %s はこの世界にありません", step.Actor, step.As)
}

// enterCard puts the card into the request that logs in.
func enterCard(_ *session, c *call) error {
	c.body["cardSerial"] = c.step.As
	return nil
}

// rememberSession keeps the token of a card that logged in; one that was refused has none.
func rememberSession(s *session, c *call, a *answer) {
	delete(s.sessions, c.step.As)
	if a.ok() {
		s.sessions[c.step.As] = a.text("token")
	}
}

// rememberCardRead keeps which read of a card was its last at an institution.
func rememberCardRead(s *session, c *call, a *answer) {
	serial, _ := c.body["cardSerial"].(string)
	key := [2]string{c.step.As, serial}
	delete(s.cardReads, key)
	if id := a.text("cardReadId"); a.ok() && id != "" {
		s.cardReads[key] = id
	}
}

// lastCardRead finds the read that a step means.
func lastCardRead(s *session, c *call) error {
	if c.path["cardReadId"] != "" {
		return nil
	}
	serial, _ := c.player["cardSerial"].(string)
	id, ok := s.cardReads[[2]string{c.step.As, serial}]
	if !ok {
		return fmt.Errorf("カード %q はこの機関でまだ読まれていません(readCard が先に要ります)", serial)
	}
	c.path["cardReadId"] = id
	return nil
}

// rememberCandidate keeps the first candidate of a search.
func rememberCandidate(s *session, c *call, a *answer) {
	delete(s.candidates, c.step.As)
	if id, found := a.at("candidates.0.candidateId"); found && a.ok() {
		s.candidates[c.step.As], _ = id.(string)
	}
}

// lastCandidate finds the candidate that a step means.
func lastCandidate(s *session, c *call) error {
	if c.path["candidateId"] != "" {
		return nil
	}
	id, ok := s.candidates[c.step.As]
	if !ok {
		return fmt.Errorf("直前の検索に候補者がいません(search が先に要ります)")
	}
	c.path["candidateId"] = id
	return nil
}
