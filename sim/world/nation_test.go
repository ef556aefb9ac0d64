package world

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/eventlog"
)

const residentsOfTests = 320

// inNation is a small world over a nation.
func inNation() *Document {
	d := document()
	share := 0.05
	d.Population = &Population{Persons: residentsOfTests, Seed: 7, ProtectedShare: &share}
	return d
}

// writtenOut is the same world with every resident written into it as a person.
func writtenOut(t testing.TB) *Document {
	t.Helper()
	nation := created(t, inNation())
	d, known := document(), map[string]bool{}
	for _, p := range everyone(nation) {
		if !p.IsResident() {
			continue
		}
		d.Persons = append(d.Persons, p.Document())
		for _, m := range p.Members {
			if !known[m.InsurerNumber] {
				known[m.InsurerNumber] = true
				d.Insurers = append(d.Insurers, Insurer{InsurerNumber: m.InsurerNumber, InsurerName: m.InsurerName})
			}
		}
	}
	return d
}

func everyone(w *World) (all []*Insured) {
	for cursor, more := 0, true; more; more = cursor > 0 {
		var page []*Insured
		page, cursor = w.Persons(cursor, 7)
		all = append(all, page...)
	}
	return all
}

// seen is what a world knows of its persons, and whom each of their keys leads to.
func seen(w *World, insurers ...string) map[string]any {
	known := map[string]any{}
	ids := func(persons []*Insured) string {
		var list []string
		for _, p := range persons {
			list = append(list, p.ID)
		}
		slices.Sort(list)
		return strings.Join(list, " ")
	}
	one := func(p *Insured, found bool) string {
		if !found {
			return "nobody"
		}
		return p.ID
	}
	for _, p := range everyone(w) {
		known[p.ID] = p.Document()
		known["id "+p.ID] = one(w.Person(p.ID))
		known["user "+p.PortalUserID] = one(w.PersonByPortalUser(p.PortalUserID))
		known["proxy "+p.PortalUserID] = ids(w.Principals(p.PortalUserID))
		known["number "+p.IndividualNumber] = one(w.PersonByIndividualNumber(p.IndividualNumber))
		for _, c := range p.Cards {
			known["card "+c.CardSerial] = one(w.PersonByCard(c.CardSerial))
		}
		for i := range p.Members {
			m := &p.Members[i]
			holders := []*Insured{}
			for _, holder := range w.AppendHolders(nil, m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, "") {
				holders = append(holders, holder.Person)
			}
			certificate := m.InsurerNumber + m.InsuredCardSymbol + m.InsuredIdentificationNumber
			known["certificate "+certificate] = ids(holders)
			born := w.AppendHolders(nil, m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.Birthdate)
			known["certificate "+certificate+m.Birthdate] = len(born)
			known["name "+m.Name+m.Birthdate] = ids(w.Namesakes(m.Name, m.Birthdate))
			known["kana "+m.NameKana+m.Birthdate] = ids(w.Namesakes(m.NameKana, m.Birthdate))
			_, err := w.OwnMember(context.Background(), m.InsurerNumber, m.PersonalInsuredNumber)
			known["member "+m.PersonalInsuredNumber] = err == nil
		}
	}
	for _, insurer := range insurers {
		var members []string
		for cursor, more := 0, true; more; more = cursor > 0 {
			var page []MemberOf
			page, cursor = w.MembersOf(insurer, cursor, 3)
			for _, m := range page {
				members = append(members, m.Person.Members[m.Own].PersonalInsuredNumber)
			}
		}
		slices.Sort(members)
		known["members of "+insurer] = members
	}
	return known
}

// requireSame shows what differs, and not the whole nation.
func requireSame(t require.TestingT, want, got map[string]any) {
	for what := range want {
		if !reflect.DeepEqual(want[what], got[what]) {
			require.Equal(t, want[what], got[what], what)
		}
	}
	require.Len(t, got, len(want))
}

