package conformance_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// A twin is a protected person and a plain one for whom the same data do not exist: to the terminal, the disaster screens
// and Mynaportal the two are one (QA-3). Both live in a world of the same seed and clock, and the same calls are made.
type twin struct {
	route     string // as in POST /terminal/card-reads
	title     string
	flags     []flags               // each of which may protect the person
	protected func(flags) situation // the protected person's memberships; nil is one at A
	lacks     func(p *world.Person) // takes from the plain person what the other's flag withholds
	inquired  bool                  // an agency inquired about the protected person, and not about the plain one
	calls     func(c *caller)       // the last one is the route's
}

// caller makes calls in one world and keeps the answers.
type caller struct {
	t testing.TB
	*place
	answers []answer
}

// call makes a call, keeps its answer and gives it.
func (c *caller) call(token, method, path string, body any) answer {
	c.t.Helper()
	a := c.ask(c.t, token, method, path, body)
	c.answers = append(c.answers, a)
	return a
}

// field is a text of an answer.
func (c *caller) field(a answer, name string) string {
	c.t.Helper()
	return text(c.t, decoded(c.t, a), name)
}

// logIn opens a session in Mynaportal, as a call of its own.
func (c *caller) logIn(card string) string {
	c.t.Helper()
	return c.field(c.call("", http.MethodPost, "/mynaportal/sessions", object{"cardSerial": card, "pin": pin}), "token")
}

// taro is the other person of every world here, whom the protected one named a proxy.
const taro = "taro"

// document is the twins' world, with the protected person in it.
func (w *twin) document(set flags) world.Document {
	s := flagged(set)
	if w.protected != nil {
		s = w.protected(set)
	}
	var members []world.Member
	for i, m := range s.members {
		member := memberAt(m.insurer, number(i), m.acquired)
		member.DisqualificationDate = m.lost
		member.Flags.NonDisclosure = m.flags&nonDisclosure != 0
		member.Flags.SelfInformationBlocked = m.flags&selfInformation != 0
		for item, of := range m.items {
			member.Flags.Items = append(member.Flags.Items, world.ItemFlags{
				Item: item, NonDisclosure: of&nonDisclosure != 0, SelfInformationBlocked: of&selfInformation != 0,
			})
		}
		members = append(members, member)
	}
	document := nation(someone(id, members...), someone(taro, memberAt("A", "number-taro", "2015-04-01")))
	document.Persons[0].Proxies = []string{"portal-" + taro}
	return document
}

// plain takes flags and what they withhold from the person.
func (w *twin) plain(document world.Document) world.Document {
	p := &document.Persons[0]
	for i := range p.Members {
		p.Members[i].Flags = world.Flags{}
	}
	w.lacks(p)
	return document
}

// examine makes the calls in a new world.
func (w *twin) examine(t testing.TB, s *simulator, document world.Document, inquired bool) []answer {
	t.Helper()
	c := &caller{t: t, place: newPlace(t, s, document)}
	c.openScreens(t)
	if inquired {
		c.inquire(t, c.subjectCode(t, individualNumber(id)), "A", "benefits")
	}
	w.calls(c)
	return c.answers
}

// drawnID is what a request is called that its client gave no name.
const drawnID = `^[0-9a-f]{32}$`

// alike wants answers to be the same in all but their date and their request's id, which is random in both.
func alike(t *testing.T, protected, plain []answer) {
	t.Helper()
	require.Len(t, plain, len(protected))
	for i := range protected {
		assert.Equal(t, protected[i].status, plain[i].status)
		assert.Equal(t, lasting(protected[i].header), lasting(plain[i].header))
		assert.Regexp(t, drawnID, protected[i].header.Get("X-Request-Id"))
		assert.Regexp(t, drawnID, plain[i].header.Get("X-Request-Id"))
		assert.Equal(t, protected[i].body, plain[i].body)
	}
}

// lasting is what stands in the header of every answer to the same request.
func lasting(h http.Header) http.Header {
	h = h.Clone()
	h.Del("Date")
	h.Del("X-Request-Id")
	return h
}

func TestTwins(t *testing.T) {
	t.Parallel()
	s := examined(t)
	for _, w := range allTwins() {
		for _, set := range w.flags {
			t.Run("QA-3 "+w.route+" "+w.title+", "+set.title(), func(t *testing.T) {
				t.Parallel()
				protected := w.examine(t, s, w.document(set), w.inquired)
				alike(t, protected, w.examine(t, s, w.plain(w.document(set)), false))
			})
		}
	}
}

// TestEveryRouteHasTwins: a route of these systems that nobody compared may tell.
func TestEveryRouteHasTwins(t *testing.T) {
	t.Parallel()
	var served, compared []string
	for path, operations := range examined(t).paths(t) {
		system, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		if !slices.Contains([]string{"terminal", "disaster", "mynaportal"}, system) {
			continue
		}
		for method := range operations.(object) {
			served = append(served, strings.ToUpper(method)+" "+path)
		}
	}
	for _, w := range allTwins() {
		compared = append(compared, w.route)
	}
	slices.Sort(served)
	slices.Sort(compared)
	require.NotEmpty(t, served)
	require.Equal(t, served, slices.Compact(compared))
}
