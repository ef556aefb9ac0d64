package evidence_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/fixtures"
	"onshisim/sim"
	"onshisim/sim/eventlog"
	"onshisim/sim/scenario"
	"onshisim/sim/scenario/evidence"
	"onshisim/sim/world"
)

// simulator is one in this process, whose clock runs fast and whose dice never fall the same.
func simulator(t *testing.T, version string) scenario.Target {
	t.Helper()
	var hours, seeds atomic.Int64
	hours.Store(time.Now().UnixNano() % 10_000)
	seeds.Store(time.Now().UnixNano() % 1_000_000_000)
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time {
			return time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours.Add(1)) * time.Hour)
		},
		Seed: func() uint64 { return uint64(seeds.Add(1)) },
	})
	require.NoError(t, err)
	handlers := sim.New(sim.Config{Version: version, Worlds: worlds, Scenarios: fixtures.FS, Logger: slog.New(slog.DiscardHandler)})
	return scenario.InProcess(handlers.Public, handlers.Control)
}

// loose has neither seed nor clock; its answers have ids, tokens and instants that come from them.
const loose = `title: 題 "A", <B> = 「C」
rules: [QA-3]
world:
  insurers: [{insurerNumber: "06990014"}]
  institutions: [{medicalInstitutionCode: "9919990011"}]
  persons:
    - {id: hanako, name: 花子, cards: [{cardSerial: card-1, pin: "1234"}], registeredCard: card-1,
       members: [{personalInsuredNumber: "a", insurerNumber: "06990014", flags: {nonDisclosure: true}}]}
steps:
  - {title: 履歴に作られた時刻がある, actor: insurer, as: "06990014", act: showFlags, with: {personalInsuredNumber: "a"}, sees: {nonDisclosure: true}}
  - {title: ログイン, actor: citizen, as: card-1, act: logIn, with: {pin: "1234"}}
  - {title: 読み取り, actor: window, as: "9919990011", act: readCard, with: {cardSerial: card-1, verification: {method: pin, pin: "1234"}}}
  - {title: 一日たつ, actor: time, act: advanceClock, with: {duration: 1d}}
`

// failing fails in its second step, and does not come to the third.
const failing = `title: 不合格
rules: [QA-3]
base: base
steps:
  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: card-ichiro-1}, sees: {status: valid}}
  - {title: 二, actor: cardOffice, act: showCard, with: {cardSerial: card-ichiro-1}, sees: {status: locked}}
  - {title: 三, actor: cardOffice, act: showCard, with: {cardSerial: card-ichiro-1}}
`

// unfit has a world that the simulator refuses.
const unfit = `title: 作れない
rules: [QA-3]
world: {now: 2021-04-01T09:00:00+09:00, persons: [{id: a, cards: [{cardSerial: c}]}, {id: b, cards: [{cardSerial: c}]}]}
steps:
  - {title: 一, actor: cardOffice, act: showCard, with: {cardSerial: c}}
`

// broken gets no answer to its step.
const broken = `title: 先に読んでいない
rules: [QA-3]
base: base
steps:
  - {title: 一, actor: window, as: "9919990011", act: showMedicines, with: {cardSerial: card-ichiro-1}}
`

// played plays scenarios by their names and texts against a new simulator.
func played(t *testing.T, scenarios ...[2]string) scenario.Report {
	t.Helper()
	target := simulator(t, "1.0")
	report := scenario.Report{At: time.Date(2026, 4, 1, 9, 0, 0, 0, world.JST), Target: "プロセス内"}
	for _, named := range scenarios {
		s, err := scenario.Parse(named[0]+".yaml", []byte(named[1]))
		require.NoError(t, err)
		report.Results = append(report.Results, scenario.Play(t.Context(), target, s))
	}
	return report
}

// packed writes a pack and gives its folder.
func packed(t *testing.T, scenarios ...[2]string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "out", "pack")
	written, err := evidence.Write(folder, played(t, scenarios...), scenario.Program{Version: "1.0", RuleEdition: "e"})
	require.NoError(t, err)
	require.Equal(t, 5+2*len(scenarios), written.Files)
	return folder
}

// content reads a file of a pack.
func content(t *testing.T, folder, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(file)))
	require.NoError(t, err)
	return string(text)
}

// replayed reads a pack and plays it against a new simulator.
func replayed(t *testing.T, folder string) []evidence.Comparison {
	t.Helper()
	pack, err := evidence.Read(folder)
	require.NoError(t, err)
	return pack.Replay(t.Context(), simulator(t, "1.0"))
}
