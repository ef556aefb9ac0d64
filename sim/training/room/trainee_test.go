package room_test

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/scenario"
)

// trainee does an exercise's steps on the screens, as a trainee would who has the scenario beside the keyboard. Each card's
// holder has a browser of their own.
type trainee struct {
	*testing.T
	*house
	desk       *visitor            // who sits at all seats but Mynaportal
	citizens   map[string]*visitor // by card
	principals map[string]string   // link to a principal's pages, by proxy's card and portalUserId
	visits     map[string]string   // path of a card's last read, by institution and card
	candidates map[string]string   // path of the first one of the last search, by the screens of an institution
	subjects   map[string]string   // path of a subject's screen, by institution-specific code
	saved      map[string]string
}

func (h *house) newTrainee(t *testing.T) *trainee {
	t.Helper()
	return &trainee{
		T: t, house: h, desk: h.trainee(t, "default"), citizens: map[string]*visitor{}, principals: map[string]string{},
		visits: map[string]string{}, subjects: map[string]string{}, candidates: map[string]string{}, saved: map[string]string{},
	}
}

var placeholder = regexp.MustCompile(`\$\{([^}]*)\}`)

// fill puts what was saved into a step's text.
func (tr *trainee) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string { return tr.saved[found[2:len(found)-1]] })
}

// with is a parameter of a step.
func (tr *trainee) with(step *scenario.Step, name string) string {
	text, _ := step.With[name].(string)
	return tr.fill(text)
}

// save keeps what a step saves, which stands in the answer of the request that the screen sent.
func (tr *trainee) save(step *scenario.Step, operation string) {
	for name, path := range step.Save {
		w, err := tr.worlds.World(tr.Context(), "default")
		require.NoError(tr, err)
		page, err := w.Journal().Read(tr.Context(), journal.Query{Operation: operation})
		require.NoError(tr, err)
		answer := page.Entries[len(page.Entries)-1].Answer.(map[string]any)
		tr.saved[name] = answer[path].(string)
	}
}

// do does a step on the screens.
func (tr *trainee) do(step *scenario.Step) {
	as := tr.fill(step.As)
	switch step.Actor {
	case scenario.Insurer:
		tr.atInsurer(step, "/room/insurers/"+as)
	case scenario.Agency:
		tr.atAgency(step, "/room/agencies/"+as)
	case scenario.CardOffice:
		tr.atCardOffice(step)
	case scenario.Citizen, scenario.Proxy:
		tr.atPortal(step, as)
	case scenario.Window, scenario.Consultation, scenario.Pharmacy:
		tr.atInstitution(step, "/room/institutions/"+as)
	case scenario.Disaster:
		tr.inDisaster(step, "/room/institutions/"+as+"/disaster")
	}
}

func (tr *trainee) atInsurer(step *scenario.Step, seat string) {
	number := tr.with(step, "personalInsuredNumber")
	if step.Act == "listMembers" {
		tr.desk.open(tr.T, seat+"/members")
		return
	}
	member := tr.desk.send(tr.T, seat+"/find", "personalInsuredNumber", number)
	switch step.Act {
	case "setFlags":
		form := []string{"appliedOn", tr.with(step, "appliedOn"), "reason", tr.with(step, "reason")}
		for _, flag := range []string{"nonDisclosure", "selfInformationBlocked"} {
			if set, given := step.With[flag].(bool); given {
				form = append(form, flag, map[bool]string{true: "set", false: "lift"}[set])
			}
		}
		items, _ := step.With["items"].([]any)
		for _, item := range items {
			form = append(form, "items", item.(string))
		}
		tr.desk.send(tr.T, member.path+"/flags", form...)
	case "registerMember":
		path, form := seat+"/new", url.Values{}
		if member.status == http.StatusOK {
			path = member.path + "/edit"
			form = formOf(tr.desk.open(tr.T, path))
		}
		for name := range step.With {
			if text, ok := step.With[name].(string); ok {
				form.Set(name, tr.fill(text))
			}
		}
		benefits, _ := step.With["benefits"].([]any)
		for _, b := range benefits {
			benefit := b.(map[string]any)
			tr.desk.send(tr.T, member.path+"/benefit", "benefitName", benefit["benefitName"].(string), "paidOn", benefit["paidOn"].(string),
				"amount", fmt.Sprint(benefit["amount"]))
		}
		if len(benefits) == 0 {
			tr.desk.send(tr.T, path, pairs(form)...)
		}
	case "putCheckup":
		form := []string{"itemCode", "", "itemName", "", "itemValue", "", "itemUnit", ""}
		if items, ok := step.With["items"].([]any); ok {
			item := items[0].(map[string]any)
			form = []string{"itemCode", item["code"].(string), "itemName", item["name"].(string), "itemValue", item["value"].(string), "itemUnit", item["unit"].(string)}
		}
		for _, name := range []string{"checkupId", "date", "medicalInstitutionCode", "institutionName"} {
			form = append(form, name, tr.with(step, name))
		}
		tr.desk.send(tr.T, member.path+"/checkup", form...)
	}
}

