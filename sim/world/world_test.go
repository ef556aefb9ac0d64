package world

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return instant
}

// document is a small world: hanako moved from insurer A to B, taro is her proxy.
func document() *Document {
	return &Document{
		Seed: 7, Now: "2021-04-01T09:00:00+09:00", RegistrationOpensAt: "2021-03-01T00:00:00+09:00",
		Insurers:     []Insurer{{InsurerNumber: "06990014", Token: "a"}, {InsurerNumber: "990010", Token: "b"}},
		Agencies:     []Agency{{AgencyCode: "welfare", Token: "w"}},
		Institutions: []Institution{{MedicalInstitutionCode: "9919990011", Token: "h", Area: "仮想市"}},
		CardOffice:   CardOffice{Token: "o"},
		Persons: []Person{
			{
				ID: "hanako", Cards: []Card{{CardSerial: "card-h", PIN: "1234"}}, Proxies: []string{"portal-taro"},
				Members: []Member{
					{PersonalInsuredNumber: "A-1", Eligibility: Eligibility{InsurerNumber: "06990014", QualificationDate: "2015-04-01", DisqualificationDate: "2020-04-01"}},
					{PersonalInsuredNumber: "B-1", Eligibility: Eligibility{InsurerNumber: "990010", QualificationDate: "2020-04-01"}},
				},
			},
			{ID: "taro", Cards: []Card{{CardSerial: "card-t", PIN: "5678"}}},
		},
	}
}

func registry(t testing.TB, log eventlog.Log) *Registry {
	t.Helper()
	r, err := Open(context.Background(), log, Sources{
		Wall: func() time.Time { return at(t, "2026-11-22T12:00:00+09:00") }, Seed: func() uint64 { return 99 },
	})
	require.NoError(t, err)
	return r
}

func created(t testing.TB, d *Document) *World {
	t.Helper()
	w, err := registry(t, eventlog.NewMemory()).Create(context.Background(), "w", d)
	require.NoError(t, err)
	return w
}

func kindOfError(t *testing.T, err error) problem.Kind {
	t.Helper()
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	return refusal.Kind
}

func TestTheThirdWrongPINLocksTheCard(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	codes := func(pin string) string {
		_, err := w.OpenSession(ctx, "card-h", pin)
		var refusal *problem.Error
		if errors.As(err, &refusal) {
			return refusal.Code
		}
		return "open"
	}
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "open", codes("1234"), "the right PIN clears the count")
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-LOCKED", codes("1234"))
	_, _, err := w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyFace, Match: true}, Consents{})
	require.Equal(t, problem.Forbidden, kindOfError(t, err), "a locked card opens nothing by face either")
	require.NoError(t, w.SetPIN(ctx, "card-h", "4321"))
	require.Equal(t, "open", codes("4321"))
}

func TestASessionEndsWithItsTimeAndItsCard(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	session, err := w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)
	_, p, err := w.Session(session.Token)
	require.NoError(t, err)
	require.Equal(t, "hanako", p.ID)

	require.NoError(t, w.SuspendCard(ctx, "card-h"))
	_, _, err = w.Session(session.Token)
	require.Equal(t, problem.Forbidden, kindOfError(t, err), "who is logged in with a stopped card is out")
	require.NoError(t, w.LiftSuspension(ctx, "card-h"))
	_, _, err = w.Session(session.Token)
	require.NoError(t, err)

	require.NoError(t, w.AdvanceClock(ctx, 30*time.Minute))
	_, _, err = w.Session(session.Token)
	require.Equal(t, problem.Unauthenticated, kindOfError(t, err))

	session, err = w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)
	_, err = w.PutPerson(ctx, "hanako", Person{})
	require.NoError(t, err)
	_, _, err = w.Session(session.Token)
	require.Equal(t, problem.Unauthenticated, kindOfError(t, err), "the card is gone")
}

