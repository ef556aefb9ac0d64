package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// beside is one world with a protected person, one who has a card and nothing else, and one who has not registered it.
func beside(t *testing.T) *place {
	t.Helper()
	protected := memberAt("A", number(0), "2015-04-01")
	protected.Flags.NonDisclosure, protected.Flags.SelfInformationBlocked = true, true
	unregistered := someone("unregistered", memberAt("B", "number-unregistered", "2018-04-01"))
	unregistered.RegisteredCard = ""
	stranger := someone("stranger")
	stranger.RegisteredCard = ""
	return newPlace(t, examined(t), nation(someone(id, protected), unregistered, stranger))
}

// TestTwinsBeside compares answers within one world, where they carry no identity.
func TestTwinsBeside(t *testing.T) {
	t.Parallel()
	p := beside(t)
	p.openScreens(t)
	cards := []string{registeredCard(id), registeredCard("unregistered"), registeredCard("stranger"), "no-such-card"}
	same := func(t *testing.T, ask func(card string) []answer) {
		t.Helper()
		protected := ask(cards[0])
		for _, card := range cards[1:] {
			alike(t, protected, ask(card))
		}
	}
	for name, consents := range map[string]object{
		"every consent": {"checkups": true, "medicines": true, "limitCertificate": true, "specificDiseases": true},
		"no consent":    {}, "one consent": {"medicines": true},
	} {
		t.Run("QA-3 card read, with "+name, func(t *testing.T) {
			t.Parallel()
			same(t, func(card string) []answer {
				query := reading(card)
				query["consents"] = consents
				read := p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", query)
				require.Equal(t, "4", decoded(t, read)["qualificationValidity"])
				opened := "/terminal/card-reads/" + text(t, decoded(t, read), "cardReadId")
				return []answer{
					read, p.ask(t, hospital, http.MethodGet, opened+"/medicines", nil), p.ask(t, hospital, http.MethodGet, opened+"/checkups", nil),
					p.ask(t, pharmacy, http.MethodGet, opened+"/medicines", nil),
				}
			})
		})
	}
	t.Run("QA-3 card read, by face and by sight", func(t *testing.T) {
		t.Parallel()
		for _, verification := range []object{{"method": "face", "match": true}, {"method": "staff"}} {
			same(t, func(card string) []answer {
				query := reading(card)
				query["verification"] = verification
				return []answer{p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", query)}
			})
		}
	})
}

// TestErrorTwinsBeside compares refusals within one world.
func TestErrorTwinsBeside(t *testing.T) {
	t.Parallel()
	p := beside(t)
	p.openScreens(t)
	cards := []string{registeredCard(id), registeredCard("unregistered"), registeredCard("stranger")}
	same := func(t *testing.T, ask func(person, card string) []answer) {
		t.Helper()
		protected := ask(id, cards[0])
		alike(t, protected, ask("unregistered", cards[1]))
		alike(t, protected, ask("stranger", cards[2]))
	}
	t.Run("QA-3 no proxy of anybody's, and of nobody", func(t *testing.T) {
		token := p.session(t, freshCard("stranger"))
		for _, path := range []string{"/eligibility", "/medicines", "/self-information", "/exchange-records", "/registration", "/checkups", "/medical-expenses"} {
			var answers []answer
			for _, principal := range []string{"portal-" + id, "portal-unregistered", "portal-nobody"} {
				answers = append(answers, p.ask(t, token, http.MethodGet, "/mynaportal"+path+"?principal="+principal, nil))
			}
			alike(t, answers[:1], answers[1:2])
			alike(t, answers[:1], answers[2:])
			refused(t, answers[0], http.StatusForbidden, "SIM-MP-403")
		}
	})
	t.Run("QA-3 registration refused", func(t *testing.T) {
		protected := p.ask(t, p.session(t, freshCard(id)), http.MethodPost, "/mynaportal/registration", nil)
		plain := p.ask(t, p.session(t, freshCard("stranger")), http.MethodPost, "/mynaportal/registration", nil)
		alike(t, []answer{protected}, []answer{plain})
	})
	t.Run("QA-3 wrong PIN, locked, stopped, revoked", func(t *testing.T) {
		same(t, func(_, card string) (answers []answer) {
			wrong := reading(card)
			wrong["verification"] = object{"method": "pin", "pin": "0000"}
			use := func(query object) {
				answers = append(answers, p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", query),
					p.ask(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": query["verification"].(object)["pin"]}))
			}
			use(wrong)
			use(wrong)
			use(reading(card))
			for _, act := range []string{"/suspension", "/reissue"} {
				p.ok(t, cardOffice, http.MethodPost, "/jpki/cards/"+card+act, nil)
				use(reading(card))
			}
			return answers
		})
	})
	t.Run("QA-3 ids of others are as unknown as none", func(t *testing.T) {
		found, _ := p.candidate(t, clinic, searchFor(id))
		other := "/disaster/candidates/" + text(t, found, "candidateId")
		for _, path := range []string{"", "/medicines", "/checkups"} {
			alike(t, []answer{p.ask(t, hospital, http.MethodGet, other+path, nil)}, []answer{p.ask(t, hospital, http.MethodGet, "/disaster/candidates/none"+path, nil)})
		}
	})
}

// TestTellsNothing looks for words that would tell, in every answer that the twins get.
func TestTellsNothing(t *testing.T) {
	t.Parallel()
	s := examined(t)
	telling := []string{"nonDisclosure", "selfInformation", "Blocked", "不開示", "フラグ", "DV", "withheld", "Hidden", "reasons", "P13-", "P12-"}
	for _, w := range allTwins() {
		t.Run("QA-3 "+w.route+" "+w.title, func(t *testing.T) {
			t.Parallel()
			for _, set := range w.flags {
				for _, a := range w.examine(t, s, w.document(set), w.inquired) {
					for _, word := range telling {
						require.NotContains(t, a.body, word)
					}
				}
			}
		})
	}
}
