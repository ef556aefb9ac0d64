package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// flagged is the membership of a protected person at A.
func flagged(set flags) situation {
	return situation{members: []membership{at("A", "2015-04-01", set)}}
}

func TestCardNeedsItsHolder(t *testing.T) {
	t.Parallel()
	for title, set := range map[string]flags{"no flag": noFlag, "non-disclosure flag": nonDisclosure, "self-information flag": selfInformation, "both flags": bothFlags} {
		t.Run("P8-2 "+title, func(t *testing.T) {
			t.Parallel()
			p := httpFront{examined(t)}.happen(t, flagged(set))
			read := func(verification object) answer {
				query := reading(registeredCard(id))
				query["verification"] = verification
				return p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", query)
			}
			validity := map[bool]string{true: "4", false: "1"}[set&selfInformation != 0]
			for _, right := range []object{{"method": "pin", "pin": pin}, {"method": "face", "match": true}, {"method": "staff"}} {
				require.Equal(t, validity, decoded(t, read(right))["qualificationValidity"], right)
			}
			refused(t, read(object{"method": "face", "match": false}), http.StatusForbidden, "SIM-CARD-FACE")
			refused(t, read(object{"method": "face"}), http.StatusForbidden, "SIM-CARD-FACE")
			for range 3 {
				refused(t, read(object{"method": "pin", "pin": "0000"}), http.StatusForbidden, "SIM-CARD-PIN")
			}
			refused(t, read(object{"method": "pin", "pin": pin}), http.StatusForbidden, "SIM-CARD-LOCKED")
			refused(t, p.ask(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": registeredCard(id), "pin": pin}), http.StatusForbidden, "SIM-CARD-LOCKED")
		})
	}
}

func TestCardWithheld(t *testing.T) {
	t.Parallel()
	t.Run("P8-1 a card that opens no eligibility opens nothing, whatever items the flag is for", func(t *testing.T) {
		t.Parallel()
		p := httpFront{examined(t)}.happen(t, withItem("eligibility", selfInformation))
		read := decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))))
		require.Equal(t, "4", read["qualificationValidity"])
		for _, path := range []string{"/medicines", "/checkups"} {
			require.Empty(t, list(t, p.ok(t, hospital, http.MethodGet, "/terminal/card-reads/"+text(t, read, "cardReadId")+path, nil), "items"))
		}
	})
	t.Run("P8-1 a read from before the flag opens nothing from then on", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), plainNation())
		opened := "/terminal/card-reads/" + text(t, decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id)))), "cardReadId")
		require.Len(t, list(t, p.ok(t, hospital, http.MethodGet, opened+"/medicines", nil), "items"), 1)
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
		require.Empty(t, list(t, p.ok(t, hospital, http.MethodGet, opened+"/medicines", nil), "items"))
		require.Empty(t, list(t, p.ok(t, hospital, http.MethodGet, opened+"/checkups", nil), "items"))
	})
	t.Run("P8-1 a read that is shown again shows what the card opens now, for 24 hours, where it was read", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), plainNation())
		read := p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id)))
		again := "/terminal/card-reads/" + text(t, decoded(t, read), "cardReadId")
		require.Equal(t, decoded(t, read), decoded(t, p.ok(t, hospital, http.MethodGet, again, nil)))
		refused(t, p.ask(t, pharmacy, http.MethodGet, again, nil), http.StatusNotFound, "SIM-TERM-404")
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
		flagged := decoded(t, p.ok(t, hospital, http.MethodGet, again, nil))
		require.Equal(t, "4", flagged["qualificationValidity"])
		require.Empty(t, flagged["results"])
		p.command(t, http.MethodPost, "/clock/advance", object{"duration": "24h"})
		refused(t, p.ask(t, hospital, http.MethodGet, again, nil), http.StatusForbidden, "SIM-TERM-EXPIRED")
	})
	t.Run("QA-1 the card is no certificate under the self-information flag, and is one under the other", func(t *testing.T) {
		t.Parallel()
		for set, validity := range map[flags]string{noFlag: "1", nonDisclosure: "1", selfInformation: "4", bothFlags: "4"} {
			p := httpFront{examined(t)}.happen(t, flagged(set))
			read := decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))))
			require.Equal(t, validity, read["qualificationValidity"], set)
			require.Equal(t, validity == "4", len(read["results"].([]any)) == 0)
		}
	})
}

func TestPortalWithheld(t *testing.T) {
	t.Parallel()
	t.Run("P7-1 neither who has the card nor a proxy sees the four", func(t *testing.T) {
		t.Parallel()
		document := plainNation()
		document.Persons[0].Proxies = []string{"portal-taro"}
		document.Persons = append(document.Persons, someone("taro", memberAt("A", "number-taro", "2015-04-01")))
		p := newPlace(t, examined(t), document)
		shown := func(card, query string) (shown int) {
			token := p.session(t, registeredCard(card))
			for _, path := range []string{"eligibility", "checkups", "medicines", "medical-expenses"} {
				shown += len(list(t, p.ok(t, token, http.MethodGet, "/mynaportal/"+path+query, nil), "items"))
			}
			return shown
		}
		require.Equal(t, []int{4, 4}, []int{shown(id, ""), shown("taro", "?principal=portal-"+id)})
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
		require.Equal(t, []int{0, 0, 4}, []int{shown(id, ""), shown("taro", "?principal=portal-"+id), shown("taro", "")})
	})
}

func TestCertificateHidesAddress(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, set flags) (hidden, plain object) {
		t.Helper()
		p := httpFront{examined(t)}.happen(t, flagged(set))
		results := list(t, p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&p.members[0])), "results")
		require.Len(t, results, 1)
		return results[0], object{"address": p.members[0].Address, "postNumber": p.members[0].PostNumber}
	}
	t.Run("P9-1 the check still answers, without address and postal code and with all else", func(t *testing.T) {
		t.Parallel()
		whole, _ := check(t, noFlag)
		for _, set := range []flags{nonDisclosure, selfInformation, bothFlags} {
			hidden, own := check(t, set)
			require.Equal(t, []any{"", ""}, []any{hidden["address"], hidden["postNumber"]})
			hidden["address"], hidden["postNumber"] = own["address"], own["postNumber"]
			require.Equal(t, whole, hidden)
		}
	})
	t.Run("P9-2 the non-disclosure flag still hides when the other was lifted", func(t *testing.T) {
		t.Parallel()
		s := flagged(nonDisclosure)
		s.members[0].lifted = selfInformation
		p := httpFront{examined(t)}.happen(t, s)
		results := list(t, p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&p.members[0])), "results")
		require.Len(t, results, 1)
		require.Equal(t, []any{"", ""}, []any{results[0]["address"], results[0]["postNumber"]})
	})
}
