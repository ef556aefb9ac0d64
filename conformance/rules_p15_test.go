package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestActsOnRecord(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), nation(someone(id, memberAt("A", number(0), "2015-04-01"), memberAt("B", number(1), "2018-04-01"))))
	path := "/intermediate/members/" + number(0) + "/flags"
	act := func(token string, body object) answer { return p.ask(t, token, http.MethodPatch, path, body) }
	whole := object{"selfInformationBlocked": true, "appliedOn": "2021-03-31", "reason": "本人の申出"}

	t.Run("P15-3 an act needs date and reason", func(t *testing.T) {
		for _, lacking := range []object{
			{"selfInformationBlocked": true, "appliedOn": "2021-03-31"},
			{"selfInformationBlocked": true, "appliedOn": "2021-03-31", "reason": ""},
			{"selfInformationBlocked": true, "appliedOn": "2021-03-31", "reason": "　"},
			{"selfInformationBlocked": true, "reason": "本人の申出"},
			{"selfInformationBlocked": true, "appliedOn": "2021-02-30", "reason": "本人の申出"},
			{"appliedOn": "2021-03-31", "reason": "本人の申出"},
			{"selfInformationBlock": true, "appliedOn": "2021-03-31", "reason": "本人の申出"},
		} {
			refused(t, act(insurers["A"].Token, lacking), http.StatusUnprocessableEntity, "SIM-REQ-422")
		}
	})
	t.Run("P15-3 it is the insurer's, on its own members", func(t *testing.T) {
		refused(t, act(insurers["B"].Token, whole), http.StatusNotFound, "SIM-INT-404")
		for _, token := range []string{welfare, hospital, cardOffice} {
			refused(t, act(token, whole), http.StatusForbidden, "SIM-AUTH-403")
		}
		refused(t, act("", whole), http.StatusUnauthorized, "SIM-AUTH-401")
		refused(t, act(p.session(t, registeredCard(id)), whole), http.StatusUnauthorized, "SIM-AUTH-401")
	})
	t.Run("P15-3 set and lift stand on record", func(t *testing.T) {
		p.ok(t, insurers["A"].Token, http.MethodPatch, path, whole)
		p.setClock(t, "2021-05-06T10:30:00")
		shown := decoded(t, p.ok(t, insurers["A"].Token, http.MethodPatch, path,
			object{"selfInformationBlocked": false, "nonDisclosure": true, "appliedOn": "2021-05-01", "reason": "再発行が済んだ"}))
		require.Equal(t, []any{true, false}, []any{shown["nonDisclosure"], shown["selfInformationBlocked"]})
		require.Equal(t, []any{
			object{
				"at": "2021-04-01T09:00:00+09:00", "appliedOn": "2021-03-31", "reason": "本人の申出",
				"change": object{"nonDisclosure": nil, "selfInformationBlocked": true, "items": []any{}},
			},
			object{
				"at": "2021-05-06T10:30:00+09:00", "appliedOn": "2021-05-01", "reason": "再発行が済んだ",
				"change": object{"nonDisclosure": true, "selfInformationBlocked": false, "items": []any{}},
			},
		}, shown["history"])
		require.Equal(t, shown, decoded(t, p.ok(t, insurers["A"].Token, http.MethodGet, path, nil)))
	})
	t.Run("P13-6 no flag of another insurer is rewritten", func(t *testing.T) {
		other := decoded(t, p.ok(t, insurers["B"].Token, http.MethodGet, "/intermediate/members/"+number(1)+"/flags", nil))
		require.Equal(t, object{"nonDisclosure": false, "selfInformationBlocked": false, "items": []any{}, "history": []any{}}, other)
	})
	t.Run("QA-6 a flag is the personal insured number's", func(t *testing.T) {
		renewed := object{"individualNumber": individualNumber(id), "qualificationDate": "2021-05-01"}
		p.ok(t, insurers["A"].Token, http.MethodPut, "/intermediate/members/renewed", renewed)
		fresh := decoded(t, p.ok(t, insurers["A"].Token, http.MethodGet, "/intermediate/members/renewed/flags", nil))
		require.Equal(t, []any{false, false}, []any{fresh["nonDisclosure"], fresh["selfInformationBlocked"]})
		former := decoded(t, p.ok(t, insurers["A"].Token, http.MethodGet, path, nil))
		require.Equal(t, []any{true, false}, []any{former["nonDisclosure"], former["selfInformationBlocked"]})
	})
	t.Run("QA-6 not the individual number's, which may change", func(t *testing.T) {
		p.ok(t, cardOffice, http.MethodPost, "/jpki/individual-numbers/"+individualNumber(id)+"/change", nil)
		same := decoded(t, p.ok(t, insurers["A"].Token, http.MethodGet, path, nil))
		require.Equal(t, []any{true, false}, []any{same["nonDisclosure"], same["selfInformationBlocked"]})
	})
}

func TestLiftingIsTheFormerInsurers(t *testing.T) {
	t.Parallel()
	t.Run("QA-4 the present insurer can't lift the former one's flag, who can", func(t *testing.T) {
		t.Parallel()
		p := httpFront{examined(t)}.happen(t, lostAt(nonDisclosure, noFlag, noFlag))
		address := func() any {
			results := list(t, p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&p.members[2])), "results")
			return first(t, results)["address"]
		}
		lift := object{"nonDisclosure": false, "appliedOn": "2021-04-01", "reason": "本人の申出"}
		refused(t, p.ask(t, insurers["C"].Token, http.MethodPatch, "/intermediate/members/"+number(0)+"/flags", lift), http.StatusNotFound, "SIM-INT-404")
		p.ok(t, insurers["C"].Token, http.MethodPatch, "/intermediate/members/"+number(2)+"/flags", lift)
		require.Equal(t, "", address())
		p.ok(t, insurers["A"].Token, http.MethodPatch, "/intermediate/members/"+number(0)+"/flags", lift)
		require.Equal(t, p.members[2].Address, address())
	})
	t.Run("P13-7 continuity in the second half of January 2021", func(t *testing.T) {
		t.Parallel()
		s := lostAt(nonDisclosure, noFlag, noFlag)
		s.today = "2021-01-31"
		require.Equal(t, "aaa", httpFront{examined(t)}.observe(t, s)[sight{certEligibility, institution}])
	})
}
