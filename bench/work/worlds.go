// Package work is what the simulator is asked while it is measured: persons, requests about them with the answers that are
// right, and the baseline that gives the same answers.
package work

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"onshisim/bench/process"
	"onshisim/client"
	"onshisim/sim/world"
)

// Asked is about how many persons of a world the requests are about: enough that no single one stays in the processor's
// nearest memory.
const Asked = 512

// askedOfCountry is the same of a nation that is larger than the residents whom a simulator remembers: enough that nearly
// everybody who is asked about has to be computed anew.
const (
	country        = 100_000
	askedOfCountry = 16 * Asked
)

// instant is where the worlds' clocks stand, so that an answer is the same every time.
var instant = time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)

// Population starts a simulator of a synthetic nation, and gives the nation's world. The program has to know --population.
func Population(ctx context.Context, program string, persons int, args ...string) (*process.Simulator, *World, error) {
	s, err := process.Serve(ctx, program, append([]string{"--population", strconv.Itoa(persons), "--seed", "1"}, args...)...)
	if err != nil {
		return nil, nil, err
	}
	w, err := inhabitants(ctx, s, persons)
	if err != nil {
		return nil, nil, errors.Join(err, s.Stop())
	}
	return s, w, nil
}

// inhabitants is the nation's world, with persons from all over it who have a card and a membership.
func inhabitants(ctx context.Context, s *process.Simulator, persons int) (w *World, err error) {
	w = &World{Address: s.Address}
	if w.Token, err = s.Institution(); err != nil {
		return nil, err
	}
	plane := s.Plane.World("default")
	if err := prepare(ctx, plane); err != nil {
		return nil, err
	}
	most := Asked
	if persons >= country {
		most = askedOfCountry
	}
	for i := range 4 * most { // not everybody has a card, or is insured
		p, err := plane.Person(ctx, "n-"+strconv.Itoa(i*(persons/min(persons, 4*most))%persons))
		if err != nil {
			return nil, err
		}
		if p.RegisteredCard != "" && len(p.Members) > 0 && len(w.Persons) < most {
			w.Persons = append(w.Persons, p)
		}
	}
	return w, nil
}

// Living makes a world of a document with that many persons, whose clock runs.
func Living(ctx context.Context, s *process.Simulator, name string, persons int) (*World, error) {
	made, err := s.Plane.World(name).Create(ctx, client.Source{World: Document(persons)})
	if err != nil {
		return nil, err
	}
	w := &World{Address: s.Address, Prefix: "/w/" + name, Token: made.Institutions[0].Token}
	for i := range min(persons, Asked) {
		w.Persons = append(w.Persons, made.Persons[i*(persons/min(persons, Asked))])
	}
	_, err = s.Plane.World(name).SetMode(ctx, world.Mode{Mode: world.ModeDisaster})
	return w, err
}

// Town makes a world of a document with that many persons, whose clock stands.
func Town(ctx context.Context, s *process.Simulator, name string, persons int) (*World, error) {
	w, err := Living(ctx, s, name, persons)
	if err != nil {
		return nil, err
	}
	return w, prepare(ctx, s.Plane.World(name))
}

// prepare opens the disaster screens, and stops the clock.
func prepare(ctx context.Context, plane *client.World) error {
	if _, err := plane.SetClock(ctx, instant); err != nil {
		return err
	}
	_, err := plane.SetMode(ctx, world.Mode{Mode: world.ModeDisaster})
	return err
}

// Document is a world of that many persons, each with a card and a membership.
func Document(persons int) *world.Document {
	d := &world.Document{
		Seed:         1,
		Insurers:     []world.Insurer{{InsurerNumber: "06990014", InsurerName: "架空健康保険組合", Token: "insurer"}},
		Institutions: []world.Institution{{MedicalInstitutionCode: "9919990011", Token: "hospital"}},
		Persons:      make([]world.Person, persons),
	}
	for i := range d.Persons {
		d.Persons[i] = world.Person{
			ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("架空　%d", i), NameKana: fmt.Sprintf("カクウ　%d", i),
			Birthdate: fmt.Sprintf("%d-%02d-%02d", 1930+i%90, 1+i%12, 1+i%28), Address: fmt.Sprintf("架空県仮想市見本町%d番地", i),
			Cards: []world.Card{{CardSerial: fmt.Sprintf("c%d", i), PIN: "1234"}}, RegisteredCard: fmt.Sprintf("c%d", i),
			Members: []world.Member{{Eligibility: world.Eligibility{
				InsurerNumber: "06990014", InsuredCardSymbol: "1", InsuredIdentificationNumber: strconv.Itoa(i),
			}}},
		}
	}
	return d
}
