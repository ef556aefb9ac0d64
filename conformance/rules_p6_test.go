package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// history is what Mynaportal's exchange history shows.
func (p *place) history(t tester, token string) []object {
	t.Helper()
	return list(t, p.ok(t, token, http.MethodGet, "/mynaportal/exchange-records", nil), "records")
}

// asked is an inquiry's status and code.
func asked(inquiry object) []any { return []any{inquiry["status"], inquiry["nonDisclosureCode"]} }

func TestNonDisclosureCode(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	code := p.subjectCode(t, individualNumber(id))
	token := p.session(t, registeredCard(id))

	t.Run("P6-2 the code is on what was made under the flag, for good", func(t *testing.T) {
		require.Equal(t, []any{"provided", "0"}, asked(p.inquire(t, code, "A", "benefits")))
		p.setFlags(t, "A", number(0), object{"nonDisclosure": true})
		require.Equal(t, []any{"provided", "1"}, asked(p.inquire(t, code, "A", "benefits")))
		p.setFlags(t, "A", number(0), object{"nonDisclosure": false})
		require.Equal(t, []any{"provided", "0"}, asked(p.inquire(t, code, "A", "benefits")))

		inquiries := list(t, p.ok(t, welfare, http.MethodGet, "/intermediate/subjects/"+code, nil), "inquiries")
		require.Len(t, inquiries, 3)
		require.Equal(t, []any{"0", "1", "0"}, []any{
			inquiries[0]["nonDisclosureCode"], inquiries[1]["nonDisclosureCode"], inquiries[2]["nonDisclosureCode"],
		})
	})
	t.Run("P6-4 a record with the code stays hidden", func(t *testing.T) {
		require.Len(t, p.history(t, token), 2)
	})
	t.Run("P6-1 P6-2 the inquirer's own flag gives its records the code too", func(t *testing.T) {
		flag := func(to bool) {
			p.ok(t, welfare, http.MethodPatch, "/intermediate/subjects/"+code+"/flags", object{"nonDisclosure": to})
		}
		flag(true)
		require.Empty(t, p.history(t, token))
		require.Equal(t, []any{"provided", "1"}, asked(p.inquire(t, code, "A", "eligibility")))
		flag(false)
		require.Len(t, p.history(t, token), 2)
	})
	t.Run("P6-1 a flag for one item gives the code to that item's records", func(t *testing.T) {
		p.setFlags(t, "A", number(0), object{"nonDisclosure": true, "items": []string{"checkups"}})
		require.Equal(t, []any{"provided", "1"}, asked(p.inquire(t, code, "A", "checkups")))
		require.Equal(t, []any{"provided", "0"}, asked(p.inquire(t, code, "A", "benefits")))
	})
	t.Run("P6-8 the self-information flag gives no code", func(t *testing.T) {
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true, "items": []string{"benefits"}})
		require.Equal(t, []any{"provided", "0"}, asked(p.inquire(t, code, "A", "benefits")))
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
		require.Equal(t, []any{"provided", "0"}, asked(p.inquire(t, code, "A", "eligibility")))
	})
}

func TestInquiryAnswersWhateverTheFlags(t *testing.T) {
	t.Parallel()
	informationOf := func(t *testing.T, set flags, item string) object {
		t.Helper()
		p := newPlace(t, examined(t), plainNation())
		p.setFlags(t, "A", number(0), object{"nonDisclosure": set&nonDisclosure != 0, "selfInformationBlocked": set&selfInformation != 0})
		inquiry := p.inquire(t, p.subjectCode(t, individualNumber(id)), "A", item)
		require.Equal(t, "provided", inquiry["status"])
		return inquiry["information"].(object)
	}
	for _, item := range []string{"eligibility", "benefits", "checkups"} {
		t.Run("P6-3 "+item, func(t *testing.T) {
			t.Parallel()
			plain := informationOf(t, noFlag, item)
			for _, set := range []flags{nonDisclosure, selfInformation, bothFlags} {
				require.Equal(t, plain, informationOf(t, set, item))
			}
		})
	}
}

func TestIncompleteLinkage(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), plainNation())
	token := p.session(t, registeredCard(id))
	t.Run("P6-5 a record without provision is not shown", func(t *testing.T) {
		code := p.subjectCode(t, individualNumber(id))
		inquiry := p.inquire(t, code, "B", "benefits")
		require.Equal(t, "incomplete", inquiry["status"])
		require.Nil(t, inquiry["information"])
		require.Empty(t, p.history(t, token))
		p.inquire(t, code, "A", "benefits")
		require.Len(t, p.history(t, token), 1)
	})
}

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), nation(someone(id, memberAt("A", number(0), "2015-04-01"), memberAt("B", number(1), "2018-04-01"))))
	token := p.session(t, registeredCard(id))
	entries := func() []object {
		return list(t, p.ok(t, token, http.MethodGet, "/mynaportal/self-information", nil), "entries")
	}
	silent := func(entry object) {
		require.Equal(t, "noAnswer", entry["status"])
		require.Equal(t, "回答なし", entry["message"])
		for name, value := range entry {
			if name != "status" && name != "message" {
				require.Empty(t, value, name)
			}
		}
	}
	t.Run("P6-7 the screen says 回答なし and nothing else", func(t *testing.T) {
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": true})
		require.Len(t, entries(), 2)
		silent(first(t, entries()))
		require.Equal(t, "provided", entries()[1]["status"])
		p.setFlags(t, "B", number(1), object{"selfInformationBlocked": true})
		for _, entry := range entries() {
			silent(entry)
		}
	})
	t.Run("P6-8 the exchange history shows all the same", func(t *testing.T) {
		p.inquire(t, p.subjectCode(t, individualNumber(id)), "B", "benefits")
		require.Len(t, p.history(t, token), 1)
	})
	t.Run("P6-6 an agency has no self-information flag to set", func(t *testing.T) {
		code := p.subjectCode(t, individualNumber(id))
		set := p.ask(t, welfare, http.MethodPatch, "/intermediate/subjects/"+code+"/flags", object{"nonDisclosure": false, "selfInformationBlocked": true})
		refused(t, set, http.StatusUnprocessableEntity, "SIM-REQ-422")
	})
}
