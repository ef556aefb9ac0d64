package room

import (
	"net/http"
	"net/url"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
	"onshisim/sim/world"
)

// mountInstitutions adds the card reader, the window and the consultation of institutions, and what they are at a pharmacy.
func (r *room) mountInstitutions(mux *http.ServeMux) {
	for pattern, screen := range map[string]func(*visit, world.Organisation){
		"GET ":                            openReader,
		"POST ":                           readCard,
		"GET /visits/{read}":              showEligibility,
		"GET /visits/{read}/consultation": consult,
		"GET /certificate":                openCertificate,
		"POST /certificate":               checkCertificate,
		"GET /reference-number":           openReferenceNumber,
		"POST /reference-number":          putReferenceNumber,
	} {
		r.mountSeat(mux, "/room/institutions/{code}", pattern, seated(world.RoleInstitution, func(v *visit, o world.Organisation) {
			v.atInstitution(o)
			screen(v, o)
		}))
	}
}

// atInstitution says that the reader is at an institution or a pharmacy.
func (v *visit) atInstitution(o world.Organisation) {
	base, seat := v.here("/room/institutions/"+o.Code), "hospital"
	if o.Kind == "pharmacy" {
		seat = o.Kind
	}
	v.sit(seat, o.Name+" 資格確認端末",
		page.Link{Path: base, Text: "カードリーダー"},
		page.Link{Path: base + "/certificate", Text: "保険証での資格確認"},
		page.Link{Path: base + "/reference-number", Text: "照会番号"},
		page.Link{Path: base + "/disaster", Text: "災害・障害時の画面"})
}

func openReader(v *visit, o world.Organisation) {
	v.show("reader", "カードリーダー", map[string]any{"Path": v.here("/room/institutions/" + o.Code), "Cards": v.cards()})
}

// readCard reads a card with the verification and the consents that the patient gave at the reader (P8-2, P3-4).
func readCard(v *visit, o world.Organisation) {
	verification := ask.Fields{"method": v.PostFormValue("method")}
	switch verification["method"] {
	case "pin":
		verification["pin"] = v.PostFormValue("pin")
	case "face":
		verification["match"] = true
	case "otherFace":
		verification["method"], verification["match"] = "face", false
	}
	body := v.sent("cardSerial")
	body["verification"] = verification
	body["consents"] = ask.Fields{
		"medicines": v.ticked("medicines"), "checkups": v.ticked("checkups"),
		"limitCertificate": v.ticked("limitCertificate"), "specificDiseases": v.ticked("specificDiseases"),
	}
	read, err := v.ask("POST", "/terminal/card-reads", o.Token, body)
	if v.refused(err) {
		openReader(v, o)
		return
	}
	v.redirect("/room/institutions/" + o.Code + "/visits/" + segment(read["cardReadId"].(string)))
}

// readPath is the path in the interface of the card read whose screen it is.
func (v *visit) readPath() string { return "/terminal/card-reads/" + segment(v.PathValue("read")) }

func showEligibility(v *visit, o world.Organisation) {
	answer, err := v.ask("GET", v.readPath(), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	v.show("eligibilities", "窓口: 資格の確認", map[string]any{
		"Answer": answer, "Consultation": v.here("/room/institutions/" + o.Code + "/visits/" + segment(v.PathValue("read")) + "/consultation"),
	})
}

// consult shows medicines and checkups, each if the patient consented to it.
func consult(v *visit, o world.Organisation) {
	title := "診察室: 薬剤情報・特定健診情報等"
	if o.Kind == "pharmacy" {
		title = "服薬指導: 薬剤情報・特定健診情報等"
	}
	v.show("consultation", title, map[string]any{
		"Medicines": v.records(o, v.readPath()+"/medicines"), "Checkups": v.records(o, v.readPath()+"/checkups"),
		"Back": v.here("/room/institutions/" + o.Code + "/visits/" + segment(v.PathValue("read"))),
	})
}

// records are a patient's medicines or checkups, or why there are none to be seen.
func (v *visit) records(o world.Organisation, path string) map[string]any {
	answer, err := v.ask("GET", path, o.Token, nil)
	if err != nil {
		return map[string]any{"Refusal": page.RefusalOf(err), "Answer": nil}
	}
	return map[string]any{"Refusal": (*page.Refusal)(nil), "Answer": answer}
}

// certificateFields are what stands on a certificate.
var certificateFields = []string{"insurerNumber", "insuredCardSymbol", "insuredIdentificationNumber", "insuredBranchNumber", "birthdate"}

// openCertificate shows the form, and what the check came to if the address holds one.
func openCertificate(v *visit, o world.Organisation) {
	v.checkedBy(o, "/certificate", "certificate", "保険証での資格確認", func(form url.Values) (ask.Fields, error) {
		v.PostForm = form
		return v.ask("POST", "/terminal/certificate-checks", o.Token, v.sent(append(certificateFields, "qualificationConfirmationDate")...))
	})
}

// checkedBy shows a form and what it led to: the form stands sealed in the address, so that the check is made anew whenever
// the page is read, and by the flags of that moment.
func (v *visit) checkedBy(o world.Organisation, path, screen, title string, check func(url.Values) (ask.Fields, error)) {
	data := map[string]any{"Path": v.here("/room/institutions/" + o.Code + path), "Answer": nil}
	if sealed := v.URL.Query().Get("asked"); sealed != "" {
		form := v.openedForm(sealed)
		answer, err := check(form)
		if !v.refused(err) {
			data["Answer"] = answer
		}
		v.view.Form.Values = form
	}
	v.show(screen, title, data)
}

func checkCertificate(v *visit, o world.Organisation) {
	v.redirect("/room/institutions/" + o.Code + "/certificate?asked=" + v.sealedForm())
}

func openReferenceNumber(v *visit, o world.Organisation) {
	v.show("reference", "照会番号の登録", map[string]any{"Path": v.here("/room/institutions/" + o.Code + "/reference-number")})
}

// putReferenceNumber gives the one person under a certificate the institution's own number.
func putReferenceNumber(v *visit, o world.Organisation) {
	answer, err := v.ask("PUT", "/terminal/reference-numbers", o.Token, v.sent(append(certificateFields, "referenceNumber")...))
	if v.refused(err) {
		openReferenceNumber(v, o)
		return
	}
	if answer["processingResultStatus"] != "1" {
		v.refuse(http.StatusUnprocessableEntity, "この保険証に当たる人がいないか、複数います。番号と生年月日を確かめてください。", "insuredIdentificationNumber")
		openReferenceNumber(v, o)
		return
	}
	v.redirect("/room/institutions/" + o.Code + "/reference-number?done=reference")
}
