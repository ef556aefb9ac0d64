package world

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

func TestADocumentMakesItsWorldAgain(t *testing.T) {
	t.Parallel()
	w := created(t, document())
	d := w.Document()
	require.Equal(t, d, created(t, &d).Document())
}

// act does one random thing to a world; a refusal is as good as any other outcome.
func act(t *rapid.T, w *World) { drawAct(t, w, "hanako", "taro")(w) }

// drawAct draws one random thing that can happen to one of some persons, as they are in a world.
func drawAct(t *rapid.T, as *World, cast ...string) func(*World) {
	ctx := context.Background()
	yes, item := rapid.Bool().Draw(t, "value"), rapid.Bool().Draw(t, "item")
	person, other := rapid.SampledFrom(cast).Draw(t, "person"), rapid.SampledFrom(cast).Draw(t, "other")
	p, _ := as.Person(person)
	with, _ := as.Person(other)
	serial := ""
	if len(p.Cards) > 0 {
		serial = p.Cards[len(p.Cards)-1].CardSerial
	}
	number, insurer := "A-1", "06990014"
	if len(p.Members) > 0 {
		m := rapid.SampledFrom(p.Members).Draw(t, "member")
		number, insurer = m.PersonalInsuredNumber, m.InsurerNumber
	}
	pin := rapid.SampledFrom([]string{"1234", "0000"}).Draw(t, "pin")
	name := rapid.SampledFrom([]string{
		"flag", "read", "suspend", "lift", "reissue", "number", "register", "advance", "mode", "inquire", "hide", "proxy",
		"unproxy", "consent", "reference", "checkup", "member", "person", "records", "mutant", "fault", "clear", "put checkpoint",
		"present", "end presentation", "restore", "delete checkpoint",
	}).Draw(t, "act")
	mutant := rapid.SampledFrom([]string{"", "flag-per-insurer", "postal-code-shown"}).Draw(t, "mutant")
	return func(w *World) {
		p, _ := w.Person(person)
		acts := map[string]func() error{
			"flag": func() error {
				setting := FlagSetting{NonDisclosure: &yes}
				if item {
					setting = FlagSetting{SelfInformationBlocked: &yes, Items: []string{"checkups"}}
				}
				return w.SetFlags(ctx, insurer, number, setting, "2021-04-01", "申請")
			},
			"read": func() error {
				_, _, _, err := w.ReadCard(ctx, "9919990011", serial, Verification{Method: VerifyPIN, PIN: pin}, Consents{Medicines: yes})
				return err
			},
			"present": func() error {
				_, err := w.PresentCard(ctx, "9919990011", PresentedCard{CardSerial: serial, Verification: Verification{Method: VerifyPIN, PIN: pin}})
				return err
			},
			"end presentation": func() error {
				for _, p := range w.Presentations("9919990011", PresentationWaiting) {
					_, err := w.EndPresentation(ctx, "9919990011", p.ID, PresentationOutcome{Status: PresentationRead, File: "f"})
					return err
				}
				return nil
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
			"proxy":    func() error { return w.NameProxy(ctx, p, with.PortalUserID) },
			"unproxy":  func() error { return w.RemoveProxy(ctx, p, with.PortalUserID) },
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
				_, err := w.PutMember(ctx, "06990014", "A-9", p.IndividualNumber, func(m Member) (Member, error) {
					m.InsuredIdentificationNumber = "9"
					return m, nil
				})
				return err
			},
			"person": func() error { _, err := w.PutPerson(ctx, person, p.Document()); return err },
			"mutant": func() error { return w.SetMutant(ctx, mutant) },
			"fault": func() error {
				_, err := w.ScriptFault(ctx, Fault{System: "terminal", Status: 500, Skip: 1})
				return err
			},
			"clear":             func() error { return w.ClearFaults(ctx) },
			"put checkpoint":    func() error { _, err := w.PutCheckpoint(ctx, "mine"); return err },
			"restore":           func() error { _, err := w.Restore(ctx, "mine"); return err },
			"delete checkpoint": func() error { return w.DeleteCheckpoint(ctx, "mine") },
			"records": func() error {
				return w.PutRecords(ctx, person, Records{Medicines: []Medicine{{MedicineName: "架空錠"}}})
			},
		}
		_ = acts[name]()
	}
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
		require.Equal(t, w.head.Last, replayed.head.Last)
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
		_, err = r.World(t.Context(), "other")
		require.Error(t, err, name)
	}
}

// Events go into a world that does not exist, or in which nothing has happened yet; never over another's.
func TestAnImportNeverReplacesAWorldInUse(t *testing.T) {
	t.Parallel()
	r, ctx := registry(t, eventlog.NewMemory()), context.Background()
	w, err := r.Create(ctx, "w", document())
	require.NoError(t, err)
	empty, err := r.Create(ctx, "empty", &Document{})
	require.NoError(t, err)
	_, err = r.Import(ctx, "empty", w.Events(ctx))
	require.NoError(t, err)
	require.Equal(t, problem.NotFound, kindOfError(t, empty.SetMode(ctx, Mode{Mode: ModeDisaster})))
	_, err = r.Import(ctx, "w", w.Events(ctx))
	require.Equal(t, problem.Conflict, kindOfError(t, err))
}

// A long log is decoded ahead, on all processors; it ends all the same at the first line that can't be read or does not fit.
func TestTheFirstBadLineEndsALongReplay(t *testing.T) {
	t.Parallel()
	w := created(t, document())
	for range 3000 {
		require.NoError(t, w.AdvanceClock(t.Context(), time.Second))
	}
	var good [][]byte
	for line, err := range w.Events(t.Context()) {
		require.NoError(t, err)
		good = append(good, line)
	}
	again := &World{name: "again", state: newState()}
	require.NoError(t, again.foldGiven(linesOf(good)))
	require.Equal(t, w.state, again.state)
	for name, bad := range map[string]string{
		"broken":     "{",
		"of another": string(good[7]),
		"unfit":      `{"position":1300,"at":"2021-04-01T09:00:00+09:00","type":"cardSuspended","version":1,"data":{"cardSerial":"x"}}`,
	} {
		lines := slices.Clone(good)
		lines[1299], lines[2500] = []byte(bad), []byte("worse")
		err := (&World{name: "bad", state: newState()}).foldGiven(linesOf(lines))
		var unfit *LineError
		require.ErrorAs(t, err, &unfit, name)
		require.EqualValues(t, 1300, unfit.Line, name)
	}
}