// QA-5: (1) flagged, then reserved; (2) reserved, then flagged; and the way out, the flag lifted before it opens.
func TestAReservationIsProcessedWhenRegistrationOpens(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	for name, c := range map[string]struct {
		before, after []FlagSetting
		want          string
	}{
		"no flag":                        {nil, nil, RegistrationCompleted},
		"QA-5 (1) flagged, reserved":     {[]FlagSetting{{SelfInformationBlocked: &yes}}, nil, RegistrationFailed},
		"QA-5 (2) reserved, flagged":     {nil, []FlagSetting{{SelfInformationBlocked: &yes}}, RegistrationFailed},
		"lifted before it opens":         {[]FlagSetting{{SelfInformationBlocked: &yes}}, []FlagSetting{{SelfInformationBlocked: &no}}, RegistrationCompleted},
		"non-disclosure does not matter": {[]FlagSetting{{NonDisclosure: &yes}}, nil, RegistrationCompleted},
	} {
		d := document()
		d.Now = "2020-10-01T09:00:00+09:00"
		w, ctx := created(t, d), context.Background()
		set := func(settings []FlagSetting) {
			for _, s := range settings {
				require.NoError(t, w.SetFlags(ctx, "990010", "B-1", s, "2020-10-01", "申請"))
			}
		}
		set(c.before)
		require.NoError(t, w.Register(ctx, "card-h"))
		p, _ := w.Person("hanako")
		require.Equal(t, RegistrationReserved, p.RegistrationWith("card-h").Status, name)
		set(c.after)
		require.NoError(t, w.SetClock(ctx, at(t, "2021-03-01T00:00:00+09:00")))
		require.NoError(t, w.Settle(ctx))
		p, _ = w.Person("hanako")
		require.Equal(t, c.want, p.RegistrationWith("card-h").Status, name)
	}
}

// What happens behind the opening can't change what happened at it.
func TestAReservationIsProcessedBeforeWhatFollows(t *testing.T) {
	t.Parallel()
	d := document()
	d.Now = "2020-10-01T09:00:00+09:00"
	w, ctx, yes := created(t, d), context.Background(), true
	require.NoError(t, w.Register(ctx, "card-h"))
	require.NoError(t, w.SetClock(ctx, at(t, "2021-06-01T00:00:00+09:00")))
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &yes}, "2021-06-01", "申請"))
	p, _ := w.Person("hanako")
	require.Equal(t, RegistrationCompleted, p.RegistrationWith("card-h").Status)
}

func TestTheRegistrationDoesNotPassToAReissuedCard(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons[0].RegisteredCard = "card-h"
	w, ctx := created(t, d), context.Background()
	issued, err := w.ReissueCard(ctx, "card-h")
	require.NoError(t, err)
	p, _ := w.PersonByCard(issued.CardSerial)
	require.Equal(t, "hanako", p.ID)
	require.Empty(t, p.RegistrationWith(issued.CardSerial).Status)
	require.Equal(t, CardRevoked, p.Card("card-h").State())
	_, err = w.OpenSession(ctx, issued.CardSerial, issued.PIN)
	require.NoError(t, err)
}

// A second card's failed registration leaves the first one's in place.
func TestAFailedRegistrationLeavesTheCompletedOne(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons[0].RegisteredCard = "card-h"
	d.Persons[0].Cards = append(d.Persons[0].Cards, Card{CardSerial: "card-2", PIN: "1234"})
	w, ctx, yes, no := created(t, d), context.Background(), true, false
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &yes}, "2021-04-01", "申請"))
	require.NoError(t, w.Register(ctx, "card-2"))
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &no}, "2021-04-01", "申請"))
	p, _ := w.Person("hanako")
	require.Equal(t, RegistrationFailed, p.RegistrationWith("card-2").Status)
	require.Equal(t, RegistrationCompleted, p.RegistrationWith("card-h").Status)
	require.Empty(t, (&Insured{}).LastRegistration().Status, "who never registered has no registration")
	_, opened, err := w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyPIN, PIN: "1234"}, Consents{})
	require.NoError(t, err)
	require.NotNil(t, opened)
}

// unamended is a member just as it is, or as it is made up.
func unamended(m Member) (Member, error) { return m, nil }

