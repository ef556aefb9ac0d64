package room

import (
	"net/http"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
)

// mountCardOffice adds the card office: the municipality's window and JPKI's telephone (市区町村・JPKI).
func (r *room) mountCardOffice(mux *http.ServeMux) {
	for pattern, screen := range map[string]func(*visit){
		"GET ":                       openCardOffice,
		"POST ":                      findCard,
		"GET /cards/{card}":          showCard,
		"POST /cards/{card}/suspend": actOnCard("POST", "/suspension", "suspended"),
		"POST /cards/{card}/lift":    actOnCard("DELETE", "/suspension", "lifted"),
		"POST /cards/{card}/pin":     setPIN,
		"POST /cards/{card}/reissue": reissueCard,
		"POST /individual-number":    changeIndividualNumber,
		"GET /individual-number":     openIndividualNumber,
	} {
		r.mountSeat(mux, "/room/card-office", pattern, func(v *visit) {
			v.sit("office", "市区町村・JPKI カード窓口",
				page.Link{Path: v.here("/room/card-office"), Text: "カードの手続き"},
				page.Link{Path: v.here("/room/card-office/individual-number"), Text: "個人番号の変更"})
			screen(v)
		})
	}
}

// cardOffice asks as the card office.
func (v *visit) cardOffice(method, path string, body any) (ask.Fields, error) {
	return v.ask(method, path, v.world.Outline().CardOffice.Token, body)
}

func openCardOffice(v *visit) {
	v.show("cardoffice", "カードの手続き", map[string]any{"Path": v.here("/room/card-office"), "Cards": v.cards()})
}

// findCard opens a card that there is.
func findCard(v *visit) {
	serial := v.PostFormValue("cardSerial")
	if _, err := v.cardOffice("GET", "/jpki/cards/"+segment(serial), nil); v.refused(err) {
		openCardOffice(v)
		return
	}
	v.redirect("/room/card-office/cards/" + v.sealed(serial))
}

// cardPath is the path in the interface of the card whose screen it is.
func (v *visit) cardPath() string { return "/jpki/cards/" + segment(v.opened(v.PathValue("card"))) }

func showCard(v *visit) {
	card, err := v.cardOffice("GET", v.cardPath(), nil)
	if err != nil {
		v.fail(err)
		return
	}
	v.show("card", "カードの手続き", map[string]any{"Card": card, "Here": v.here("/room/card-office/cards/" + v.PathValue("card"))})
}

// actOnCard is an act on the card that needs nothing but the card.
func actOnCard(method, act, done string) func(*visit) {
	return func(v *visit) {
		if _, err := v.cardOffice(method, v.cardPath()+act, nil); v.refused(err) {
			showCard(v)
			return
		}
		v.redirect("/room/card-office/cards/" + v.PathValue("card") + "?done=" + done)
	}
}

func setPIN(v *visit) {
	if _, err := v.cardOffice("POST", v.cardPath()+"/pin", v.sent("pin")); v.refused(err) {
		showCard(v)
		return
	}
	v.redirect("/room/card-office/cards/" + v.PathValue("card") + "?done=pin")
}

// reissueCard shows the new card and its PIN on the answer itself, since no address may hold them.
func reissueCard(v *visit) {
	issued, err := v.cardOffice("POST", v.cardPath()+"/reissue", nil)
	if v.refused(err) {
		showCard(v)
		return
	}
	v.show("issued", "カードの再交付", map[string]any{"Card": issued})
}

func openIndividualNumber(v *visit) {
	v.show("individualnumber", "個人番号の変更", map[string]any{"Path": v.here("/room/card-office/individual-number")})
}

// changeIndividualNumber shows the new number on the answer itself.
func changeIndividualNumber(v *visit) {
	changed, err := v.cardOffice("POST", "/jpki/individual-numbers/"+segment(v.PostFormValue("individualNumber"))+"/change", nil)
	if v.refused(err) {
		openIndividualNumber(v)
		return
	}
	v.show("numberchanged", "個人番号の変更", map[string]any{"Answer": changed})
}
