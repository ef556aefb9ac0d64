package conformance_test

import (
	"net/http"

	"onshisim/sim/world"
)

// The flags that protect where both do, and where the self-information flag does.
var (
	eitherFlag    = []flags{nonDisclosure, selfInformation, bothFlags}
	blockingFlags = []flags{selfInformation, bothFlags}
	hidingFlags   = []flags{nonDisclosure, bothFlags}
)

// What a plain person may lack.
func addressless(p *world.Person) {
	p.Address, p.PostNumber = "", ""
	for i := range p.Members {
		p.Members[i].Address, p.Members[i].PostNumber = "", ""
	}
}

func noRecords(p *world.Person) { p.Checkups, p.Medicines, p.MedicalExpenses = nil, nil, nil }

func addresslessWithoutRecords(p *world.Person) {
	addressless(p)
	noRecords(p)
}

func noRegistration(p *world.Person) { p.RegisteredCard = "" }

func noMembers(p *world.Person) {
	p.Members = nil
	noRecords(p)
}

func nothing(*world.Person) {}

// formerFlag is a person whose flag stands at a former insurer.
func formerFlag(set flags) situation { return lostAt(set, noFlag, noFlag) }

// latestFlag is a person whose flag stands at the latest of three insurers.
func latestFlag(set flags) situation { return lostAt(noFlag, noFlag, set) }

func allTwins() []twin {
	var all []twin
	for _, of := range [][]twin{cardTwins(), certificateTwins(), disasterTwins(), portalTwins(), registrationTwins(), proxyTwins()} {
		all = append(all, of...)
	}
	return all
}

// readCard reads the person's registered card and gives the path of the read.
func (c *caller) readCard() string {
	c.t.Helper()
	return "/terminal/card-reads/" + c.field(c.call(hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))), "cardReadId")
}

func cardTwins() []twin {
	read := func(c *caller) { c.readCard() }
	then := func(path string) func(*caller) {
		return func(c *caller) { c.call(hospital, http.MethodGet, c.readCard()+path, nil) }
	}
	withoutConsent := func(path string) func(*caller) {
		return func(c *caller) {
			query := reading(registeredCard(id))
			query["consents"] = object{}
			a := c.call(hospital, http.MethodPost, "/terminal/card-reads", query)
			c.call(hospital, http.MethodGet, "/terminal/card-reads/"+c.field(a, "cardReadId")+path, nil)
		}
	}
	wrongPIN := func(c *caller) {
		query := reading(registeredCard(id))
		query["verification"] = object{"method": "pin", "pin": "0000"}
		for range 4 {
			c.call(hospital, http.MethodPost, "/terminal/card-reads", query)
		}
	}
	unknown := func(path string) func(*caller) {
		return func(c *caller) {
			c.readCard()
			c.call(hospital, http.MethodGet, "/terminal/card-reads/00000000000000000000000000000000"+path, nil)
		}
	}
	byCertificate := func(path string, consents ...object) func(*caller) {
		return func(c *caller) {
			query := reading(registeredCard(id))
			for _, given := range consents {
				query["consents"] = given
			}
			c.call(hospital, http.MethodPost, "/terminal/card-reads", query)
			m := memberAt("A", number(0), "2015-04-01")
			c.call(hospital, http.MethodPost, "/terminal/"+path, certificateAlone(&m))
		}
	}
	const shownAgain = "GET /terminal/card-reads/{id}"
	const medicinesAsked, checkupsAsked = "POST /terminal/medicines", "POST /terminal/checkups"
	const cardReads, ofMedicines, ofCheckups = "POST /terminal/card-reads", "GET /terminal/card-reads/{id}/medicines", "GET /terminal/card-reads/{id}/checkups"
	return []twin{
		{route: cardReads, title: "not registered", flags: blockingFlags, lacks: noRegistration, calls: read},
		{route: cardReads, title: "no member", flags: blockingFlags, lacks: noMembers, calls: read},
		{route: cardReads, title: "moved, no member", flags: blockingFlags, protected: latestFlag, lacks: noMembers, calls: read},
		{route: cardReads, title: "moved, lifted by moving", flags: blockingFlags[:1], protected: formerFlag, lacks: nothing, calls: read},
		{route: cardReads, title: "eligibility alone withheld", flags: blockingFlags, protected: func(set flags) situation { return withItem("eligibility", set) }, lacks: noMembers, calls: read},
		{route: cardReads, title: "the address is no matter", flags: hidingFlags[:1], lacks: nothing, calls: read},
		{route: cardReads, title: "wrong PIN", flags: eitherFlag, lacks: noMembers, calls: wrongPIN},
		{route: shownAgain, title: "not registered", flags: blockingFlags, lacks: noRegistration, calls: then("")},
		{route: shownAgain, title: "moved, no member", flags: blockingFlags, protected: latestFlag, lacks: noMembers, calls: then("")},
		{route: shownAgain, title: "the address is no matter", flags: hidingFlags[:1], lacks: nothing, calls: then("")},
		{route: shownAgain, title: "unknown id", flags: blockingFlags, lacks: noMembers, calls: unknown("")},
		{route: ofMedicines, title: "not registered", flags: blockingFlags, lacks: noRegistration, calls: then("/medicines")},
		{route: ofMedicines, title: "no member", flags: blockingFlags, lacks: noMembers, calls: then("/medicines")},
		{route: ofMedicines, title: "no consent", flags: blockingFlags, lacks: noMembers, calls: withoutConsent("/medicines")},
		{route: ofMedicines, title: "unknown id", flags: blockingFlags, lacks: noMembers, calls: unknown("/medicines")},
		{route: ofCheckups, title: "not registered", flags: blockingFlags, lacks: noRegistration, calls: then("/checkups")},
		{route: ofCheckups, title: "no member", flags: blockingFlags, lacks: noMembers, calls: then("/checkups")},
		{
			route: ofCheckups, title: "checkups alone withheld", flags: blockingFlags, lacks: func(p *world.Person) { p.Checkups = nil },
			protected: func(set flags) situation { return withItem("checkups", set) }, calls: then("/checkups"),
		},
		{route: ofCheckups, title: "no consent", flags: blockingFlags, lacks: noMembers, calls: withoutConsent("/checkups")},
		{route: ofCheckups, title: "unknown id", flags: blockingFlags, lacks: noMembers, calls: unknown("/checkups")},
		{route: medicinesAsked, title: "not registered", flags: blockingFlags, lacks: noRegistration, calls: byCertificate("medicines")},
		{route: medicinesAsked, title: "no consent", flags: blockingFlags, lacks: noRegistration, calls: byCertificate("medicines", object{})},
		{route: checkupsAsked, title: "not registered", flags: blockingFlags, lacks: noRegistration, calls: byCertificate("checkups")},
		{
			route: checkupsAsked, title: "checkups alone withheld", flags: blockingFlags, lacks: func(p *world.Person) { p.Checkups = nil },
			protected: func(set flags) situation { return withItem("checkups", set) }, calls: byCertificate("checkups"),
		},
		{route: checkupsAsked, title: "no consent", flags: blockingFlags, lacks: noRegistration, calls: byCertificate("checkups", object{})},
	}
}