// A correction leaves out what it does not correct, and never learns what another insurer knows of the person.
func TestACorrectionKeepsTheInsurersOwn(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons[0].Members[0].Address, d.Persons[0].Members[0].PostNumber = "架空県旧居町1番", "000-0001"
	d.Persons[0].Address, d.Persons[0].PostNumber = "架空県避難町2番", "000-0002"
	w, ctx := created(t, d), context.Background()
	_, err := w.PutMember(ctx, "06990014", "A-1", "", func(m Member) (Member, error) {
		m.DisqualificationDate = "2020-03-31"
		return m, nil
	})
	require.NoError(t, err)
	p, _ := w.Person("hanako")
	require.Equal(t, "架空県旧居町1番", p.Members[0].Address)
	require.Equal(t, "000-0001", p.Members[0].PostNumber)
	require.Equal(t, "2020-03-31", p.Members[0].DisqualificationDate)
	require.Equal(t, "2015-04-01", p.Members[0].QualificationDate)
	require.Equal(t, 1, p.Latest(w.Today()))

	_, err = w.PutMember(ctx, "06990014", "A-2", p.IndividualNumber, unamended)
	require.NoError(t, err)
	p, _ = w.Person("hanako")
	require.Empty(t, p.Members[2].Address+p.Members[2].PostNumber)
}

func TestASealedCodeOpensForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := newDrawKey(rapid.Uint64().Draw(t, "seed"))
		ordinal := rapid.Uint64().Draw(t, "ordinal")
		code := key.seal(sealSubject, "A", ordinal)
		opened, ok := key.open(sealSubject, "A", code)
		require.True(t, ok)
		require.Equal(t, ordinal, opened)
		for _, foreign := range []struct{ purpose, owner string }{{sealSubject, "B"}, {sealCandidate, "A"}} {
			_, ok = key.open(foreign.purpose, foreign.owner, code)
			require.False(t, ok)
		}
		_, ok = key.open(sealSubject, "A", rapid.String().Draw(t, "anything"))
		require.False(t, ok)
	})
}