var (
	input    = regexp.MustCompile(`<input id="f-[^"]*" name="([^"]*)" type="[^"]*" value="([^"]*)"`)
	choice   = regexp.MustCompile(`(?s)<select id="f-[^"]*" name="([^"]*)"[^>]*>(.*?)</select>`)
	selected = regexp.MustCompile(`<option value="([^"]*)" selected>`)
)

// formOf is what a form is shown with.
func formOf(s screen) url.Values {
	form := url.Values{}
	for _, found := range input.FindAllStringSubmatch(s.html, -1) {
		form.Set(found[1], html.UnescapeString(found[2]))
	}
	for _, found := range choice.FindAllStringSubmatch(s.html, -1) {
		form.Set(found[1], selected.FindStringSubmatch(found[2])[1])
	}
	return form
}

func pairs(form url.Values) (fields []string) {
	for name := range maps.Keys(form) {
		fields = append(fields, name, form.Get(name))
	}
	return fields
}

func (tr *trainee) atAgency(step *scenario.Step, seat string) {
	subject := tr.subjects[tr.with(step, "institutionSpecificCode")]
	switch step.Act {
	case "findSubject":
		found := tr.desk.send(tr.T, seat, "individualNumber", tr.with(step, "individualNumber"))
		tr.save(step, "find-subject")
		for _, name := range step.Save {
			require.Equal(tr, "institutionSpecificCode", name)
		}
		for name := range step.Save {
			tr.subjects[tr.saved[name]] = found.path
		}
	case "showSubject":
		tr.desk.open(tr.T, subject)
	case "setSubjectFlag":
		tr.desk.send(tr.T, subject+"/flag", "nonDisclosure", map[bool]string{true: "set", false: "lift"}[step.With["nonDisclosure"].(bool)])
	case "inquire":
		tr.desk.send(tr.T, seat+"/inquiry", "institutionSpecificCode", tr.with(step, "institutionSpecificCode"),
			"providerInsurerNumber", tr.with(step, "providerInsurerNumber"), "item", tr.with(step, "item"))
		tr.save(step, "inquire")
	}
}

func (tr *trainee) atCardOffice(step *scenario.Step) {
	if step.Act == "changeIndividualNumber" {
		tr.desk.send(tr.T, "/room/card-office/individual-number", "individualNumber", tr.with(step, "individualNumber"))
		tr.save(step, "change-individual-number")
		return
	}
	card := tr.desk.send(tr.T, "/room/card-office", "cardSerial", tr.with(step, "cardSerial")).path
	switch step.Act {
	case "suspendCard":
		tr.desk.send(tr.T, card+"/suspend")
	case "reissueCard":
		tr.desk.send(tr.T, card+"/reissue")
		tr.save(step, "reissue-card")
	}
}

// pages are Mynaportal's pages by the acts that look at them.
var pages = map[string]string{
	"showSelfInformation": "self-information", "showExchangeRecords": "exchange-records", "showEligibility": "eligibility", "showCheckups": "checkups",
	"showMedicines": "medicines", "showMedicalExpenses": "medical-expenses", "showRegistration": "registration", "showProxies": "proxies", "showPrincipals": "",
}

