package room

import (
	"onshisim/sim/world"
)

// shownSeats bounds how many organisations, and persons, are listed: a nation has more than anyone reads.
const shownSeats = 60

// home shows the seats of the world.
func home(v *visit) {
	page, next := v.world.Organisations(0, shownSeats)
	seats := map[string][]world.Organisation{"insurer": nil, "agency": nil, "institution": nil, "pharmacy": nil}
	for _, o := range page {
		name := o.Role.Name()
		if o.Kind == "pharmacy" {
			name = o.Kind
		}
		seats[name] = append(seats[name], o)
	}
	v.show("home", "研修室", map[string]any{
		"Base": v.base, "Segment": segment, "Seats": seats, "More": next > 0, "Mode": v.world.Mode(), "Exercise": v.exerciseTitle(),
	})
}

// seat opens the screens of an organisation by its code.
func seat(v *visit) {
	o, known := v.world.Organisation(v.FormValue("code"))
	if !known {
		v.lost()
		return
	}
	v.redirect(map[world.Role]string{
		world.RoleInsurer: "/room/insurers/" + o.Code + "/members", world.RoleAgency: "/room/agencies/" + segment(o.Code),
		world.RoleInstitution: "/room/institutions/" + o.Code,
	}[o.Role])
}

// cast shows who there is with what they hold in their hands: cards, certificates, no address.
func cast(v *visit) {
	persons, next := v.world.Persons(0, shownSeats)
	v.show("cast", "登場人物の持ち物", map[string]any{"Persons": persons, "Today": v.world.Today(), "More": next > 0})
}

// heldCard is a card with whose it is.
type heldCard struct{ Serial, Name string }

// cards are those of the cast, for a reader to choose from.
func (v *visit) cards() (held []heldCard) {
	persons, _ := v.world.Persons(0, shownSeats)
	for _, p := range persons {
		for i := range p.Cards {
			held = append(held, heldCard{p.Cards[i].CardSerial, p.Name})
		}
	}
	return held
}

// seated is a screen of an organisation of a role, whose code the path names.
func seated(role world.Role, screen func(*visit, world.Organisation)) func(*visit) {
	return func(v *visit) {
		o, known := v.world.Organisation(v.PathValue("code"))
		if !known || o.Role != role {
			v.lost()
			return
		}
		screen(v, o)
	}
}