// Writers who wait share a commit, and each sees its own outcome.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons = nil
	for i := range 32 {
		d.Persons = append(d.Persons, Person{ID: fmt.Sprintf("p%d", i), Cards: []Card{{CardSerial: fmt.Sprintf("c%d", i), PIN: "1234"}}})
	}
	w, ctx := created(t, d), context.Background()
	var all sync.WaitGroup
	for writer := range 64 {
		all.Go(func() {
			for round := range 20 {
				serial := fmt.Sprintf("c%d", (writer+round)%32)
				if round%10 == 9 {
					if err := w.SetMode(ctx, Mode{Mode: ModeDisaster}); err != nil {
						t.Error(err)
					}
				}
				if _, _, err := w.ReadCard(ctx, "9919990011", serial, Verification{Method: VerifyStaff}, Consents{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	events := 0
	for _, err := range w.Events(ctx) {
		require.NoError(t, err)
		events++
	}
	require.Equal(t, int(w.position), events)
	require.Equal(t, 1+1+2+1+1+1+32+64*20+64*2, events)
}

// brokenLog takes nothing once it is broken.
type brokenLog struct {
	eventlog.Log
	broken bool
}

func (l *brokenLog) Append(ctx context.Context, world string, after eventlog.Position, records [][]byte) error {
	if l.broken {
		return errors.New("disk full")
	}
	return l.Log.Append(ctx, world, after, records)
}

func TestWhatTheLogDoesNotTakeDidNotHappen(t *testing.T) {
	t.Parallel()
	log, ctx := &brokenLog{Log: eventlog.NewMemory()}, context.Background()
	w, err := registry(t, log).Create(ctx, "w", document())
	require.NoError(t, err)
	log.broken = true
	require.Equal(t, problem.Unavailable, kindOfError(t, w.SuspendCard(ctx, "card-h")))
	p, _ := w.Person("hanako")
	require.Equal(t, CardValid, p.Card("card-h").State())
	log.broken = false
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
}

// A command that panics is refused; an event that does leaves a world that nobody can use, but nobody waits for it either.
func TestAPanicStopsNobodyElse(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), context.Background()
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	require.Error(t, w.do(ctx, everybody, func(*State, time.Time) ([]change, error) { panic("oh") }))
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
	unfit := func(*State, time.Time) ([]change, error) { return []change{&cardSuspended{"no card"}}, nil }
	require.Equal(t, problem.Unavailable, kindOfError(t, w.do(ctx, everybody, unfit)))
	require.Equal(t, problem.Unavailable, kindOfError(t, w.SuspendCard(ctx, "card-t")))
	require.NoError(t, r.Delete(ctx, "w"))
	_, err = r.Create(ctx, "w", document())
	require.NoError(t, err)
}

// Who still works in a world that was deleted does not write into another of its name.
func TestADeletedWorldTakesNothing(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), context.Background()
	former, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	require.NoError(t, r.Delete(ctx, "w"))
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	require.Equal(t, problem.NotFound, kindOfError(t, former.SuspendCard(ctx, "card-h")))
	require.NoError(t, w.SuspendCard(ctx, "card-h"))
}

func TestADocumentMakesItsWorldAgain(t *testing.T) {
	t.Parallel()
	w := created(t, document())
	d := w.Document()
	require.Equal(t, d, created(t, &d).Document())
}

// act does one random thing to a world; a refusal is as good as any other outcome.
func act(t *rapid.T, w *World) {
	ctx := context.Background()
	yes := rapid.Bool().Draw(t, "value")
	person := rapid.SampledFrom([]string{"hanako", "taro"}).Draw(t, "person")
	p, _ := w.Person(person)
	serial := p.Cards[len(p.Cards)-1].CardSerial
	number := rapid.SampledFrom([]string{"A-1", "B-1"}).Draw(t, "number")
	insurer := map[string]string{"A-1": "06990014", "B-1": "990010"}[number]
	acts := map[string]func() error{
		"flag": func() error {
			setting := FlagSetting{NonDisclosure: &yes}
			if rapid.Bool().Draw(t, "item") {
				setting = FlagSetting{SelfInformationBlocked: &yes, Items: []string{"checkups"}}
			}
			return w.SetFlags(ctx, insurer, number, setting, "2021-04-01", "申請")
		},
		"read": func() error {
			_, _, err := w.ReadCard(ctx, "9919990011", serial, Verification{Method: VerifyPIN, PIN: rapid.SampledFrom([]string{"1234", "0000"}).Draw(t, "pin")}, Consents{Medicines: yes})
			return err
		},
		"suspend":  func() error { return w.SuspendCard(ctx, serial) },
		"lift":     func() error { return w.LiftSuspension(ctx, serial) },
		"reissue":  func() error { _, err := w.ReissueCard(ctx, serial); return err },
		"number":   func() error { _, err := w.ChangeIndividualNumber(ctx, p.IndividualNumber); return err },
		"register": func() error { return w.Register(ctx, serial) },
		"advance":  func() error { return w.AdvanceClock(ctx, 12*time.Hour) },
		"mode":     func() error { return w.SetMode(ctx, Mode{Mode: ModeFailure, Systems: []string{"terminal"}}) },
		"inquire":  func() error { _, err := w.Inquire(ctx, "welfare", p, insurer, "benefits"); return err },
		"hide":     func() error { return w.SetSubjectFlag(ctx, "welfare", p, yes) },
		"proxy":    func() error { return w.NameProxy(ctx, p, "portal-taro") },
		"unproxy":  func() error { return w.RemoveProxy(ctx, p, "portal-taro") },
		"consent": func() error {
			_, err := w.ConsentInDisaster(ctx, p, DisasterConsent{Institution: "9919990011", Medicines: yes})
			return err
		},
		"reference": func() error { return w.PutReferenceNumber(ctx, "9919990011", p, "R-1") },
		"checkup": func() error {
			_, err := w.PutCheckup(ctx, insurer, Checkup{CheckupID: "1", PersonalInsuredNumber: number, Date: "2021-01-02"})
			return err
		},
		"member": func() error {
			_, err := w.PutMember(ctx, "06990014", "A-9", p.IndividualNumber, unamended)
			return err
		},
		"person": func() error { _, err := w.PutPerson(ctx, person, p.Document()); return err },
		"records": func() error {
			return w.PutRecords(ctx, person, Records{Medicines: []Medicine{{MedicineName: "架空錠"}}})
		},
	}
	names := rapid.SampledFrom([]string{
		"flag", "read", "suspend", "lift", "reissue", "number", "register", "advance", "mode", "inquire", "hide", "proxy",
		"unproxy", "consent", "reference", "checkup", "member", "person", "records",
	})
	_ = acts[names.Draw(t, "act")]()
}

// Export then import of any world gives the same state, however it came about; so Apply is deterministic.
func TestReplayGivesTheSameWorld(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		r, ctx := registry(t, eventlog.NewMemory()), context.Background()
		w, err := r.Create(ctx, "w", document())
		require.NoError(t, err)
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			act(rt, w)
		}
		replayed, err := r.Import(ctx, "again", w.Events(ctx))
		require.NoError(t, err)
		require.Equal(t, w.position, replayed.position)
		if !reflect.DeepEqual(w.state, replayed.state) {
			require.Equal(t, w.state, replayed.state)
		}
	})
}