func certificateTwins() []twin {
	check := func(nth int) func(*caller) {
		return func(c *caller) {
			m := memberAt(map[int]string{0: "A", 1: "B", 2: "C"}[nth], number(nth), "2015-04-01")
			c.call(hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&m))
		}
	}
	unknown := func(c *caller) {
		m := memberAt("A", "nobody's", "2015-04-01")
		c.call(hospital, http.MethodPost, "/terminal/certificate-checks", certificate(&m))
		m = memberAt("A", number(0), "2015-04-01")
		other := certificate(&m)
		other["birthdate"] = "1988-08-09"
		c.call(hospital, http.MethodPost, "/terminal/certificate-checks", other)
	}
	refer := func(c *caller) {
		m := memberAt("A", number(0), "2015-04-01")
		number := certificate(&m)
		number["referenceNumber"] = "K-1"
		c.call(hospital, http.MethodPut, "/terminal/reference-numbers", number)
		check(0)(c)
		c.call(hospital, http.MethodPut, "/terminal/reference-numbers", number)
	}
	referByCard := func(c *caller) {
		refer(c)
		c.readCard()
	}
	const checks, references = "POST /terminal/certificate-checks", "PUT /terminal/reference-numbers"
	return []twin{
		{route: checks, title: "no address", flags: eitherFlag, lacks: addressless, calls: check(0)},
		{route: checks, title: "moved, no address", flags: hidingFlags, protected: formerFlag, lacks: addressless, calls: check(2)},
		{route: checks, title: "moved, no address, former certificate", flags: eitherFlag, protected: latestFlag, lacks: addressless, calls: check(0)},
		{
			route: checks, title: "eligibility alone hidden", flags: eitherFlag, lacks: addressless,
			protected: func(set flags) situation { return withItem("eligibility", set) }, calls: check(0),
		},
		{route: checks, title: "nobody's certificate", flags: eitherFlag, lacks: addressless, calls: unknown},
		{route: references, title: "no address", flags: eitherFlag, lacks: addressless, calls: refer},
		{route: references, title: "not registered", flags: blockingFlags, lacks: func(p *world.Person) {
			addressless(p)
			noRegistration(p)
		}, calls: referByCard},
	}
}

