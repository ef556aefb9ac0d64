package conformance_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyMembership draws a membership; its dates lie around the day of the question.
func anyMembership(t *rapid.T, label string) membership {
	flag := rapid.SampledFrom([]flags{noFlag, noFlag, nonDisclosure, selfInformation, bothFlags})
	m := membership{
		insurer:  rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, label+" insurer"),
		acquired: rapid.SampledFrom([]string{"2015-04-01", "2018-04-01", "2020-04-01", "2021-03-31", "2021-04-01", "2021-04-02", "2022-04-01"}).Draw(t, label+" acquired"),
		flags:    flag.Draw(t, label+" flags"),
		items:    map[string]flags{},
	}
	for _, item := range []string{"eligibility", "benefits", "checkups"} {
		if set := flag.Draw(t, label+" flags for "+item); set != noFlag {
			m.items[item] = set
		}
	}
	return m
}

func anySituation(t *rapid.T) situation {
	s := situation{inquiries: rapid.SampledFrom([]inquiries{beforeFlags, underFlag, underAgencyFlag, agencyFlagAfter}).Draw(t, "inquiries")}
	for i := range rapid.IntRange(1, 5).Draw(t, "members") {
		s.members = append(s.members, anyMembership(t, fmt.Sprint("member ", i)))
	}
	return s
}

// oneMoreFlag is the situation with another flag on one of the memberships, and that membership's index and the change.
func oneMoreFlag(t *rapid.T, s situation) situation {
	more := s
	more.members = slices.Clone(s.members)
	m := &more.members[rapid.IntRange(0, len(s.members)-1).Draw(t, "flagged member")]
	flag := rapid.SampledFrom([]flags{nonDisclosure, selfInformation}).Draw(t, "flag")
	item := rapid.SampledFrom([]string{"", "eligibility", "benefits", "checkups"}).Draw(t, "flagged item")
	if item == "" {
		m.flags |= flag
		return more
	}
	m.items = maps.Clone(m.items)
	if m.items == nil {
		m.items = map[string]flags{}
	}
	m.items[item] |= flag
	return more
}

// neverMore wants that no letter of after shows more than the one of before.
func neverMore(t tester, before, after observation) {
	t.Helper()
	const order = notOffered + yes + noAddress + no
	for at, letters := range before {
		require.Len(t, after[at], len(letters), at)
		for i := range letters {
			was, is := strings.IndexByte(order, letters[i]), strings.IndexByte(order, after[at][i])
			require.LessOrEqual(t, was, is, "%v: %s became %s", at, letters, after[at])
		}
	}
}

func TestOneMoreFlagNeverShowsMore(t *testing.T) {
	t.Parallel()
	t.Run("P12 in the core", rapid.MakeCheck(func(t *rapid.T) {
		s := anySituation(t)
		neverMore(t, coreFront{}.observe(t, s), coreFront{}.observe(t, oneMoreFlag(t, s)))
	}))
	t.Run("P12 by HTTP", rapid.MakeCheck(func(t *rapid.T) {
		s := seenByAll(t)
		front := httpFront{inProcess()}
		neverMore(t, front.observe(t, s), front.observe(t, oneMoreFlag(t, s)))
	}))
}

// seenByAll draws a situation whose every membership can be seen at every screen.
func seenByAll(t *rapid.T) situation {
	days := rapid.Permutation([]string{"2015-04-01", "2018-04-01", "2020-04-01"}).Draw(t, "days")
	var s situation
	for i := range rapid.IntRange(1, 3).Draw(t, "members") {
		m := anyMembership(t, fmt.Sprint("member ", i))
		m.acquired = days[i]
		s.members = append(s.members, m)
	}
	return s
}

// TestFrontsAgree: what a client sees is what the core says, where the two speak of the same.
func TestFrontsAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := seenByAll(t)
		for i := range s.members { // an item's flag may take along what is shown with the item
			s.members[i].items = nil
		}
		require.Equal(t, coreFront{}.observe(t, s), httpFront{inProcess()}.observe(t, s))
	})
}

// TestOrderOfRegistration: memberships with dates of their own may be registered in any order (P13, readings).
func TestOrderOfRegistration(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := seenByAll(t)
		order := make([]int, len(s.members))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		other := situation{inquiries: s.inquiries}
		for _, i := range order {
			other.members = append(other.members, s.members[i])
		}
		was, is := coreFront{}.observe(t, s), coreFront{}.observe(t, other)
		for at, letters := range was {
			if at.information == registration {
				require.Equal(t, letters, is[at])
				continue
			}
			for now, then := range order {
				require.Equal(t, letters[then], is[at][now], "%v", at)
			}
		}
	})
}

// TestOrderOfActs: flags may be set and inquiries made before them in any order; what is in force counts alone.
func TestOrderOfActs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := seenByAll(t)
		acts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) int { return rapid.IntRange(0, len(start.members)-1).Draw(t, "member") }), 0, 3).Draw(t, "set and lifted")
		plain := httpFront{inProcess()}.happen(t, start)
		restless := httpFront{inProcess()}.happen(t, start)
		for _, nth := range acts {
			lifted := bothFlags &^ start.members[nth].flags
			restless.flag(t, nth, lifted, true)
			restless.flag(t, nth, lifted, false)
		}
		require.Equal(t, plain.look(t), restless.look(t), "QA-4: what was lifted has no effect")
	})
}

