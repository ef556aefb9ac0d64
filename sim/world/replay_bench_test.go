package world

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"onshisim/sim/eventlog"
)

// BenchmarkReplay folds the log of a busy world: of a hundred things that happen there, 70 are card reads, 12 log-ins, 10
// inquiries, 4 oral consents, 2 flags that are set or lifted, 2 cards that are stopped or let be used again.
//
//	go test ./sim/world -run '^$' -bench Replay
func BenchmarkReplay(b *testing.B) {
	const persons, happenings = 1000, 50_000
	d := document()
	d.Now = ""
	second := at(b, "2026-11-22T12:00:00+09:00")
	wall := func() time.Time { second = second.Add(time.Second / 8); return second }
	for i := range persons {
		card := fmt.Sprintf("card-%d", i)
		d.Persons = append(d.Persons, Person{
			ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("架空　%d", i), Cards: []Card{{CardSerial: card, PIN: "1234"}}, RegisteredCard: card,
			Members: []Member{{PersonalInsuredNumber: fmt.Sprintf("N-%d", i), Eligibility: Eligibility{InsurerNumber: "06990014"}}},
		})
	}
	worlds, err := Open(context.Background(), eventlog.NewMemory(), Sources{Wall: wall, Limits: Limits{Sessions: happenings}})
	if err != nil {
		b.Fatal(err)
	}
	w, err := worlds.Create(context.Background(), "w", d)
	if err != nil {
		b.Fatal(err)
	}
	for i := range happenings {
		if err := happen(w, i, i*7919%persons); err != nil {
			b.Fatal(err)
		}
	}
	var records [][]byte
	for line, err := range w.Events(context.Background()) {
		if err != nil {
			b.Fatal(err)
		}
		records = append(records, line)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if err := worlds.newWorld("again").foldGiven(linesOf(records)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(records))*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// happen lets the i-th thing happen, to a person.
func happen(w *World, i, person int) error {
	ctx := context.Background()
	p, _ := w.Person(fmt.Sprintf("p%d", person))
	card := p.Cards[0].CardSerial
	yes := i%200 < 100
	var err error
	switch n := i % 100; {
	case n < 70:
		_, _, _, err = w.ReadCard(ctx, "9919990011", card, Verification{Method: VerifyFace, Match: true}, Consents{Medicines: yes})
	case n < 82:
		_, err = w.OpenSession(ctx, card, "1234")
	case n < 92:
		_, err = w.Inquire(ctx, "welfare", p, "06990014", "benefits")
	case n < 96:
		_, err = w.ConsentInDisaster(ctx, p, DisasterConsent{Institution: "9919990011", Medicines: yes, AskedBy: "受付"})
	case n < 98:
		err = w.SetFlags(ctx, "06990014", p.Members[0].PersonalInsuredNumber, FlagSetting{NonDisclosure: &yes}, "2021-04-01", "本人の申請による")
	case yes:
		err = w.SuspendCard(ctx, card)
	default:
		err = w.LiftSuspension(ctx, card)
	}
	if err != nil && (strings.Contains(err.Error(), "stopped") || strings.Contains(err.Error(), "CARD")) {
		return nil // a card that is stopped already, or opens nothing
	}
	return err
}
