package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// plainNation is a world with one person, a member of A without flags.
func plainNation() world.Document {
	return nation(someone(id, memberAt("A", number(0), "2015-04-01")))
}

func TestWhoCanSeeWhat(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	p.openScreens(t)
	portalToken := p.session(t, registeredCard(id))
	read := decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))))
	opened := "/terminal/card-reads/" + text(t, read, "cardReadId")

	t.Run("P3-1 Mynaportal offers all four", func(t *testing.T) {
		for _, path := range []string{"/eligibility", "/checkups", "/medical-expenses", "/medicines"} {
			require.Len(t, list(t, p.ok(t, portalToken, http.MethodGet, "/mynaportal"+path, nil), "items"), 1, path)
		}
	})
	t.Run("P3-2 an institution has no medical-expense notices", func(t *testing.T) {
		require.Equal(t, "1", read["qualificationValidity"])
		for _, path := range []string{"/checkups", "/medicines"} {
			require.Len(t, list(t, p.ok(t, hospital, http.MethodGet, opened+path, nil), "items"), 1, path)
		}
		notOfferedBy(t, p.ask(t, hospital, http.MethodGet, opened+"/medical-expenses", nil))
		notOfferedBy(t, p.ask(t, hospital, http.MethodGet, "/terminal/medical-expenses", nil))
	})
	t.Run("P3-3 a pharmacy has checkups, and no medical-expense notices", func(t *testing.T) {
		own := decoded(t, p.ok(t, pharmacy, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))))
		require.Equal(t, "1", own["qualificationValidity"])
		at := "/terminal/card-reads/" + text(t, own, "cardReadId")
		for _, path := range []string{"/checkups", "/medicines"} {
			require.Len(t, list(t, p.ok(t, pharmacy, http.MethodGet, at+path, nil), "items"), 1, path)
		}
		notOfferedBy(t, p.ask(t, pharmacy, http.MethodGet, at+"/medical-expenses", nil))
		refused(t, p.ask(t, pharmacy, http.MethodGet, opened+"/medicines", nil), http.StatusNotFound, "SIM-TERM-404")
	})
}

func TestConsent(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	open := func(consents object) string {
		query := reading(registeredCard(id))
		query["consents"] = consents
		return "/terminal/card-reads/" + text(t, decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", query)), "cardReadId")
	}
	status := func(opened, path string) int { return p.ask(t, hospital, http.MethodGet, opened+path, nil).status }

	t.Run("P3-4 each information opens with its own consent alone", func(t *testing.T) {
		none, medicinesOnly, checkupsOnly := open(object{}), open(object{"medicines": true}), open(object{"checkups": true})
		require.Equal(t, []int{403, 403}, []int{status(none, "/medicines"), status(none, "/checkups")})
		require.Equal(t, []int{200, 403}, []int{status(medicinesOnly, "/medicines"), status(medicinesOnly, "/checkups")})
		require.Equal(t, []int{403, 200}, []int{status(checkupsOnly, "/medicines"), status(checkupsOnly, "/checkups")})
	})
	t.Run("P3-4 a certificate opens neither", func(t *testing.T) {
		m := memberAt("A", number(0), "2015-04-01")
		check := decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&m)))
		require.NotContains(t, check, "cardReadId")
		notOfferedBy(t, p.ask(t, hospital, http.MethodGet, "/terminal/certificate-checks/medicines", nil))
		p.ok(t, clinic, http.MethodPost, "/terminal/certificate-checks", certificate(&m))
		for _, path := range []string{"/terminal/medicines", "/terminal/checkups"} {
			refused(t, p.ask(t, clinic, http.MethodPost, path, certificateAlone(&m)), http.StatusForbidden, "SIM-TERM-CONSENT")
		}
		with := certificate(&m)
		with["consents"] = object{"medicines": true}
		refused(t, p.ask(t, hospital, http.MethodPost, "/terminal/certificate-checks", with), http.StatusUnprocessableEntity, "SIM-REQ-422")
	})
	t.Run("P3-4 asked by certificate, the newest card read here counts", func(t *testing.T) {
		m := memberAt("A", number(0), "2015-04-01")
		asked := func(path string) int {
			return p.ask(t, hospital, http.MethodPost, "/terminal"+path, certificateAlone(&m)).status
		}
		for _, given := range []struct{ medicines, checkups bool }{{true, true}, {true, false}, {false, true}, {false, false}} {
			opened := open(object{"medicines": given.medicines, "checkups": given.checkups})
			for _, path := range []string{"/medicines", "/checkups"} {
				require.Equal(t, status(opened, path), asked(path), "%s with %v", path, given)
			}
		}
		opened := open(object{"medicines": true})
		shown := p.ok(t, hospital, http.MethodGet, opened+"/medicines", nil)
		require.Equal(t, shown.body, p.ok(t, hospital, http.MethodPost, "/terminal/medicines", certificateAlone(&m)).body)
		p.command(t, http.MethodPost, "/clock/advance", object{"duration": "24h"})
		require.Equal(t, 403, asked("/medicines"))
	})
	t.Run("P3-4 a consent holds for 24 hours", func(t *testing.T) {
		opened := open(object{"medicines": true})
		p.command(t, http.MethodPost, "/clock/advance", object{"duration": "23h59m59s"})
		require.Equal(t, 200, status(opened, "/medicines"))
		p.command(t, http.MethodPost, "/clock/advance", object{"duration": "1s"})
		require.Equal(t, 403, status(opened, "/medicines"))
	})
}

