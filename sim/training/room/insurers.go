package room

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
	"onshisim/sim/world"
)

// mountInsurers adds the insurers' integrated terminals (統合専用端末).
func (r *room) mountInsurers(mux *http.ServeMux) {
	for pattern, screen := range map[string]func(*visit, world.Organisation){
		"GET /members":                   listMembers,
		"POST /find":                     findMember,
		"GET /new":                       newMember,
		"POST /new":                      registerMember,
		"GET /members/{member}":          showMember,
		"POST /members/{member}/flags":   setFlags,
		"GET /members/{member}/edit":     editMember,
		"POST /members/{member}/edit":    correctMember,
		"GET /members/{member}/checkup":  newCheckup,
		"POST /members/{member}/checkup": putCheckup,
		"GET /members/{member}/benefit":  newBenefit,
		"POST /members/{member}/benefit": addBenefit,
	} {
		r.mountSeat(mux, "/room/insurers/{code}", pattern, seated(world.RoleInsurer, func(v *visit, o world.Organisation) {
			base := v.here("/room/insurers/" + o.Code)
			v.sit("insurer", o.Name+" 統合専用端末",
				page.Link{Path: base + "/members", Text: "加入者の一覧"}, page.Link{Path: base + "/new", Text: "加入者の新規登録"})
			screen(v, o)
		}))
	}
}

