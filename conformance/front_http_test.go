package conformance_test

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// httpFront does what happened in a situation by way of the interface, and looks as the clients of every system do.
type httpFront struct{ *simulator }

// id is the person whom every situation is about.
const id = "hanako"

// number is the personal insured number of the person's nth membership.
func number(nth int) string { return "number-" + strconv.Itoa(nth+1) }

func (f httpFront) observe(t tester, s situation) observation {
	t.Helper()
	return f.happen(t, s).look(t)
}

// situated is a situation as a world of its own.
type situated struct {
	*place
	situation
	members []world.Member
}

// happen makes the person without flags, has the agency inquire of every insurer in the time of each membership, and has
// the insurers set and lift their flags.
func (f httpFront) happen(t tester, s situation) *situated {
	t.Helper()
	c := &situated{situation: s}
	for i, m := range s.members {
		member := memberAt(m.insurer, number(i), m.acquired)
		member.DisqualificationDate = m.lost
		c.members = append(c.members, member)
	}
	c.place = newPlace(t, f.simulator, nation(someone(id, c.members...)))
	c.inquireOfAll(t)
	c.setClock(t, s.day()+"T09:00:00")
	for i, m := range s.members {
		c.flag(t, i, m.flags|m.lifted, true)
		c.flag(t, i, m.lifted, false)
		for item, set := range m.items {
			c.setFlags(t, m.insurer, number(i), object{"items": []string{item}, "nonDisclosure": set&nonDisclosure != 0, "selfInformationBlocked": set&selfInformation != 0})
		}
	}
	c.openScreens(t)
	return c
}

// flag sets or lifts flags of a membership.
func (c *situated) flag(t tester, nth int, which flags, to bool) {
	t.Helper()
	change := object{}
	if which&nonDisclosure != 0 {
		change["nonDisclosure"] = to
	}
	if which&selfInformation != 0 {
		change["selfInformationBlocked"] = to
	}
	if len(change) > 0 {
		c.setFlags(t, c.situation.members[nth].insurer, number(nth), change)
	}
}

// inquireOfAll goes through time, so that an insurer is asked under each of the numbers that it gave the person.
func (c *situated) inquireOfAll(t tester) {
	t.Helper()
	code := c.subjectCode(t, individualNumber(id))
	for _, nth := range c.begun() {
		c.setClock(t, c.situation.members[nth].acquired+"T12:00:00")
		c.agencyFlag(t, code, c.inquiries == underAgencyFlag)
		if c.inquiries == underFlag {
			c.flag(t, nth, nonDisclosure, true)
		}
		for _, item := range []string{"eligibility", "benefits", "checkups"} {
			c.inquire(t, code, c.situation.members[nth].insurer, item)
		}
		if c.inquiries == underFlag {
			c.flag(t, nth, nonDisclosure, false)
		}
	}
	c.agencyFlag(t, code, c.inquiries == agencyFlagAfter)
}

// begun are the memberships that have begun, in the order of time.
func (c *situated) begun() []int {
	var begun []int
	for nth, m := range c.situation.members {
		if m.acquired <= c.day() {
			begun = append(begun, nth)
		}
	}
	slices.SortStableFunc(begun, func(a, b int) int {
		return cmp.Compare(c.situation.members[a].acquired, c.situation.members[b].acquired)
	})
	return begun
}

func (c *situated) agencyFlag(t tester, code string, to bool) {
	t.Helper()
	c.ok(t, welfare, http.MethodPatch, "/intermediate/subjects/"+code+"/flags", object{"nonDisclosure": to})
}

// look sees everything there is. The registration comes last, for it takes the place of the one before.
func (c *situated) look(t tester) observation {
	t.Helper()
	seen := observation{}
	c.lookAtPortal(t, seen)
	c.lookByCard(t, seen)
	c.lookByCertificate(t, seen)
	c.lookInDisaster(t, seen)
	c.register(t, seen)
	return seen
}

// letters gives each membership its letter.
func (c *situated) letters(of func(nth int, m *world.Member) string) string {
	letters := ""
	for nth := range c.members {
		letters += of(nth, &c.members[nth])
	}
	return letters
}

// never says of all memberships that there is no such thing.
func (c *situated) never(t tester, a answer) string {
	t.Helper()
	notOfferedBy(t, a)
	return strings.Repeat(notOffered, len(c.members))
}

func (c *situated) lookAtPortal(t tester, seen observation) {
	t.Helper()
	token := c.session(t, registeredCard(id))
	read := func(path, name string) []object {
		return list(t, c.ok(t, token, http.MethodGet, "/mynaportal/"+path, nil), name)
	}
	entries := read("self-information", "entries")
	seen[sight{selfEligibility, portal}] = c.shown(t, entries)
	seen[sight{selfBenefits, portal}] = c.letters(func(_ int, m *world.Member) string {
		entry, found := find(entries, "insuredIdentificationNumber", m.InsuredIdentificationNumber)
		return shownIf(found && len(entry["benefits"].([]any)) > 0)
	})
	records := read("exchange-records", "records")
	for item, as := range map[string]information{"eligibility": historyEligibility, "benefits": historyBenefits, "checkups": historyCheckups} {
		seen[sight{as, portal}] = c.letters(func(nth int, m *world.Member) string {
			return shownIf(slices.ContainsFunc(records, func(r object) bool {
				return r["item"] == item && r["inquiredAt"] == m.QualificationDate+"T12:00:00+09:00" &&
					r["provider"] == insurers[c.situation.members[nth].insurer].InsurerName
			}))
		})
	}
	for path, as := range map[string]information{
		"eligibility": portalEligibility, "medicines": medicines, "checkups": checkups, "medical-expenses": expenses,
	} {
		seen[sight{as, portal}] = c.shown(t, read(path, "items"))
	}
	for path, as := range map[string]information{
		"card-reads": cardEligibility, "certificate-checks": certEligibility, "searches": disasterEligibility,
	} {
		seen[sight{as, portal}] = c.never(t, c.ask(t, token, http.MethodPost, "/mynaportal/"+path, object{}))
	}
}

