package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// register does the initial registration with the card of a session.
func (p *place) register(t tester, token string) object {
	t.Helper()
	return decoded(t, p.ok(t, token, http.MethodPost, "/mynaportal/registration", nil))
}

// registrationOf is what Mynaportal says of it.
func (p *place) registrationOf(t tester, token string) object {
	t.Helper()
	return decoded(t, p.ok(t, token, http.MethodGet, "/mynaportal/registration", nil))
}

// failed wants that a registration says no more than that it failed.
func failed(t tester, registration object) {
	t.Helper()
	require.Equal(t, object{
		"status": "failed", "code": "SIM-MP-REG-001", "message": "処理を完了できませんでした", "steps": []any{},
	}, registration)
}

func TestInitialRegistration(t *testing.T) {
	t.Parallel()
	t.Run("P11-1 the seven steps, when completed", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), plainNation())
		token := p.session(t, freshCard(id))
		require.Equal(t, "", p.registrationOf(t, token)["status"])
		done := p.register(t, token)
		require.Equal(t, []any{"completed", "", ""}, []any{done["status"], done["code"], done["message"]})
		require.Len(t, done["steps"], 7)
		for i, value := range done["steps"].([]any) {
			step := value.(object)
			require.Equal(t, []rune("①②③④⑤⑥⑦")[i], []rune(text(t, step, "step"))[0])
			require.Equal(t, "2021-04-01T09:00:00+09:00", step["at"])
		}
		require.Equal(t, done, p.registrationOf(t, token))
	})
	t.Run("P11-1 step ① needs card and PIN", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), plainNation())
		refused(t, p.ask(t, "", http.MethodPost, "/mynaportal/registration", nil), http.StatusUnauthorized, "SIM-AUTH-401")
		refused(t, p.ask(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": freshCard(id), "pin": "0000"}), http.StatusForbidden, "SIM-CARD-PIN")
	})
	t.Run("P11-1 step ③ has nothing to answer for a person without membership", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), nation(someone(id)))
		failed(t, p.register(t, p.session(t, freshCard(id))))
	})
	t.Run("P11-2 the self-information flag refuses step ③", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), plainNation())
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
		token := p.session(t, freshCard(id))
		failed(t, p.register(t, token))
		failed(t, p.registrationOf(t, token))
	})
	t.Run("P11-3 P15-2 impossible while the flag is set, possible after it is lifted", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), plainNation())
		p.setFlags(t, "A", number(0), object{"nonDisclosure": true, "selfInformationBlocked": true})
		token := p.session(t, freshCard(id))
		failed(t, p.register(t, token))
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": false})
		require.Equal(t, "completed", p.register(t, token)["status"])
	})
}

// Registration opens on 1 March 2021; the world stands in December 2020.
func reserving() world.Document {
	document := plainNation()
	document.Now, document.RegistrationOpensAt = "2020-12-01T09:00:00+09:00", "2021-03-01T00:00:00+09:00"
	return document
}

func TestReservedRegistration(t *testing.T) {
	t.Parallel()
	const setIt, liftIt, reserve, wait = "set", "lift", "reserve", "wait until registration opens"
	for _, c := range []struct {
		title string
		acts  []string
		want  string
	}{
		{"P11-2 reserved without a flag", []string{reserve, wait}, "completed"},
		{"QA-5 (1) flagged, then reserved", []string{setIt, reserve, wait}, "failed"},
		{"QA-5 (1) flagged, then reserved, lifted in time", []string{setIt, reserve, liftIt, wait}, "completed"},
		{"QA-5 (1) flagged, then reserved, lifted too late", []string{setIt, reserve, wait, liftIt}, "failed"},
		{"QA-5 (2) reserved, then flagged", []string{reserve, setIt, wait}, "failed"},
		{"QA-5 (2) reserved, then flagged, lifted in time", []string{reserve, setIt, liftIt, wait}, "completed"},
		{"QA-5 (2) reserved, then flagged after registration opened", []string{reserve, wait, setIt}, "completed"},
		{"QA-5 (3) flagged, registered after registration opened", []string{setIt, wait, reserve}, "failed"},
	} {
		t.Run(c.title, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, examined(t), reserving())
			for _, act := range c.acts {
				switch act {
				case setIt:
					p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
				case liftIt:
					p.setFlags(t, "A", number(0), object{"selfInformationBlocked": false})
				case reserve:
					p.register(t, p.session(t, freshCard(id)))
				case wait:
					p.setClock(t, "2021-03-01T00:00:00")
				}
			}
			require.Equal(t, c.want, p.registrationOf(t, p.session(t, freshCard(id)))["status"])
		})
	}
	t.Run("P11-2 a reservation is reserved to the last second", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), reserving())
		require.Equal(t, object{"status": "reserved", "code": "", "message": "", "steps": []any{}}, p.register(t, p.session(t, freshCard(id))))
		p.setClock(t, "2021-02-28T23:59:59")
		token := p.session(t, freshCard(id))
		require.Equal(t, "reserved", p.registrationOf(t, token)["status"])
		p.command(t, http.MethodPost, "/clock/advance", object{"duration": "1s"})
		require.Equal(t, "completed", p.registrationOf(t, token)["status"])
	})
	t.Run("P11-1 step ④ has JPKI check the certificate, of a reservation too", func(t *testing.T) {
		t.Parallel()
		p := newPlace(t, examined(t), reserving())
		p.register(t, p.session(t, freshCard(id)))
		card := "/jpki/cards/" + freshCard(id)
		p.ok(t, cardOffice, http.MethodPost, card+"/suspension", nil)
		p.setClock(t, "2021-03-01T00:00:00")
		p.ok(t, cardOffice, http.MethodDelete, card+"/suspension", nil)
		failed(t, p.registrationOf(t, p.session(t, freshCard(id))))
	})
}