func listMembers(v *visit, o world.Organisation) {
	query := url.Values{"limit": {"50"}}
	if after := v.URL.Query().Get("after"); after != "" {
		query.Set("cursor", after)
	}
	answer, err := v.ask("GET", "/intermediate/members?"+query.Encode(), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	v.show("members", "加入者の一覧", map[string]any{"Answer": answer, "Seal": v.sealed, "Here": v.here("/room/insurers/" + o.Code + "/members"), "Find": v.here("/room/insurers/" + o.Code + "/find")})
}

// findMember opens a member by the personal insured number.
func findMember(v *visit, o world.Organisation) {
	v.redirect("/room/insurers/" + o.Code + "/members/" + v.sealed(v.PostFormValue("personalInsuredNumber")))
}

// member is the path in the interface of the member whose screen it is.
func (v *visit) member() string {
	return "/intermediate/members/" + segment(v.opened(v.PathValue("member")))
}

// memberScreen is the path of that member's screen.
func (v *visit) memberScreen(o world.Organisation) string {
	return "/room/insurers/" + o.Code + "/members/" + v.PathValue("member")
}

func showMember(v *visit, o world.Organisation) {
	flags, err := v.ask("GET", v.member()+"/flags", o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	member, err := v.ask("GET", v.member(), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	v.fill(url.Values{"appliedOn": {string(v.world.Today())}})
	v.show("member", "加入者の照会", map[string]any{"Member": member, "Flags": flags, "Here": v.here(v.memberScreen(o))})
}

// flagWords are the choices for a flag as the interface takes them.
var flagWords = map[string]bool{"set": true, "lift": false}

// setFlags sets or lifts flags, with the day of the application and the reason on record (P15-3).
func setFlags(v *visit, o world.Organisation) {
	body := v.sent("appliedOn", "reason")
	for _, flag := range []string{"nonDisclosure", "selfInformationBlocked"} {
		if set, chosen := flagWords[v.PostFormValue(flag)]; chosen {
			body[flag] = set
		}
	}
	if items := v.PostForm["items"]; len(items) > 0 {
		body["items"] = items
	}
	if _, err := v.ask("PATCH", v.member()+"/flags", o.Token, body); v.refused(err) {
		showMember(v, o)
		return
	}
	v.redirect(v.memberScreen(o) + "?done=flags")
}

// memberFields are what an insurer enters of a member.
var memberFields = []string{
	"individualNumber", "name", "nameKana", "sex1", "birthdate", "postNumber", "address", "insuredCardSymbol",
	"insuredIdentificationNumber", "insuredBranchNumber", "personalFamilyClassification", "insuredPartialContributionRatio",
	"qualificationDate", "insuredCardExpirationDate", "disqualificationDate", "reasonOfLoss",
}

func newMember(v *visit, o world.Organisation) {
	v.show("memberform", "加入者の新規登録", map[string]any{"Path": v.here("/room/insurers/" + o.Code + "/new"), "New": true})
}

func registerMember(v *visit, o world.Organisation) {
	number := v.sent("personalInsuredNumber")["personalInsuredNumber"]
	if number == nil {
		v.refuse(http.StatusUnprocessableEntity, "個人単位被保険者番号を入力してください。", "personalInsuredNumber")
		newMember(v, o)
		return
	}
	if _, err := v.ask("PUT", "/intermediate/members/"+segment(number.(string)), o.Token, v.sent(memberFields...)); v.refused(err) {
		newMember(v, o)
		return
	}
	v.redirect("/room/insurers/" + o.Code + "/members/" + v.sealed(number.(string)) + "?done=member")
}

func editMember(v *visit, o world.Organisation) {
	member, err := v.ask("GET", v.member(), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	v.fill(valuesOf(member))
	v.show("memberform", "加入者の訂正・資格喪失", map[string]any{"Path": v.here(v.memberScreen(o) + "/edit"), "New": false})
}

// valuesOf are the texts of an answer as a form has them.
func valuesOf(answer ask.Fields) url.Values {
	values := url.Values{}
	for _, name := range slices.Collect(maps.Keys(answer)) {
		if text, ok := answer[name].(string); ok {
			values.Set(name, text)
		}
	}
	return values
}

// correctMember sends all that the form shows, also what was emptied.
func correctMember(v *visit, o world.Organisation) {
	body := ask.Fields{}
	for _, name := range memberFields {
		body[name] = v.PostFormValue(name)
	}
	if _, err := v.ask("PUT", v.member(), o.Token, body); v.refused(err) {
		editMember(v, o)
		return
	}
	v.redirect(v.memberScreen(o) + "?done=member")
}

func newCheckup(v *visit, o world.Organisation) {
	v.fill(url.Values{"checkupId": {"checkup-" + string(v.world.Today())}, "date": {string(v.world.Today())}})
	v.show("checkupform", "特定健診情報の登録", map[string]any{
		"Path": v.here(v.memberScreen(o) + "/checkup"), "Rows": []int{1, 2, 3},
		"Columns": [][2]string{{"itemCode", "コード"}, {"itemName", "項目"}, {"itemValue", "値"}, {"itemUnit", "単位"}},
	})
}

// resultFields are what a row of the checkup's form has, as the interface and as the form call it.
var resultFields = map[string]string{"code": "itemCode", "name": "itemName", "value": "itemValue", "unit": "itemUnit"}

// results are the rows of the checkup's form in which something is written.
func (v *visit) results() []ask.Fields {
	results := []ask.Fields{}
	for row := range v.PostForm["itemName"] {
		result, written := ask.Fields{}, false
		for field, name := range resultFields {
			if values := v.PostForm[name]; row < len(values) && values[row] != "" {
				result[field], written = values[row], true
			}
		}
		if written {
			if result["code"] == nil {
				result["code"] = ""
			}
			results = append(results, result)
		}
	}
	return results
}

// putCheckup enters a checkup with up to three results.
func putCheckup(v *visit, o world.Organisation) {
	id := strings.TrimSpace(v.PostFormValue("checkupId"))
	if id == "" {
		v.refuse(http.StatusUnprocessableEntity, "健診の管理番号を入力してください。", "checkupId")
		newCheckup(v, o)
		return
	}
	body := v.sent("date", "medicalInstitutionCode", "institutionName")
	body["items"] = v.results()
	if _, err := v.ask("PUT", v.member()+"/checkups/"+segment(id), o.Token, body); v.refused(err) {
		newCheckup(v, o)
		return
	}
	v.redirect(v.memberScreen(o) + "?done=checkup")
}

func newBenefit(v *visit, o world.Organisation) {
	v.fill(url.Values{"paidOn": {string(v.world.Today())}})
	v.show("benefitform", "給付情報の登録", map[string]any{"Path": v.here(v.memberScreen(o) + "/benefit")})
}

// addBenefit adds a benefit to those that the member has.
func addBenefit(v *visit, o world.Organisation) {
	member, err := v.ask("GET", v.member(), o.Token, nil)
	if err != nil {
		v.fail(err)
		return
	}
	benefit := v.sent("benefitName", "paidOn")
	if amount := strings.TrimSpace(v.PostFormValue("amount")); amount != "" {
		benefit["amount"] = json.Number(amount)
		if _, err := strconv.ParseUint(amount, 10, 32); err != nil {
			v.refuse(http.StatusUnprocessableEntity, "支給額は円の数字で入力してください。", "amount")
			newBenefit(v, o)
			return
		}
	}
	benefits := append(member["benefits"].([]any), benefit)
	if _, err := v.ask("PUT", v.member(), o.Token, ask.Fields{"benefits": benefits}); v.refused(err) {
		newBenefit(v, o)
		return
	}
	v.redirect(v.memberScreen(o) + "?done=member")
}
