package work

import (
	"encoding/json"

	"onshisim/bench/load"
	"onshisim/sim/world"
)

// Reference is a request that gives a person of the first world a reference number, which changes the person; there is none
// for one without a membership.
func Reference(p *world.Person, host, token string) (request load.Request, can bool) {
	m, err := latest(p)
	if err != nil {
		return request, false
	}
	body, err := json.Marshal(referenceNumber{
		m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber, m.Birthdate, "bench-" + p.ID,
	})
	if err != nil {
		return request, false
	}
	const done = `{"processingResultStatus":"1"}`
	return load.Request{
		Wire:   load.Put(host, "/terminal/reference-numbers", token, body),
		Answer: load.Expect([]byte(done), "processingResultStatus"), // 2 for the few who share a certificate and a birthdate
	}, true
}