func (c *situated) lookByCard(t tester, seen observation) {
	t.Helper()
	read := c.ok(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id)))
	results := list(t, read, "results")
	if len(results) == 0 {
		require.Equal(t, "4", decoded(t, read)["qualificationValidity"], read.body)
	}
	seen[sight{cardEligibility, institution}] = c.letters(func(_ int, m *world.Member) string { return addressOf(t, results, m) })
	opened := "/terminal/card-reads/" + text(t, decoded(t, read), "cardReadId")
	for path, as := range map[string]information{"medicines": medicines, "checkups": checkups} {
		shown := c.ok(t, hospital, http.MethodGet, opened+"/"+path, nil)
		seen[sight{as, institution}] = c.shown(t, list(t, shown, "items"))
		for _, nth := range c.begun() {
			byCertificate := c.ok(t, hospital, http.MethodPost, "/terminal/"+path, certificateAlone(&c.members[nth]))
			require.Equal(t, shown.body, byCertificate.body, "a certificate shows what the card read opened, and no more")
		}
	}
	seen[sight{expenses, institution}] = c.never(t, c.ask(t, hospital, http.MethodGet, opened+"/medical-expenses", nil))
	for path, as := range map[string]information{
		"self-information": selfEligibility, "exchange-records": historyBenefits, "eligibility": portalEligibility,
	} {
		seen[sight{as, institution}] = c.never(t, c.ask(t, hospital, http.MethodGet, "/terminal/"+path, nil))
	}
}

func (c *situated) lookByCertificate(t tester, seen observation) {
	t.Helper()
	seen[sight{certEligibility, institution}] = c.letters(func(_ int, m *world.Member) string {
		check := c.ok(t, hospital, http.MethodPost, "/terminal/certificate-checks", certificate(m))
		return addressOf(t, list(t, check, "results"), m)
	})
}

func (c *situated) lookInDisaster(t tester, seen observation) {
	t.Helper()
	found, known := c.candidate(t, hospital, searchFor(id))
	require.True(t, known, "P10-1: the person is found whatever the flags")
	path := "/disaster/candidates/" + text(t, found, "candidateId")
	results := list(t, c.ok(t, hospital, http.MethodGet, path, nil), "results")
	seen[sight{disasterEligibility, institution}] = c.letters(func(_ int, m *world.Member) string { return addressOf(t, results, m) })
	require.Contains(t, c.listed(results), found["address"], "P10-1: the list hides what the detail hides")
	c.ok(t, hospital, http.MethodPost, path+"/consents", object{"checkups": true, "medicines": true, "askedBy": "看護師"})
	for name, as := range map[string]information{"medicines": medicines, "checkups": checkups} {
		seen[sight{as, disasterScreen}] = c.shown(t, list(t, c.ok(t, hospital, http.MethodGet, path+"/"+name, nil), "items"))
	}
	seen[sight{expenses, disasterScreen}] = c.never(t, c.ask(t, hospital, http.MethodGet, path+"/medical-expenses", nil))
}

// listed are the addresses that the list may show: the beginning of one that the detail shows, or none if it shows none.
func (c *situated) listed(results []object) []any {
	var listed []any
	for _, result := range results {
		shown := []rune(result["address"].(string))
		listed = append(listed, string(shown[:min(len(shown), 10)]))
	}
	return listed
}

func (c *situated) register(t tester, seen observation) {
	t.Helper()
	notOfferedBy(t, c.ask(t, hospital, http.MethodPost, "/terminal/registration", object{}))
	seen[sight{registration, institution}] = notOffered
	token := c.session(t, freshCard(id))
	status := decoded(t, c.ok(t, token, http.MethodPost, "/mynaportal/registration", nil))["status"]
	require.Contains(t, []any{"completed", "failed"}, status)
	seen[sight{registration, portal}] = shownIf(status == "completed")
}

// shown says which memberships' identification number stands in a list.
func (c *situated) shown(t tester, items []object) string {
	t.Helper()
	return c.letters(func(_ int, m *world.Member) string {
		_, found := find(items, "insuredIdentificationNumber", m.InsuredIdentificationNumber)
		return shownIf(found)
	})
}

func find(items []object, name, value string) (object, bool) {
	at := slices.IndexFunc(items, func(item object) bool { return item[name] == value })
	if at < 0 {
		return nil, false
	}
	return items[at], true
}

func shownIf(seen bool) string {
	if seen {
		return yes
	}
	return no
}

// addressOf is the letter of a membership among eligibility results: address and postal code go together.
func addressOf(t tester, results []object, m *world.Member) string {
	t.Helper()
	result, found := find(results, "insuredIdentificationNumber", m.InsuredIdentificationNumber)
	switch {
	case !found:
		return no
	case result["address"] == "" && result["postNumber"] == "":
		return noAddress
	}
	require.Equal(t, m.Address, result["address"])
	require.Equal(t, m.PostNumber, result["postNumber"])
	return yes
}
