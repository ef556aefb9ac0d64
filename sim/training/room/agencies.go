package room

import (
	"net/http"
	"net/url"

	"onshisim/sim/training/page"
	"onshisim/sim/world"
)

// mountAgencies adds the agencies that inquire over the information network (情報照会者).
func (r *room) mountAgencies(mux *http.ServeMux) {
	for pattern, screen := range map[string]func(*visit, world.Organisation){
		"GET ":                          openAgency,
		"POST ":                         findSubject,
		"GET /subjects/{subject}":       showSubject,
		"POST /subjects/{subject}/flag": setSubjectFlag,
		"POST /inquiry":                 inquire,
	} {
		r.mountSeat(mux, "/room/agencies/{code}", pattern, seated(world.RoleAgency, func(v *visit, o world.Organisation) {
			v.sit("agency", o.Name+" 情報照会端末", page.Link{Path: v.here("/room/agencies/" + segment(o.Code)), Text: "情報照会"})
			screen(v, o)
		}))
	}
}

func openAgency(v *visit, o world.Organisation) {
	v.show("agency", "情報照会", map[string]any{"Path": v.here("/room/agencies/" + segment(o.Code)), "Insurers": v.insurers()})
}

func findSubject(v *visit, o world.Organisation) {
	found, err := v.ask("POST", "/intermediate/subjects", o.Token, v.sent("individualNumber"))
	if v.refused(err) {
		openAgency(v, o)
		return
	}
	v.redirect(subjectScreen(o, v.sealed(found["institutionSpecificCode"].(string))))
}

func subjectScreen(o world.Organisation, sealed string) string {
	return "/room/agencies/" + segment(o.Code) + "/subjects/" + sealed
}

// subject is the institution-specific code of the person whose screen it is.
func (v *visit) subject() string { return v.opened(v.PathValue("subject")) }

func showSubject(v *visit, o world.Organisation) {
	subject, err := v.ask("GET", "/intermediate/subjects/"+segment(v.subject()), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	code := subject["institutionSpecificCode"].(string)
	v.fill(url.Values{"institutionSpecificCode": {code}})
	v.show("subject", "情報照会の対象者", map[string]any{
		"Subject": subject, "Here": v.here(subjectScreen(o, v.PathValue("subject"))), "Path": v.here("/room/agencies/" + segment(o.Code)), "Insurers": v.insurers(),
	})
}

// insurers are the choices of whom to ask, as a field takes them.
func (v *visit) insurers() (options []string) {
	for _, i := range v.world.Outline().Insurers {
		options = append(options, i.InsurerNumber+"="+i.InsurerName)
	}
	return options
}

func setSubjectFlag(v *visit, o world.Organisation) {
	body := map[string]any{"nonDisclosure": v.PostFormValue("nonDisclosure") == "set"}
	if _, err := v.ask("PATCH", "/intermediate/subjects/"+segment(v.subject())+"/flags", o.Token, body); v.refused(err) {
		showSubject(v, o)
		return
	}
	v.redirect(subjectScreen(o, v.PathValue("subject")) + "?done=subject")
}

// inquire shows what was provided on the answer itself: each inquiry makes a record.
func inquire(v *visit, o world.Organisation) {
	answer, err := v.ask("POST", "/intermediate/inquiries", o.Token, v.sent("institutionSpecificCode", "providerInsurerNumber", "item"))
	if v.refused(err) {
		openAgency(v, o)
		return
	}
	subject := v.sealed(v.PostFormValue("institutionSpecificCode"))
	v.show("inquired", "情報照会の結果", map[string]any{"Answer": answer, "Back": v.here(subjectScreen(o, subject))})
}