func TestInitialRegistrationIsNeeded(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	validity := func() any {
		return decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(freshCard(id))))["qualificationValidity"]
	}
	t.Run("P3-5 the card is the certificate only after initial registration", func(t *testing.T) {
		require.Equal(t, "4", validity())
		require.Equal(t, "completed", decoded(t, p.ok(t, p.session(t, freshCard(id)), http.MethodPost, "/mynaportal/registration", nil))["status"])
		require.Equal(t, "1", validity())
	})
}

func TestHeldUnderThePersonalInsuredNumber(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), nation(
		someone(id, memberAt("A", number(0), "2015-04-01"), memberAt("B", number(1), "2018-04-01")),
		someone("ichiro", memberAt("A", "number-ichiro", "2015-04-01")),
	))
	t.Run("P3-6 a record stands under the number that it is held under", func(t *testing.T) {
		token := p.session(t, registeredCard(id))
		items := list(t, p.ok(t, token, http.MethodGet, "/mynaportal/medicines", nil), "items")
		require.Len(t, items, 2)
		require.Equal(t, []any{"id-" + number(0), "架空錠 " + number(0)}, []any{items[0]["insuredIdentificationNumber"], items[0]["medicineName"]})
		require.Equal(t, []any{"id-" + number(1), "架空錠 " + number(1)}, []any{items[1]["insuredIdentificationNumber"], items[1]["medicineName"]})
		require.Equal(t, insurers["B"].InsurerNumber, items[1]["insurerNumber"])
	})
	t.Run("P3-6 a former insurer's certificate shows what is held under its own number", func(t *testing.T) {
		m := memberAt("A", number(0), "2015-04-01")
		results := list(t, p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&m)), "results")
		require.Len(t, results, 1)
		require.Equal(t, []any{insurers["A"].InsurerNumber, insurers["A"].InsurerName, "id-" + number(0)}, []any{
			results[0]["insurerNumber"], results[0]["insurerName"], results[0]["insuredIdentificationNumber"],
		})
	})
	t.Run("P3-6 two persons can't have one number", func(t *testing.T) {
		document := nation(someone(id, memberAt("A", "same", "2015-04-01")), someone("ichiro", memberAt("A", "same", "2015-04-01")))
		other := freePlace(t, p.simulator)
		refused(t, other.plane(t, http.MethodPut, "", object{"world": document}), http.StatusUnprocessableEntity, "SIM-REQ-422")
	})
	t.Run("P3-6 a record can't be held under another person's number", func(t *testing.T) {
		records := object{"medicines": []object{{"personalInsuredNumber": "number-ichiro", "medicineName": "架空錠"}}}
		refused(t, p.plane(t, http.MethodPut, "/persons/"+id+"/records", records), http.StatusUnprocessableEntity, "SIM-REQ-422")
	})
}