func TestABrokenListOfEventsIsRefusedWithItsPlace(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), context.Background()
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	var lines [][]byte
	for line, err := range w.Events(ctx) {
		require.NoError(t, err)
		lines = append(lines, line)
	}
	source := func(lines ...[]byte) func(func([]byte, error) bool) {
		return func(yield func([]byte, error) bool) {
			for _, line := range lines {
				if !yield(line, nil) {
					return
				}
			}
		}
	}
	for name, c := range map[string]struct {
		lines [][]byte
		place string
	}{
		"nothing":             {nil, "body"},
		"a gap":               {[][]byte{lines[0], lines[2]}, "body.line[2]"},
		"no beginning":        {lines[1:], "body.line[1]"},
		"torn":                {[][]byte{lines[0], lines[1][:len(lines[1])/2]}, "body.line[2]"},
		"unknown type":        {[][]byte{[]byte(`{"position":1,"at":"2021-04-01T09:00:00+09:00","type":"x","version":1,"data":{}}`)}, "body.line[1]"},
		"unknown field":       {[][]byte{[]byte(`{"position":1,"at":"2021-04-01T09:00:00+09:00","type":"worldCreated","version":1,"data":{"sed":1}}`)}, "body.line[1]"},
		"what does not fit":   {[][]byte{lines[0], []byte(`{"position":2,"at":"2021-04-01T09:00:00+09:00","type":"cardSuspended","version":1,"data":{"cardSerial":"x"}}`)}, "body.line[2]"},
		"a later version":     {[][]byte{[]byte(`{"position":1,"at":"2021-04-01T09:00:00+09:00","type":"worldCreated","version":9,"data":{}}`)}, "body.line[1]"},
		"a second beginning":  {[][]byte{lines[0], []byte(`{"position":2,"at":"2021-04-01T09:00:00+09:00","type":"worldCreated","version":1,"data":{}}`)}, "body.line[2]"},
		"something behind it": {[][]byte{append(append([]byte{}, lines[0]...), "{}"...)}, "body.line[1]"},
	} {
		_, err := r.Import(ctx, "other", source(c.lines...))
		var refusal *problem.Error
		require.ErrorAs(t, err, &refusal, name)
		require.Equal(t, problem.Invalid, refusal.Kind, name)
		require.Equal(t, c.place, refusal.Fields[0].Name, name)
		_, err = r.World("other")
		require.Error(t, err, name)
	}
}

// What is past its time is forgotten, so that a world's age costs no memory.
func TestWhatIsPastItsTimeIsForgotten(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	for range 40 {
		_, err := w.OpenSession(ctx, "card-h", "1234")
		require.NoError(t, err)
		_, _, err = w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyStaff}, Consents{})
		require.NoError(t, err)
		require.NoError(t, w.AdvanceClock(ctx, 24*time.Hour))
	}
	require.Len(t, w.state.sessions.byKey, 1)
	require.LessOrEqual(t, len(w.state.cardReads.byKey), 8)
}