func disasterTwins() []twin {
	search := func(c *caller) string {
		found := list(c.t, c.call(hospital, http.MethodPost, "/disaster/searches", searchFor(id)), "candidates")
		return "/disaster/candidates/" + text(c.t, first(c.t, found), "candidateId")
	}
	then := func(path string) func(*caller) {
		return func(c *caller) { c.call(hospital, http.MethodGet, search(c)+path, nil) }
	}
	consented := func(path string) func(*caller) {
		return func(c *caller) {
			candidate := search(c)
			c.call(hospital, http.MethodPost, candidate+"/consents", object{"medicines": true, "checkups": true, "askedBy": "看護師"})
			if path != "" {
				c.call(hospital, http.MethodGet, candidate+path, nil)
			}
		}
	}
	unknown := func(path string) func(*caller) {
		return func(c *caller) {
			search(c)
			c.call(hospital, http.MethodGet, "/disaster/candidates/00000000000000000000000000000000"+path, nil)
		}
	}
	noneFound := func(c *caller) {
		query := searchFor(id)
		query["insurerName"] = "そのような保険者はない"
		c.call(hospital, http.MethodPost, "/disaster/searches", query)
	}
	const searches, candidates, consents = "POST /disaster/searches", "GET /disaster/candidates/{id}", "POST /disaster/candidates/{id}/consents"
	const ofMedicines, ofCheckups = "GET /disaster/candidates/{id}/medicines", "GET /disaster/candidates/{id}/checkups"
	return []twin{
		{route: searches, title: "no address", flags: eitherFlag, lacks: addressless, calls: func(c *caller) { search(c) }},
		{route: searches, title: "moved, no address", flags: hidingFlags, protected: formerFlag, lacks: addressless, calls: func(c *caller) { search(c) }},
		{route: searches, title: "not found", flags: eitherFlag, lacks: addressless, calls: noneFound},
		{route: candidates, title: "no address", flags: eitherFlag, lacks: addressless, calls: then("")},
		{route: candidates, title: "moved, no address", flags: eitherFlag, protected: latestFlag, lacks: addressless, calls: then("")},
		{route: candidates, title: "unknown id", flags: eitherFlag, lacks: addressless, calls: unknown("")},
		{route: consents, title: "no address", flags: eitherFlag, lacks: addressless, calls: consented("")},
		{route: ofMedicines, title: "no address, no records", flags: blockingFlags, lacks: addresslessWithoutRecords, calls: consented("/medicines")},
		{route: ofMedicines, title: "moved, no address, no records", flags: blockingFlags, protected: latestFlag, lacks: addresslessWithoutRecords, calls: consented("/medicines")},
		{route: ofMedicines, title: "no consent", flags: eitherFlag, lacks: addresslessWithoutRecords, calls: then("/medicines")},
		{route: ofMedicines, title: "unknown id", flags: eitherFlag, lacks: addresslessWithoutRecords, calls: unknown("/medicines")},
		{route: ofCheckups, title: "no address, no records", flags: blockingFlags, lacks: addresslessWithoutRecords, calls: consented("/checkups")},
		{
			route: ofCheckups, title: "checkups alone withheld", flags: blockingFlags, lacks: func(p *world.Person) { p.Checkups = nil },
			protected: func(set flags) situation { return withItem("checkups", set) }, calls: consented("/checkups"),
		},
		{route: ofCheckups, title: "no consent", flags: eitherFlag, lacks: addresslessWithoutRecords, calls: then("/checkups")},
		{route: ofCheckups, title: "unknown id", flags: eitherFlag, lacks: addresslessWithoutRecords, calls: unknown("/checkups")},
	}
}

// read reads as the person and as its proxy.
func (c *caller) read(path string) {
	c.t.Helper()
	c.call(c.logIn(registeredCard(taro)), http.MethodGet, "/mynaportal"+path+"?principal=portal-"+id, nil)
	c.call(c.logIn(registeredCard(id)), http.MethodGet, "/mynaportal"+path, nil)
}

