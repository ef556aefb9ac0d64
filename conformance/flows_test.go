package conformance_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// abused is a world where taro has hanako's card, knows its PIN and is her proxy; both are members of A.
func abused() world.Document {
	document := nation(someone(id, memberAt("A", number(0), "2015-04-01")), someone("taro", memberAt("A", "number-taro", "2015-04-01")))
	document.Persons[0].Proxies = []string{"portal-taro"}
	return document
}

// byCard and byCertificate are what an institution gets.
func (p *place) byCard(t tester, card, pin string) answer {
	t.Helper()
	return p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", object{"cardSerial": card, "verification": object{"method": "pin", "pin": pin}})
}

func (p *place) byCertificate(t tester, m *world.Member) object {
	t.Helper()
	return decoded(t, p.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(m)))
}

// addressIn is the address in the answer to a certificate check, which must show a membership.
func addressIn(t tester, check object) any {
	t.Helper()
	results := check["results"].([]any)
	require.NotEmpty(t, results)
	return results[0].(object)["address"]
}

// reissued stops hanako's card and issues another.
func (p *place) reissued(t tester) (card, pin string) {
	t.Helper()
	p.ok(t, cardOffice, http.MethodPost, "/jpki/cards/"+registeredCard(id)+"/suspension", nil)
	issued := decoded(t, p.ok(t, cardOffice, http.MethodPost, "/jpki/cards/"+registeredCard(id)+"/reissue", nil))
	return text(t, issued, "cardSerial"), text(t, issued, "pin")
}

