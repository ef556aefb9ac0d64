package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// found says how many candidates a search has.
func (p *place) found(t tester, query object) int {
	t.Helper()
	return len(list(t, p.ok(t, hospital, http.MethodPost, "/disaster/searches", query), "candidates"))
}

func TestDisasterSearchNeeds(t *testing.T) {
	t.Parallel()
	const address, insurer, name, kana = "架空県A市", "架空健康保険組合", "架空　hanako", "カクウ　hanako"
	p := newPlace(t, examined(t), plainNation())
	p.openScreens(t)
	t.Run("P5-1 name, date of birth, and address or insurer are all needed", func(t *testing.T) {
		for _, lacking := range []object{
			{"birthdate": birthdate, "address": address},
			{"name": name, "address": address},
			{"name": name, "birthdate": birthdate},
			{"name": "", "birthdate": birthdate, "address": address},
			{"name": "　 ", "birthdate": birthdate, "address": address},
			{"name": name, "birthdate": birthdate, "address": "　"},
			{"name": name, "birthdate": "", "address": address},
			{"name": name, "birthdate": birthdate, "sex1": "2"},
		} {
			refused(t, p.ask(t, hospital, http.MethodPost, "/disaster/searches", lacking), http.StatusUnprocessableEntity, "SIM-REQ-422")
		}
	})
	t.Run("P5-1 name or kana name, address or insurer, sex if known", func(t *testing.T) {
		for _, query := range []object{
			{"name": name, "birthdate": birthdate, "address": address},
			{"name": name, "birthdate": birthdate, "insurerName": insurer},
			{"nameKana": kana, "birthdate": birthdate, "address": address},
			{"nameKana": kana, "birthdate": birthdate, "insurerName": insurer},
			{"name": name, "nameKana": kana, "birthdate": birthdate, "address": address, "insurerName": insurer, "sex1": "2"},
		} {
			require.Equal(t, 1, p.found(t, query), query)
		}
	})
}

func TestDisasterSearchMatches(t *testing.T) {
	t.Parallel()
	const address, insurer, name, kana = "架空県A市", "架空健康保険組合", "架空　hanako", "カクウ　hanako"
	p := newPlace(t, examined(t), plainNation())
	p.openScreens(t)
	t.Run("P5-2 name, kana name, sex and date of birth exactly", func(t *testing.T) {
		for _, query := range []object{
			{"name": "架空　hanak", "birthdate": birthdate, "address": address},
			{"name": "架空", "birthdate": birthdate, "address": address},
			{"name": name + "子", "birthdate": birthdate, "address": address},
			{"nameKana": "カクウ", "birthdate": birthdate, "address": address},
			{"name": name, "nameKana": "カクウ", "birthdate": birthdate, "address": address},
			{"name": name, "birthdate": "1988-08-09", "address": address},
			{"name": name, "birthdate": birthdate, "address": address, "sex1": "1"},
		} {
			require.Zero(t, p.found(t, query), query)
		}
	})
	t.Run("P5-2 address and insurer name in part", func(t *testing.T) {
		for _, c := range []struct {
			query object
			found int
		}{
			{object{"address": "県A市"}, 1},
			{object{"address": "番地"}, 1},
			{object{"address": "県B市"}, 0},
			{object{"insurerName": "健康保険"}, 1},
			{object{"insurerName": "国民健康保険"}, 0},
			{object{"address": "県A市", "insurerName": "健康保険"}, 1},
			{object{"address": "県A市", "insurerName": "国民健康保険"}, 0},
			{object{"address": "県B市", "insurerName": "健康保険"}, 0},
		} {
			c.query["name"], c.query["birthdate"] = name, birthdate
			require.Equal(t, c.found, p.found(t, c.query), c.query)
		}
	})
	t.Run("P5-3 the list shows the first 10 characters of the address", func(t *testing.T) {
		candidate, known := p.candidate(t, hospital, searchFor(id))
		require.True(t, known)
		require.Equal(t, "架空県A市numbe", candidate["address"])
		require.Equal(t, []any{name, kana, "2", birthdate, insurer}, []any{
			candidate["name"], candidate["nameKana"], candidate["sex1"], candidate["birthdate"], candidate["insurerName"],
		})
		require.NotContains(t, candidate, "postNumber")
	})
}

