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
	// The answer may also be that a few share a certificate and a birthdate.
	return load.Request{Wire: load.Put(host, "/terminal/reference-numbers", token, body), Answer: load.Anything}, true
}