func TestCardIsStoppedFirst(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), abused())
	session := p.session(t, registeredCard(id))
	t.Run("P15-1 a stopped card opens nothing, and who is logged in with it is out", func(t *testing.T) {
		p.ok(t, cardOffice, http.MethodPost, "/jpki/cards/"+registeredCard(id)+"/suspension", nil)
		refused(t, p.byCard(t, registeredCard(id), pin), http.StatusForbidden, "SIM-CARD-SUSPENDED")
		refused(t, p.ask(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": registeredCard(id), "pin": pin}), http.StatusForbidden, "SIM-CARD-SUSPENDED")
		refused(t, p.ask(t, session, http.MethodGet, "/mynaportal/eligibility", nil), http.StatusForbidden, "SIM-CARD-SUSPENDED")
	})
	t.Run("P15-1 the new card is not registered, and the proxy is removed with it", func(t *testing.T) {
		card, pin := p.reissued(t)
		refused(t, p.byCard(t, registeredCard(id), "1234"), http.StatusForbidden, "SIM-CARD-REVOKED")
		require.Equal(t, "4", decoded(t, p.byCard(t, card, pin))["qualificationValidity"])
		opened := decoded(t, p.ok(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": pin}))
		taro := p.session(t, registeredCard("taro"))
		require.Len(t, list(t, p.ok(t, taro, http.MethodGet, "/mynaportal/principals", nil), "principals"), 1)
		p.ok(t, text(t, opened, "token"), http.MethodDelete, "/mynaportal/proxies/portal-taro", nil)
		require.Empty(t, list(t, p.ok(t, taro, http.MethodGet, "/mynaportal/principals", nil), "principals"))
		refused(t, p.ask(t, taro, http.MethodGet, "/mynaportal/eligibility?principal=portal-"+id, nil), http.StatusForbidden, "SIM-MP-403")
	})
}

// TestDependant is P16-1: the victim leaves her husband's insurance for another insurer's.
func TestDependant(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), abused())
	both := object{"nonDisclosure": true, "selfInformationBlocked": true}
	former := memberAt("A", number(0), "2015-04-01")
	joined := memberAt("B", "joined", "2021-04-15")
	var card, pin string

	t.Run("P16-1 A sets both flags; the card opens nothing and the certificate hides the address", func(t *testing.T) {
		p.setFlags(t, "A", number(0), both)
		require.Equal(t, "4", decoded(t, p.byCard(t, registeredCard(id), "1234"))["qualificationValidity"])
		require.Equal(t, "", addressIn(t, p.byCertificate(t, &former)))
		card, pin = p.reissued(t)
	})
	t.Run("P16-1 removed as dependant, joins B, which sets both flags", func(t *testing.T) {
		p.setClock(t, "2021-04-15T10:00:00")
		ended := object{"disqualificationDate": "2021-04-15", "qualificationDate": "2015-04-01", "insuredCardSymbol": "1001", "insuredIdentificationNumber": "id-" + number(0), "insuredBranchNumber": "01"}
		p.ok(t, insurers["A"].Token, http.MethodPut, "/intermediate/members/"+number(0), ended)
		p.ok(t, insurers["B"].Token, http.MethodPut, "/intermediate/members/joined", object{
			"individualNumber": individualNumber(id), "insuredCardSymbol": "1001", "insuredIdentificationNumber": "id-joined",
			"insuredBranchNumber": "01", "qualificationDate": "2021-04-15", "address": "架空県避難先市", "postNumber": "999-9999",
		})
		p.setFlags(t, "B", "joined", both)
		require.Equal(t, "3", p.byCertificate(t, &former)["qualificationValidity"])
		check := p.byCertificate(t, &joined)
		require.Equal(t, "1", check["qualificationValidity"])
		require.Equal(t, "", addressIn(t, check))
	})
	t.Run("P16-1 registration of the new card works once B lifts its flag, whatever A's", func(t *testing.T) {
		token := text(t, decoded(t, p.ok(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": pin})), "token")
		failed(t, p.register(t, token))
		p.setFlags(t, "B", "joined", object{"selfInformationBlocked": false})
		require.Equal(t, "completed", p.register(t, token)["status"])
		require.Equal(t, "1", decoded(t, p.byCard(t, card, pin))["qualificationValidity"])
	})
	t.Run("P16-1 the address shows only when A and B have lifted the non-disclosure flag", func(t *testing.T) {
		p.setFlags(t, "B", "joined", object{"nonDisclosure": false})
		require.Equal(t, "", addressIn(t, p.byCertificate(t, &joined)))
		p.setFlags(t, "A", number(0), object{"nonDisclosure": false, "selfInformationBlocked": false})
		require.Equal(t, "架空県避難先市", addressIn(t, p.byCertificate(t, &joined)))
	})
}

// TestInsured is P17-1 and QA-2: the victim stays with her insurer.
func TestInsured(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), abused())
	member := memberAt("A", number(0), "2015-04-01")
	p.setFlags(t, "A", number(0), object{"nonDisclosure": true, "selfInformationBlocked": true})
	card, pin := p.reissued(t)
	session := func() string {
		return text(t, decoded(t, p.ok(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": pin})), "token")
	}
	t.Run("QA-2 until the flag is lifted the certificate, reissued, does", func(t *testing.T) {
		failed(t, p.register(t, session()))
		require.Equal(t, "4", decoded(t, p.byCard(t, card, pin))["qualificationValidity"])
		require.Equal(t, "1", p.byCertificate(t, &member)["qualificationValidity"])
		renewed := object{"qualificationDate": "2015-04-01", "insuredCardSymbol": "2002", "insuredIdentificationNumber": "id-renewed", "insuredBranchNumber": "01", "address": member.Address}
		p.ok(t, insurers["A"].Token, http.MethodPut, "/intermediate/members/"+number(0), renewed)
		require.Equal(t, "4", p.byCertificate(t, &member)["qualificationValidity"])
		member.InsuredCardSymbol, member.InsuredIdentificationNumber = "2002", "id-renewed"
		check := p.byCertificate(t, &member)
		require.Equal(t, []any{"1", ""}, []any{check["qualificationValidity"], addressIn(t, check)})
	})
	t.Run("P17-1 self-information flag lifted: the card is the certificate again", func(t *testing.T) {
		p.setFlags(t, "A", number(0), object{"selfInformationBlocked": false})
		require.Equal(t, "completed", p.register(t, session())["status"])
		require.Equal(t, "1", decoded(t, p.byCard(t, card, pin))["qualificationValidity"])
		require.Equal(t, "", addressIn(t, p.byCertificate(t, &member)))
	})
	t.Run("P17-1 non-disclosure flag lifted: the address shows again", func(t *testing.T) {
		p.setFlags(t, "A", number(0), object{"nonDisclosure": false})
		require.Equal(t, member.Address, addressIn(t, p.byCertificate(t, &member)))
	})
}

// TestFledWithCard is P17-2.
func TestFledWithCard(t *testing.T) {
	t.Parallel()
	p := newPlace(t, examined(t), abused())
	t.Run("P17-2 the proxy removed, the non-disclosure flag alone: she uses her card as before", func(t *testing.T) {
		own, taro := p.session(t, registeredCard(id)), p.session(t, registeredCard("taro"))
		p.setFlags(t, "A", number(0), object{"nonDisclosure": true})
		p.ok(t, own, http.MethodDelete, "/mynaportal/proxies/portal-taro", nil)
		refused(t, p.ask(t, taro, http.MethodGet, "/mynaportal/medicines?principal=portal-"+id, nil), http.StatusForbidden, "SIM-MP-403")
		require.Equal(t, "1", decoded(t, p.byCard(t, registeredCard(id), pin))["qualificationValidity"])
		require.Len(t, list(t, p.ok(t, own, http.MethodGet, "/mynaportal/medicines", nil), "items"), 1)
	})
}