func TestDisasterConsent(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	p.openScreens(t)
	found, _ := p.candidate(t, hospital, searchFor(id))
	path := "/disaster/candidates/" + text(t, found, "candidateId")
	status := func(name string) int { return p.ask(t, hospital, http.MethodGet, path+name, nil).status }
	consent := func(given object) {
		given["askedBy"] = "看護師　見本"
		p.ok(t, hospital, http.MethodPost, path+"/consents", given)
	}
	t.Run("P5-4 medicines and checkups open with an oral consent, entered by the staff", func(t *testing.T) {
		require.Equal(t, []int{403, 403}, []int{status("/medicines"), status("/checkups")})
		refused(t, p.ask(t, hospital, http.MethodPost, path+"/consents", object{"medicines": true}), http.StatusUnprocessableEntity, "SIM-REQ-422")
		require.Equal(t, 403, status("/medicines"))
		consent(object{"medicines": true})
		require.Equal(t, []int{200, 403}, []int{status("/medicines"), status("/checkups")})
		consent(object{"medicines": true, "checkups": true})
		require.Equal(t, []int{200, 200}, []int{status("/medicines"), status("/checkups")})
	})
	t.Run("P5-4 the consent is the institution's that asked", func(t *testing.T) {
		own, _ := p.candidate(t, clinic, searchFor(id))
		require.NotEqual(t, found["candidateId"], own["candidateId"])
		refused(t, p.ask(t, clinic, http.MethodGet, path+"/medicines", nil), http.StatusNotFound, "SIM-DIS-404")
		at := "/disaster/candidates/" + text(t, own, "candidateId")
		refused(t, p.ask(t, clinic, http.MethodGet, at+"/medicines", nil), http.StatusForbidden, "SIM-DIS-CONSENT")
	})
}

func TestDisasterScreensAreOpenInNeedOnly(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	p.openScreens(t)
	found, _ := p.candidate(t, hospital, searchFor(id))
	path := "/disaster/candidates/" + text(t, found, "candidateId")
	calls := []struct {
		method, path string
		body         any
	}{
		{http.MethodPost, "/disaster/searches", searchFor(id)},
		{http.MethodGet, path, nil},
		{http.MethodPost, path + "/consents", object{"medicines": true, "askedBy": "看護師"}},
		{http.MethodGet, path + "/medicines", nil},
		{http.MethodGet, path + "/checkups", nil},
	}
	for _, c := range []struct {
		title        string
		mode         object
		hospital     bool // whether its screens are open
		clinic       bool
		terminalDown bool
	}{
		{"P5-5 closed in normal times", object{"mode": "normal"}, false, false, false},
		{"P5-5 open in a large-scale disaster", object{"mode": "disaster"}, true, true, false},
		{"P5-5 open where the disaster is", object{"mode": "disaster", "areas": []string{clinicArea}}, false, true, false},
		{"P5-5 open in a system failure", object{"mode": "failure", "systems": []string{"terminal"}}, true, true, true},
		{"P5-5 open where the failure is", object{"mode": "failure", "institutions": []string{hospitalCode}}, true, false, false},
	} {
		t.Run(c.title, func(t *testing.T) {
			p.command(t, http.MethodPut, "/mode", c.mode)
			for token, open := range map[string]bool{hospital: c.hospital, clinic: c.clinic} {
				for _, call := range calls {
					a := p.ask(t, token, call.method, call.path, call.body)
					require.Equal(t, !open, a.code() == "SIM-DIS-CLOSED", "%s %s: %s", token, call.path, a.body)
				}
			}
			read := p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id)))
			require.Equal(t, c.terminalDown, read.status == http.StatusServiceUnavailable, read.body)
		})
	}
}

func TestDisasterHints(t *testing.T) {
	t.Parallel()
	member := memberAt("C", number(0), "2015-04-01")
	member.Flags.NonDisclosure, member.Flags.SelfInformationBlocked = true, true
	p := newPlace(t, examined(t), nation(someone(id, member)))
	p.openScreens(t)
	t.Run("P10-1 a protected person is found by a hidden address, and it stays hidden", func(t *testing.T) {
		found, known := p.candidate(t, hospital, object{"name": "架空　" + id, "birthdate": birthdate, "address": "架空県C市"})
		require.True(t, known)
		require.Equal(t, "", found["address"])
		detail := list(t, p.ok(t, hospital, http.MethodGet, "/disaster/candidates/"+text(t, found, "candidateId"), nil), "results")
		require.Len(t, detail, 1)
		require.Equal(t, []any{"", ""}, []any{detail[0]["address"], detail[0]["postNumber"]})
	})
	t.Run("P10-2 the insurer's name stays visible and may hint at the area", func(t *testing.T) {
		found, _ := p.candidate(t, hospital, searchFor(id))
		require.Equal(t, insurers["C"].InsurerName, found["insurerName"])
		detail := list(t, p.ok(t, hospital, http.MethodGet, "/disaster/candidates/"+text(t, found, "candidateId"), nil), "results")
		require.Equal(t, insurers["C"].InsurerName, first(t, detail)["insurerName"])
	})
}