func portalTwins() []twin {
	reads := func(path string) func(*caller) { return func(c *caller) { c.read(path) } }
	all := []twin{
		{route: "POST /mynaportal/sessions", title: "no member", flags: eitherFlag, lacks: noMembers, calls: func(c *caller) { c.logIn(registeredCard(id)) }},
		{route: "POST /mynaportal/sessions", title: "wrong PIN", flags: eitherFlag, lacks: noMembers, calls: func(c *caller) {
			for range 4 {
				c.call("", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": registeredCard(id), "pin": "0000"})
			}
		}},
		{route: "GET /mynaportal/self-information", title: "no member", flags: blockingFlags, lacks: noMembers, calls: reads("/self-information")},
		{route: "GET /mynaportal/exchange-records", title: "never inquired", flags: hidingFlags, lacks: nothing, inquired: true, calls: reads("/exchange-records")},
		{
			route: "GET /mynaportal/exchange-records", title: "never inquired for benefits", flags: hidingFlags, lacks: nothing, inquired: true,
			protected: func(set flags) situation { return withItem("benefits", set) }, calls: reads("/exchange-records"),
		},
		{route: "GET /mynaportal/medicines", title: "no records", flags: blockingFlags, lacks: noRecords, calls: reads("/medicines")},
		{route: "GET /mynaportal/medical-expenses", title: "no records", flags: blockingFlags, lacks: noRecords, calls: reads("/medical-expenses")},
		{route: "GET /mynaportal/checkups", title: "no records", flags: blockingFlags, lacks: noRecords, calls: reads("/checkups")},
		{
			route: "GET /mynaportal/checkups", title: "checkups alone withheld", flags: blockingFlags, lacks: noRecords,
			protected: func(set flags) situation { return withItem("checkups", set) }, calls: reads("/checkups"),
		},
	}
	for _, path := range []string{"/eligibility", "/medicines", "/medical-expenses", "/checkups"} {
		all = append(all,
			twin{route: "GET /mynaportal" + path, title: "no member", flags: blockingFlags, lacks: noMembers, calls: reads(path)},
			twin{route: "GET /mynaportal" + path, title: "moved, no member", flags: blockingFlags, protected: latestFlag, lacks: noMembers, calls: reads(path)})
	}
	return all
}

func registrationTwins() []twin {
	again := func(c *caller) {
		token := c.logIn(freshCard(id))
		c.call(token, http.MethodPost, "/mynaportal/registration", nil)
		c.call(token, http.MethodGet, "/mynaportal/registration", nil)
		c.call(c.logIn(registeredCard(taro)), http.MethodGet, "/mynaportal/registration?principal=portal-"+id, nil)
	}
	before := func(c *caller) { c.read("/registration") }
	register := func(c *caller) {
		c.call(c.logIn(freshCard(id)), http.MethodPost, "/mynaportal/registration", nil)
	}
	const post, get = "POST /mynaportal/registration", "GET /mynaportal/registration"
	return []twin{
		{route: post, title: "no member", flags: blockingFlags, lacks: noMembers, calls: register},
		{route: post, title: "moved, no member", flags: blockingFlags, protected: latestFlag, lacks: noMembers, calls: register},
		{route: get, title: "failed", flags: blockingFlags, lacks: noMembers, calls: again},
		{route: get, title: "completed before", flags: eitherFlag, lacks: nothing, calls: before},
	}
}

func proxyTwins() []twin {
	of := func(method, path string) func(*caller) {
		return func(c *caller) {
			c.call(c.logIn(registeredCard(id)), method, "/mynaportal"+path, nil)
			c.call(c.logIn(registeredCard(taro)), method, "/mynaportal"+path, nil)
		}
	}
	return []twin{
		{route: "GET /mynaportal/proxies", title: "no member", flags: eitherFlag, lacks: noMembers, calls: of(http.MethodGet, "/proxies")},
		{route: "GET /mynaportal/principals", title: "no member", flags: eitherFlag, lacks: noMembers, calls: of(http.MethodGet, "/principals")},
		{route: "GET /mynaportal/proxies/{portalUserId}", title: "no member", flags: eitherFlag, lacks: noMembers, calls: of(http.MethodGet, "/proxies/portal-taro")},
		{route: "PUT /mynaportal/proxies/{portalUserId}", title: "no member", flags: eitherFlag, lacks: noMembers, calls: of(http.MethodPut, "/proxies/portal-hanako")},
		{route: "PUT /mynaportal/proxies/{portalUserId}", title: "unknown", flags: eitherFlag, lacks: noMembers, calls: of(http.MethodPut, "/proxies/nobody")},
		{route: "DELETE /mynaportal/proxies/{portalUserId}", title: "no member", flags: eitherFlag, lacks: noMembers, calls: of(http.MethodDelete, "/proxies/portal-taro")},
	}
}
