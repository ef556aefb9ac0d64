package sim_test

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// The hot paths through the whole HTTP stack: routing, token, validation, rule core, encoding. Time per request must not
// grow with the number of persons.
//
//	go test ./sim -run '^$' -bench . -benchmem

// forgetful is a log that keeps nothing, so that a nation's benchmark measures the world and not its backup.
type forgetful struct{ *eventlog.Memory }

func (forgetful) Append(context.Context, string, eventlog.Head, [][]byte) error { return nil }

func (forgetful) Create(_ context.Context, _ string, records iter.Seq2[[]byte, error]) (eventlog.Head, error) {
	head := eventlog.Head{Log: 1}
	for _, err := range records {
		if err != nil {
			return eventlog.Head{}, err
		}
		head.Last++
	}
	return head, nil
}

const benchToken = "hospital"

// nations are worlds of a size, made once for all benchmarks.
var nations sync.Map

func nation(b *testing.B, persons int) http.Handler {
	b.Helper()
	made, _ := nations.LoadOrStore(persons, sync.OnceValue(func() http.Handler { return newNation(b, persons) }))
	return made.(func() http.Handler)()
}

func newNation(b *testing.B, persons int) http.Handler {
	b.Helper()
	document := &world.Document{
		Seed: 1, Now: "2021-04-01T09:00:00+09:00",
		Insurers:     []world.Insurer{{InsurerNumber: "06990014", InsurerName: "架空健康保険組合", Token: "insurer"}},
		Institutions: []world.Institution{{MedicalInstitutionCode: "9919990011", Token: benchToken}},
		Persons:      make([]world.Person, persons),
	}
	for i := range document.Persons {
		document.Persons[i] = world.Person{
			ID: fmt.Sprintf("p%d", i), Name: fmt.Sprintf("架空　%d", i), NameKana: fmt.Sprintf("カクウ　%d", i),
			Birthdate: fmt.Sprintf("%d-%02d-%02d", 1930+i%90, 1+i%12, 1+i%28), Address: fmt.Sprintf("架空県仮想市見本町%d番地", i),
			Cards: []world.Card{{CardSerial: fmt.Sprintf("c%d", i), PIN: "1234"}}, RegisteredCard: fmt.Sprintf("c%d", i),
			Members: []world.Member{{Eligibility: world.Eligibility{
				InsurerNumber: "06990014", InsuredCardSymbol: "1", InsuredIdentificationNumber: fmt.Sprint(i),
			}}},
		}
	}
	log := forgetful{eventlog.NewMemory()}
	worlds, err := world.Open(context.Background(), log, world.Sources{Wall: time.Now, Seed: func() uint64 { return 1 }})
	if err != nil {
		b.Fatal(err)
	}
	w, err := worlds.Create(context.Background(), "default", document)
	if err != nil {
		b.Fatal(err)
	}
	if err := w.SetMode(context.Background(), world.Mode{Mode: world.ModeDisaster}); err != nil {
		b.Fatal(err)
	}
	return sim.New(sim.Config{Worlds: worlds, Scenarios: fstest.MapFS{}, Logger: slog.New(slog.DiscardHandler)}).Public
}

// BenchmarkCreateWorld makes a world from a scenario by way of the control plane, and deletes it again.
func BenchmarkCreateWorld(b *testing.B) {
	worlds, err := world.Open(context.Background(), eventlog.NewMemory(), world.Sources{Wall: time.Now, Seed: func() uint64 { return 1 }})
	if err != nil {
		b.Fatal(err)
	}
	control := sim.New(sim.Config{Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler)}).Control
	ask := func(method, body string, want int) {
		request := httptest.NewRequest(method, "http://localhost/worlds/w", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		control.ServeHTTP(answer, request)
		if answer.Code != want {
			b.Fatalf("%s: %d %s", method, answer.Code, answer.Body)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		ask(http.MethodPut, `{"scenario": "base"}`, http.StatusCreated)
		ask(http.MethodDelete, "", http.StatusNoContent)
	}
}
