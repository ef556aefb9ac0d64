package room

import (
	"net/http"
	"net/url"

	"onshisim/sim/training/ask"
	"onshisim/sim/world"
)

// mountDisaster adds the screens that open in a large-scale disaster or a system failure (災害・障害時の画面).
func (r *room) mountDisaster(mux *http.ServeMux) {
	for pattern, screen := range map[string]func(*visit, world.Organisation){
		"GET ":                                openSearch,
		"POST ":                               search,
		"GET /candidates/{candidate}":         openCandidate,
		"POST /candidates/{candidate}":        consentOrally,
		"GET /candidates/{candidate}/records": openRecords,
	} {
		r.mountSeat(mux, "/room/institutions/{code}/disaster", pattern, seated(world.RoleInstitution, func(v *visit, o world.Organisation) {
			v.atInstitution(o)
			v.view.Seat = "disaster"
			v.view.Links[len(v.view.Links)-1].Here = true
			screen(v, o)
		}))
	}
}

func openSearch(v *visit, o world.Organisation) {
	v.checkedBy(o, "/disaster", "search", "災害・障害時の検索", func(form url.Values) (ask.Fields, error) {
		v.PostForm = form
		return v.ask("POST", "/disaster/searches", o.Token, v.sent("name", "nameKana", "birthdate", "address", "insurerName", "sex1"))
	})
}

func search(v *visit, o world.Organisation) {
	v.redirect("/room/institutions/" + o.Code + "/disaster?asked=" + v.sealedForm())
}

// candidatePath is the path in the interface of the candidate whose screen it is, candidateScreen that of the screen.
func (v *visit) candidatePath() string {
	return "/disaster/candidates/" + segment(v.PathValue("candidate"))
}

func (v *visit) candidateScreen(o world.Organisation) string {
	return "/room/institutions/" + o.Code + "/disaster/candidates/" + segment(v.PathValue("candidate"))
}

func openCandidate(v *visit, o world.Organisation) {
	answer, err := v.ask("GET", v.candidatePath(), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	v.show("candidate", "候補者の資格情報", map[string]any{"Answer": answer, "Path": v.here(v.candidateScreen(o))})
}

// consentOrally is the consent button (P5-4).
func consentOrally(v *visit, o world.Organisation) {
	body := v.sent("askedBy")
	body["medicines"], body["checkups"] = v.ticked("medicines"), v.ticked("checkups")
	if _, err := v.ask("POST", v.candidatePath()+"/consents", o.Token, body); v.refused(err) {
		openCandidate(v, o)
		return
	}
	v.redirect(v.candidateScreen(o) + "/records?done=consent")
}

func openRecords(v *visit, o world.Organisation) {
	v.show("consultation", "薬剤情報・特定健診情報等", map[string]any{
		"Medicines": v.records(o, v.candidatePath()+"/medicines"), "Checkups": v.records(o, v.candidatePath()+"/checkups"),
		"Back": v.here(v.candidateScreen(o)),
	})
}
