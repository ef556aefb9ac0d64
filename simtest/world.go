package simtest

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"maps"
	"regexp"
	"slices"
	"strings"

	"onshisim/client"
	"onshisim/sim/web"
)

// World is a world of a simulator, with helpers for tests.
type World struct {
	Name    string
	Control *client.World // the world at the control plane, for what no helper does and where there is no test

	sim  *Simulator
	made client.Made // as it was when it was made; who may do what does not change
}

// NewWorld makes a world of the test's own and deletes it when the test ends. Its name comes from the test's.
func (s *Simulator) NewWorld(t TB, options ...WorldOption) *World {
	t.Helper()
	var from client.Source
	for _, option := range options {
		option(&from)
	}
	w, err := s.make(t.Context(), s.nameFor(t.Name()), from)
	if err != nil {
		t.Fatalf("simtest: make a world: %v", err)
	}
	t.Cleanup(func() {
		t.Helper()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), grace)
		defer cancel()
		if err := w.Control.Delete(ctx); err != nil {
			t.Errorf("simtest: delete the world: %v", err)
		}
	})
	return w
}

var noWorldName = regexp.MustCompile(`[^a-z0-9]+`)

// nameFor is a name that nobody else has: what can stay of the test's name, a digest of all of it, and which of the test's
// worlds it is.
func (s *Simulator) nameFor(test string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.named[test]++
	const longest = 40
	readable := strings.Trim(noWorldName.ReplaceAllString(strings.ToLower(test), "-"), "-")
	readable = cmp.Or(readable[:min(len(readable), longest)], "test")
	return fmt.Sprintf("%s-%08x-%d", readable, digest(test)&0xffffffff, s.named[test])
}

func digest(text string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(text)) // never fails
	return hash.Sum64()
}

// make makes a world in which nothing is left to chance.
func (s *Simulator) make(ctx context.Context, name string, from client.Source) (*World, error) {
	if from.World == nil {
		from.Scenario = cmp.Or(from.Scenario, "base")
	} else if document := *from.World; document.Seed == 0 || document.Now == "" && from.Now == nil {
		document.Seed = cmp.Or(document.Seed, digest(name)>>11|1)
		if document.Now == "" && from.Now == nil {
			from.Now = &began
		}
		from.World = &document
	}
	w := s.world(name)
	var err error
	w.made, err = w.Control.Create(ctx, from)
	return w, err
}

// world is a world by its name.
func (s *Simulator) world(name string) *World {
	return &World{Name: name, Control: s.Plane().World(name), sim: s}
}

// URL is where the world's national systems are: their paths, as in /terminal/card-reads, follow it.
func (w *World) URL() string {
	if w.Name == web.DefaultWorld {
		return w.sim.PublicURL
	}
	return w.sim.PublicURL + "/w/" + w.Name
}

// Intermediate is the base URL of the intermediate server (医療保険者等向け中間サーバー).
func (w *World) Intermediate() string { return w.URL() + "/intermediate" }

// Mynaportal is the base URL of Mynaportal (マイナポータル).
func (w *World) Mynaportal() string { return w.URL() + "/mynaportal" }

// JPKI is the base URL of the card office (市区町村・JPKI).
func (w *World) JPKI() string { return w.URL() + "/jpki" }

// Terminal is the base URL of the terminals (資格確認端末).
func (w *World) Terminal() string { return w.URL() + "/terminal" }

// Disaster is the base URL of the screens for disasters and system failures (災害・障害時, P5-5).
func (w *World) Disaster() string { return w.URL() + "/disaster" }

// Token is that of an organisation, by its insurer number, agency code or medical institution code.
func (w *World) Token(t TB, code string) string {
	t.Helper()
	tokens := map[string]string{}
	for _, insurer := range w.made.Insurers {
		tokens[insurer.InsurerNumber] = insurer.Token
	}
	for _, agency := range w.made.Agencies {
		tokens[agency.AgencyCode] = agency.Token
	}
	for _, institution := range w.made.Institutions {
		tokens[institution.MedicalInstitutionCode] = institution.Token
	}
	token, known := tokens[code]
	if !known {
		t.Fatalf("simtest: the world %s has no organisation %q; it has %s", w.Name, code, strings.Join(slices.Sorted(maps.Keys(tokens)), ", "))
	}
	return token
}

// CardOfficeToken is that of the card office, who stops, lifts and reissues cards.
func (w *World) CardOfficeToken() string { return w.made.CardOffice.Token }