// A resident is a person like any other: whatever happens, a world with a nation knows and finds the same as one into which
// all of them were written.
func TestANationIsAsIfItWereWritten(t *testing.T) {
	t.Parallel()
	written := writtenOut(t)
	var cast, insurers []string
	for _, p := range written.Persons[2:10] {
		cast = append(cast, p.ID)
		for _, m := range p.Members {
			insurers = append(insurers, m.InsurerNumber)
		}
	}
	cast = append(cast, "hanako")
	insurers = append(insurers, "06990014", "990010")
	rapid.Check(t, func(rt *rapid.T) {
		computed, spelt := created(t, inNation()), created(t, written)
		for range rapid.IntRange(0, 60).Draw(rt, "acts") {
			act := drawAct(rt, computed, cast...)
			act(computed)
			act(spelt)
		}
		requireSame(rt, seen(spelt, insurers...), seen(computed, insurers...))
	})
}

// What happens to a resident is in the log as one event and nothing else, so that a copy knows the same, however many events
// it is that are kept of one.
func TestAWorldOverANationIsItsEvents(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r, ctx := registry(t, eventlog.NewMemory()), context.Background()
		w, err := r.Create(ctx, "w", inNation())
		require.NoError(t, err)
		for range rapid.IntRange(1, 3*mostLaid).Draw(rt, "acts") {
			drawAct(rt, w, "n-5", "n-6")(w)
		}
		again, err := r.Import(ctx, "again", w.Events(ctx))
		require.NoError(t, err)
		requireSame(rt, seen(w), seen(again))
		requireSame(rt, map[string]any{"document": w.Document()}, map[string]any{"document": again.Document()})
	})
}

// A document says of a nation what it is called, and whom something has happened to; so it makes the same world again.
func TestADocumentMakesItsNationAgain(t *testing.T) {
	t.Parallel()
	w := created(t, inNation())
	require.Len(t, w.Document().Persons, 2, "nothing has happened to any resident yet")
	p, _ := w.Person("n-9")
	require.NoError(t, w.SetSubjectFlag(t.Context(), "welfare", p, true))
	yes := true
	require.NoError(t, w.SetFlags(t.Context(), p.Members[0].InsurerNumber, p.Members[0].PersonalInsuredNumber, FlagSetting{NonDisclosure: &yes}, "2021-04-01", "申請"))
	d := w.Document()
	require.Len(t, d.Persons, 3)
	require.Equal(t, "n-9", d.Persons[2].ID)
	require.True(t, d.Persons[2].Members[0].Flags.NonDisclosure)
	again := created(t, &d).Document()
	require.Equal(t, d, again)
}

// Looks at a resident go on while things happen to it.
func TestResidentsAreReadWhileTheyChange(t *testing.T) {
	t.Parallel()
	w := created(t, inNation())
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				p, _ := w.Person("n-3")
				_ = p.Document()
				_ = slices.Collect(maps.Keys(p.FlagHistory))
			}
		})
	}
	for i := range 5 * mostLaid {
		p, _ := w.Person("n-3")
		yes := i%2 == 0
		require.NoError(t, w.SetFlags(t.Context(), p.Members[0].InsurerNumber, p.Members[0].PersonalInsuredNumber, FlagSetting{NonDisclosure: &yes}, "2021-04-01", "申請"))
		_, err := w.Inquire(t.Context(), "welfare", p, p.Members[0].InsurerNumber, "eligibility")
		require.NoError(t, err)
	}
	close(done)
	readers.Wait()
	p, _ := w.Person("n-3")
	require.Len(t, p.ExchangeRecords, 5*mostLaid)
}