func (tr *trainee) atPortal(step *scenario.Step, card string) {
	v := tr.citizens[card]
	if v == nil {
		v = tr.trainee(tr.T, "default")
		tr.citizens[card] = v
	}
	switch step.Act {
	case "logIn":
		v.send(tr.T, "/room/mynaportal", "cardSerial", card, "pin", tr.with(step, "pin"))
	case "register":
		v.send(tr.T, "/room/mynaportal/registration")
	case "nameProxy":
		v.send(tr.T, "/room/mynaportal/proxies", "portalUserId", tr.with(step, "portalUserId"))
	case "removeProxy":
		v.send(tr.T, "/room/mynaportal/proxies/end", "portalUserId", tr.with(step, "portalUserId"))
	default:
		page, known := pages[step.Act]
		require.True(tr, known, step.Act)
		v.open(tr.T, strings.TrimSuffix("/room/mynaportal/"+page, "/")+tr.whom(v, card, tr.with(step, "principal")))
	}
}

var whom = regexp.MustCompile(`eligibility\?for=([^"]*)"`)

// whom is the query that shows a principal's pages, as its links stood there when the proxy could still see them.
func (tr *trainee) whom(v *visitor, card, principal string) string {
	if principal == "" {
		return ""
	}
	if found := whom.FindStringSubmatch(v.open(tr.T, "/room/mynaportal").html); found != nil {
		tr.principals[card+principal] = "?for=" + found[1]
	}
	require.NotEmpty(tr, tr.principals[card+principal], "%s was never proxy of %s", card, principal)
	return tr.principals[card+principal]
}

func (tr *trainee) atInstitution(step *scenario.Step, seat string) {
	card := tr.with(step, "cardSerial")
	switch step.Act {
	case "readCard":
		verification := step.With["verification"].(map[string]any)
		form := []string{"cardSerial", card, "method", verification["method"].(string)}
		if pin, given := verification["pin"].(string); given {
			form = append(form, "pin", tr.fill(pin))
		}
		consents, _ := step.With["consents"].(map[string]any)
		for name, given := range consents {
			if given == true {
				form = append(form, name, "1")
			}
		}
		tr.visits[step.As+card] = tr.desk.send(tr.T, seat, form...).path
	case "showMedicines", "showCheckups":
		tr.desk.open(tr.T, tr.visits[step.As+card]+"/consultation")
	case "checkCertificate":
		form := []string{}
		for name := range step.With {
			form = append(form, name, tr.with(step, name))
		}
		tr.desk.send(tr.T, seat+"/certificate", form...)
	}
}

var candidate = regexp.MustCompile(`href="([^"]*/candidates/[^"]*)"`)

func (tr *trainee) inDisaster(step *scenario.Step, seat string) {
	switch step.Act {
	case "search":
		form := []string{}
		for name := range step.With {
			form = append(form, name, tr.with(step, name))
		}
		if found := candidate.FindStringSubmatch(tr.desk.send(tr.T, seat, form...).html); found != nil {
			tr.candidates[seat] = found[1]
		}
	case "openCandidate":
		tr.desk.open(tr.T, tr.candidates[seat])
	case "consent":
		form := []string{"askedBy", tr.with(step, "askedBy")}
		for _, name := range []string{"medicines", "checkups"} {
			if step.With[name] == true {
				form = append(form, name, "1")
			}
		}
		tr.desk.send(tr.T, tr.candidates[seat], form...)
	case "showMedicines", "showCheckups":
		tr.desk.open(tr.T, tr.candidates[seat]+"/records")
	}
}

// stage does what is the instructor's: the clock, the mode and the persons, over the control plane.
func (tr *trainee) stage(step *scenario.Step) {
	var with map[string]any
	text, err := json.Marshal(step.With)
	require.NoError(tr, err)
	require.NoError(tr, json.Unmarshal(text, &with))
	id, _ := with["id"].(string)
	delete(with, "id")
	const base = "/worlds/default"
	switch step.Act {
	case "setClock":
		tr.plane(tr.T, http.MethodPut, base+"/clock", with)
	case "advanceClock":
		tr.plane(tr.T, http.MethodPost, base+"/clock/advance", with)
	case "setMode":
		tr.plane(tr.T, http.MethodPut, base+"/mode", with)
	case "putPerson":
		tr.plane(tr.T, http.MethodPut, base+"/persons/"+id, with)
	case "putRecords":
		tr.plane(tr.T, http.MethodPut, base+"/persons/"+id+"/records", with)
	}
}