// readRoutes are calls that change nothing, as whoever may make them.
func readRoutes(t tester, p *place) []answer {
	t.Helper()
	var answers []answer
	for _, path := range []string{"", "/clock", "/mode", "/persons", "/persons/" + id + "/disclosure", "/events", "/faults", "/terminals/" + hospitalCode + "/presentations"} {
		a := p.plane(t, http.MethodGet, path, nil)
		a.body = strings.ReplaceAll(a.body, p.name, "world")
		answers = append(answers, a)
	}
	for _, letter := range []string{"A", "B", "C"} {
		for _, path := range []string{"/members", "/members/" + number(0) + "/flags", "/members/" + number(1) + "/flags"} {
			answers = append(answers, p.ask(t, insurers[letter].Token, http.MethodGet, "/intermediate"+path, nil))
		}
	}
	code := p.subjectCode(t, individualNumber(id))
	answers = append(answers, p.ask(t, welfare, http.MethodGet, "/intermediate/subjects/"+code, nil),
		p.ask(t, hospital, http.MethodPost, "/disaster/searches", searchFor(id)))
	for _, card := range []string{registeredCard(id), freshCard(id)} {
		answers = append(answers, p.ask(t, cardOffice, http.MethodGet, "/jpki/cards/"+card, nil))
	}
	return answers
}

// TestImportedWorldIsTheSame: an export, imported, answers with the same bytes.
func TestImportedWorldIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := httpFront{inProcess()}.happen(t, seenByAll(t)).place
		live(t, first)
		second := freePlace(t, inProcess())
		second.command(t, http.MethodPost, "/events", jsonLines(first.command(t, http.MethodGet, "/events", nil).body))
		was, is := readRoutes(t, first), readRoutes(t, second)
		for i := range was {
			require.Equal(t, was[i].body, is[i].body)
			require.Equal(t, was[i].status, is[i].status)
		}
		// Log in only now, for that is an event; the same calls give the same tokens.
		for _, path := range []string{"/self-information", "/exchange-records", "/eligibility", "/medicines", "/registration", "/proxies"} {
			read := func(p *place) (answers []string) {
				login := p.ask(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": registeredCard(id), "pin": pin})
				token, _ := decoded(t, login)["token"].(string)
				return []string{login.body, p.ask(t, token, http.MethodGet, "/mynaportal"+path, nil).body}
			}
			require.Equal(t, read(first), read(second), path)
		}
	})
}

// live lets something happen in a world.
func live(t *rapid.T, p *place) {
	acts := map[string]func(){
		"advance": func() { p.plane(t, http.MethodPost, "/clock/advance", object{"duration": "7h"}) },
		"read":    func() { p.ask(t, hospital, http.MethodPost, "/terminal/card-reads", reading(registeredCard(id))) },
		"wrong":   func() { p.byCard(t, registeredCard(id), "0000") },
		"pin": func() {
			p.ask(t, cardOffice, http.MethodPost, "/jpki/cards/"+freshCard(id)+"/pin", object{"pin": "9999"})
		},
		"stop":     func() { p.ask(t, cardOffice, http.MethodPost, "/jpki/cards/"+freshCard(id)+"/suspension", nil) },
		"reissue":  func() { p.ask(t, cardOffice, http.MethodPost, "/jpki/cards/"+freshCard(id)+"/reissue", nil) },
		"register": func() { p.ask(t, loggedIn(t, p, freshCard(id)), http.MethodPost, "/mynaportal/registration", nil) },
		"mode":     func() { p.plane(t, http.MethodPut, "/mode", object{"mode": "failure", "systems": []string{}}) },
		"present": func() {
			p.plane(t, http.MethodPost, "/terminals/"+hospitalCode+"/presentations", object{"cardSerial": registeredCard(id), "verification": object{"method": "staff"}})
		},
		"outcome": func() {
			p.plane(t, http.MethodPost, "/terminals/"+hospitalCode+"/presentations/presentation-1/outcome", object{"status": "read", "file": "face.xml"})
		},
		"file": func() {
			p.plane(t, http.MethodPost, "/faults", object{"system": "oqs", "file": "locked"})
		},
		"refer": func() {
			m := memberAt("A", number(0), "2015-04-01")
			given := certificate(&m)
			given["referenceNumber"] = "K-1"
			p.ask(t, hospital, http.MethodPut, "/terminal/reference-numbers", given)
		},
		"records": func() {
			p.plane(t, http.MethodPut, "/persons/"+id+"/records", object{"medicines": []object{{"medicineName": "架空錠"}}})
		},
		"join": func() {
			p.ask(t, insurers["B"].Token, http.MethodPut, "/intermediate/members/joined", object{"individualNumber": individualNumber(id), "qualificationDate": "2021-04-01"})
		},
		"checkup": func() {
			p.ask(t, insurers["A"].Token, http.MethodPut, "/intermediate/members/"+number(0)+"/checkups/new", object{"date": "2021-03-01", "items": []object{}})
		},
	}
	names := slices.Sorted(maps.Keys(acts))
	for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 0, 12).Draw(t, "acts") {
		acts[name]()
	}
}

// loggedIn is a session's token, empty if the card opens none.
func loggedIn(t tester, p *place, card string) string {
	a := p.ask(t, "", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": pin})
	token, _ := decoded(t, a)["token"].(string)
	return token
}