// A key that a written person has is nobody else's, and a resident's key can't be taken.
func TestWrittenPersonsLieOverTheNation(t *testing.T) {
	t.Parallel()
	w := created(t, inNation())
	p, _ := w.Person("n-1")
	_, err := w.PutPerson(t.Context(), "new", Person{IndividualNumber: p.IndividualNumber})
	require.ErrorContains(t, err, "individualNumber")
	added, err := w.PutPerson(t.Context(), "n-1", Person{Name: "別人　になる", Members: p.Members})
	require.NoError(t, err)
	require.False(t, added, "a resident is there already")
	renamed, known := w.PersonByIndividualNumber(p.IndividualNumber)
	require.True(t, known)
	require.Equal(t, "別人　になる", renamed.Name)
	if len(p.Cards) > 0 {
		_, known = w.PersonByCard(p.Cards[0].CardSerial)
		require.False(t, known, "the document gives it no card")
	}
}

// An organisation of the nation is known by a token that only its world makes; a written one stands in its place.
func TestTheNationsOrganisationsHaveTokens(t *testing.T) {
	t.Parallel()
	w := created(t, inNation())
	page, next := w.Organisations(0, 1000)
	require.Len(t, page, 1000)
	require.NotZero(t, next)
	more, _ := w.Organisations(next, 1000)
	require.NotEqual(t, page[0], more[0])
	other := inNation()
	other.Seed++
	elsewhere := created(t, other)
	for _, o := range append(page, more...) {
		caller, known := w.Caller(o.Token)
		require.True(t, known, o)
		require.Equal(t, Caller{o.Role, o.Code}, caller)
		found, known := w.Organisation(o.Code)
		require.True(t, known)
		require.Equal(t, o, found)
		if len(o.Token) > 20 {
			_, known = elsewhere.Caller(o.Token)
			require.False(t, known, "a token of one world opens nothing in another")
		}
	}
	nations := more[0]
	taken := inNation()
	taken.Insurers = append(taken.Insurers, Insurer{InsurerNumber: nations.Code, InsurerName: "取って代わる", Token: "mine"})
	if nations.Role == RoleInsurer {
		w = created(t, taken)
		_, known := w.Caller(nations.Token)
		require.False(t, known)
		o, _ := w.Organisation(nations.Code)
		require.Equal(t, "mine", o.Token)
	}
}

// Nobody slips through a walk over the protected persons, also who changes meanwhile.
func TestWhoChangesDuringAWalkIsNotLeftOut(t *testing.T) {
	t.Parallel()
	w := created(t, inNation())
	var protected []string
	for p := range w.PersonsWhoMayBeProtected() {
		if p.IsResident() {
			protected = append(protected, p.ID)
		}
	}
	require.NotEmpty(t, protected)
	var walked []string
	for p := range w.PersonsWhoMayBeProtected() {
		if !p.IsResident() {
			continue
		}
		if walked = append(walked, p.ID); len(walked) > 1 {
			continue
		}
		for _, id := range protected {
			other, _ := w.Person(id)
			require.NoError(t, w.SetSubjectFlag(t.Context(), "welfare", other, true))
		}
	}
	require.Equal(t, protected, walked)
}

// Who comes to a certificate of its own household holds it once.
func TestAResidentMayComeToACertificateOfItsHousehold(t *testing.T) {
	t.Parallel()
	w := created(t, inNation())
	heirs := 0
	for _, p := range everyone(w) {
		for _, heir := range w.HouseholdOf(p) {
			m := p.Members[len(p.Members)-1]
			if heir == p || m.InsuredBranchNumber == "" || heir.hasCertificate(certificateOf(&m)) {
				continue
			}
			number := m.PersonalInsuredNumber + "-" + heir.ID
			_, err := w.PutMember(t.Context(), m.InsurerNumber, number, heir.IndividualNumber, func(Member) (Member, error) {
				return Member{Eligibility: Eligibility{
					InsuredCardSymbol: m.InsuredCardSymbol, InsuredIdentificationNumber: m.InsuredIdentificationNumber, InsuredBranchNumber: "09",
				}}, nil
			})
			require.NoError(t, err)
			found := w.AppendHolders(nil, m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, heir.Birthdate)
			require.Len(t, found, 1)
			require.Equal(t, number, found[0].Person.Members[found[0].Own].PersonalInsuredNumber)
			heirs++
		}
	}
	require.Positive(t, heirs)
}
