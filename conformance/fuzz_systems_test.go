package conformance_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Nowhere but in the protected person's documents do these stand.
const (
	secretAddress = "架空県秘境村字かくれ里"
	secretPost    = "999-7777"
)

// guarded is a world in which a protected person's whereabouts may not come to light, with the disaster screens open.
func guarded(f *testing.F) *place {
	f.Helper()
	protected := memberAt("A", number(0), "2015-04-01")
	protected.Flags.NonDisclosure, protected.Flags.SelfInformationBlocked = true, true
	protected.Address, protected.PostNumber = secretAddress+"一番地", secretPost
	person := someone(id, protected)
	person.Address, person.PostNumber = secretAddress+"二番地", secretPost
	p := newPlace(f, inProcess(), nation(person, someone("ichiro", memberAt("B", "number-ichiro", "2015-04-01"))))
	p.openScreens(f)
	return p
}

// safe wants that an answer is no failure of the program and betrays nobody.
func safe(t *testing.T, a answer) {
	t.Helper()
	require.Less(t, a.status, 500, a.body)
	require.NotContains(t, a.body, secretAddress)
	require.NotContains(t, a.body, secretPost)
	require.True(t, a.body == "" || json.Valid([]byte(a.body)), a.body)
}

// asText are bodies as a client writes them, to begin from.
func asText(f *testing.F, bodies ...object) {
	f.Helper()
	for _, body := range bodies {
		f.Add(string(encoded(f, body)))
	}
	for _, odd := range []string{"", "null", "[]", "{}", `{"a":1,"a":2}`, "\x00", `{"birthdate":"\ud800"}`, strings.Repeat("[", 10000)} {
		f.Add(odd)
	}
}

func FuzzCertificateCheck(f *testing.F) {
	p := guarded(f)
	m := memberAt("A", number(0), "2015-04-01")
	day, noBranch := certificate(&m), certificate(&m)
	day["qualificationConfirmationDate"] = "2015-03-31"
	delete(noBranch, "insuredBranchNumber")
	asText(f, certificate(&m), day, noBranch, object{"insurerNumber": "06990014", "insuredIdentificationNumber": "ｉｄ－ｎｕｍｂｅｒ－１", "insuredCardSymbol": "１００１", "birthdate": birthdate})
	f.Fuzz(func(t *testing.T, body string) {
		safe(t, p.ask(t, hospital, http.MethodPost, "/terminal/certificate-checks", body))
	})
}

func FuzzRecordsByCertificate(f *testing.F) {
	p := guarded(f)
	for _, card := range []string{registeredCard(id), registeredCard("ichiro")} {
		p.ok(f, hospital, http.MethodPost, "/terminal/card-reads", reading(card))
	}
	protected, plain := memberAt("A", number(0), "2015-04-01"), memberAt("B", "number-ichiro", "2015-04-01")
	noBranch := certificateAlone(&plain)
	delete(noBranch, "insuredBranchNumber")
	asText(f, certificateAlone(&protected), certificateAlone(&plain), noBranch, certificate(&plain))
	f.Fuzz(func(t *testing.T, body string) {
		safe(t, p.ask(t, hospital, http.MethodPost, "/terminal/medicines", body))
		safe(t, p.ask(t, hospital, http.MethodPost, "/terminal/checkups", body))
	})
}

func FuzzCardRead(f *testing.F) {
	p := guarded(f)
	wrong := reading(registeredCard("ichiro"))
	wrong["verification"] = object{"method": "pin", "pin": "0000"}
	asText(f, reading(registeredCard(id)), reading(freshCard(id)), reading(registeredCard("ichiro")), wrong,
		object{"cardSerial": registeredCard(id), "verification": object{"method": "staff"}})
	f.Fuzz(func(t *testing.T, body string) {
		read := p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", body)
		safe(t, read)
		if read.status != http.StatusOK {
			return
		}
		opened := "/terminal/card-reads/" + text(t, decoded(t, read), "cardReadId")
		safe(t, p.ask(t, hospital, http.MethodGet, opened+"/medicines", nil))
		safe(t, p.ask(t, hospital, http.MethodGet, opened+"/checkups", nil))
	})
}

func FuzzDisasterSearch(f *testing.F) {
	p := guarded(f)
	asText(f, searchFor(id), searchFor("ichiro"),
		object{"name": "架空　" + id, "birthdate": birthdate, "address": secretAddress},
		object{"nameKana": "ｶｸｳ " + id, "birthdate": birthdate, "address": "秘境"})
	f.Fuzz(func(t *testing.T, body string) {
		found := p.ask(t, hospital, http.MethodPost, "/disaster/searches", body)
		safe(t, found)
		if found.status != http.StatusOK {
			return
		}
		for _, candidate := range list(t, found, "candidates") {
			path := "/disaster/candidates/" + text(t, candidate, "candidateId")
			safe(t, p.ask(t, hospital, http.MethodGet, path, nil))
			safe(t, p.ask(t, hospital, http.MethodPost, path+"/consents", object{"medicines": true, "checkups": true, "askedBy": "看護師"}))
			safe(t, p.ask(t, hospital, http.MethodGet, path+"/medicines", nil))
			safe(t, p.ask(t, hospital, http.MethodGet, path+"/checkups", nil))
		}
	})
}
