package world

import (
	"cmp"
	"fmt"
	"time"

	"onshisim/sim/problem"
)

// load turns a document into events, checking each against the state that the ones before it made; now is the document's
// time, or real time if it has none.
func (s *State) load(seed uint64, d *Document, now time.Time, emit func(change) error) error {
	var err error
	created := &worldCreated{Seed: seed}
	if created.Population, err = d.Population.checked("population"); err != nil {
		return err
	}
	if created.RegistrationOpensAt, err = instant("registrationOpensAt", d.RegistrationOpensAt); err != nil {
		return err
	}
	if err := emit(created); err != nil {
		return err
	}
	if d.Now != "" {
		if err := emit(&clockSet{Now: now}); err != nil {
			return err
		}
	}
	if err := s.loadOrganisations(d, emit); err != nil {
		return err
	}
	for i := range d.Persons {
		if s.written(d.Persons[i].ID) {
			return problem.BadField(fmt.Sprintf("persons[%d].id", i), "%q stands here twice", d.Persons[i].ID)
		}
		c, err := s.putPerson(d.Persons[i], fmt.Sprintf("persons[%d]", i), DateOf(now))
		if err != nil {
			return err
		}
		if err := emit(c); err != nil {
			return err
		}
	}
	return nil
}

// loadOrganisations gives every organisation a name and a token of its own where the document gives none.
func (s *State) loadOrganisations(d *Document, emit func(change) error) error {
	enter := func(field, code, what, token string, known bool, c change) error {
		if code == "" {
			return problem.BadField(field, "needs %s", what)
		}
		if known {
			return problem.BadField(field, "%s %q stands here twice", what, code)
		}
		if _, taken := s.callers[digestOf(token)]; taken {
			return problem.BadField(field+".token", "another organisation of this world has this token")
		}
		return emit(c)
	}
	for i, o := range d.Insurers {
		o.InsurerName = cmp.Or(o.InsurerName, "架空保険者"+o.InsurerNumber)
		o.Token = cmp.Or(o.Token, "insurer-"+s.key.draw("token", "insurer", o.InsurerNumber))
		_, known := s.insurers.byCode[o.InsurerNumber]
		if err := enter(fmt.Sprintf("insurers[%d]", i), o.InsurerNumber, "insurerNumber", o.Token, known, &insurerPut{o}); err != nil {
			return err
		}
	}
	for i, o := range d.Agencies {
		o.AgencyName = cmp.Or(o.AgencyName, "架空情報照会者"+o.AgencyCode)
		o.Token = cmp.Or(o.Token, "agency-"+s.key.draw("token", "agency", o.AgencyCode))
		_, known := s.agencies.byCode[o.AgencyCode]
		if err := enter(fmt.Sprintf("agencies[%d]", i), o.AgencyCode, "agencyCode", o.Token, known, &agencyPut{o}); err != nil {
			return err
		}
	}
	for i, o := range d.Institutions {
		o.InstitutionName = cmp.Or(o.InstitutionName, "架空医療機関"+o.MedicalInstitutionCode)
		o.Kind = cmp.Or(o.Kind, "medical")
		o.Token = cmp.Or(o.Token, "institution-"+s.key.draw("token", "institution", o.MedicalInstitutionCode))
		_, known := s.institutions.byCode[o.MedicalInstitutionCode]
		if err := enter(fmt.Sprintf("institutions[%d]", i), o.MedicalInstitutionCode, "medicalInstitutionCode", o.Token, known, &institutionPut{o}); err != nil {
			return err
		}
	}
	office := d.CardOffice
	office.Token = cmp.Or(office.Token, "card-office-"+s.key.draw("token", "card office"))
	return enter("cardOffice", "the card office", "cardOffice", office.Token, false, &cardOfficePut{office})
}

// Document is the world as it stands now, in the form that makes such a world: without what has happened in it (histories,
// sessions, reservations, the mode), which Events hold. Of a nation it holds the residents to whom something has happened.
func (w *World) Document() Document {
	w.mu.RLock()
	defer w.mu.RUnlock()
	d := w.state.outline()
	for p := range w.state.writtenPersons() {
		d.Persons = append(d.Persons, p.Document())
	}
	return d
}

// Outline is the document without persons.
func (w *World) Outline() Document {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.outline()
}

func (s *State) outline() Document {
	return Document{
		Seed: s.seed, Now: Instant(s.clock.fixed), RegistrationOpensAt: Instant(s.registrationOpensAt),
		Insurers: s.insurers.list(), Agencies: s.agencies.list(), Institutions: s.institutions.list(), CardOffice: s.cardOffice,
		Population: s.population, Persons: []Person{},
	}
}

// Instant is an instant as the interface writes it: RFC 3339 in JST, empty for none.
func Instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(JST).Format(time.RFC3339)
}

// instant reads what Instant writes.
func instant(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, problem.BadField(field, "must be an instant as in 2021-04-01T09:00:00+09:00")
	}
	return at.In(JST).Truncate(time.Second), Showable(field, at)
}
