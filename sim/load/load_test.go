package load_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"onshisim/sim/load"
	"onshisim/sim/world"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	shortDay = 2 * time.Second
	tooLong  = time.Minute
)

func TestADayIsAnsweredRightly(t *testing.T) {
	t.Parallel()
	s := inTown(t, shortDay)
	report := s.play(t)
	assert.Equal(t, "24:00", report.Ended)
	assert.Empty(t, wrongOf(t, report))
	assert.Empty(t, report.ErrorKinds)
	assert.Empty(t, report.Disaster)
	assert.Empty(t, report.ChangedPersons)
	var kinds []string
	sum := 0
	for _, kind := range report.Kinds {
		kinds = append(kinds, kind.Kind)
		assert.Positive(t, kind.Sent, kind.Kind)
		assert.LessOrEqual(t, kind.P50, kind.P99)
		assert.LessOrEqual(t, kind.P99, kind.Max+1)
		if kind.Kind != "all" {
			sum += kind.Sent
		}
	}
	assert.Equal(t, []string{
		"card-read", "medicines", "checkups", "certificate-check", "batch-check",
		"log-in", "portal-self-information", "portal-eligibility", "portal-medicines", "portal-checkups", "portal-medical-expenses",
		"disaster-search", "disaster-candidate", "disaster-consent", "disaster-medicines", "disaster-checkups", "all",
	}, kinds, "every kind of request is there")
	assert.Equal(t, report.Sent, sum)
	assert.Equal(t, []string{"disaster", "normal"}, s.modes)
}

// wrongOf are the wrong answers, short enough to be read.
func wrongOf(t *testing.T, report *load.Report) (texts []string) {
	t.Helper()
	for _, w := range report.WrongAnswers[:min(len(report.WrongAnswers), 3)] {
		text, err := json.MarshalIndent(w, "", " ")
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	return texts
}

// TestMutantsAreFoundOut: a world that answers by a wrong rule gives wrong answers, of the kinds that the rule is about.
func TestMutantsAreFoundOut(t *testing.T) {
	t.Parallel()
	for mutant, kinds := range map[string][]string{
		"card-despite-flag":                         {"card-read"},
		"card-closed-by-non-disclosure":             {"card-read"},
		"address-back-when-self-information-lifted": {"certificate-check", "batch-check"},
		"consent-not-asked":                         {"medicines"},
		"pin-not-checked":                           {"card-read"},
		"registration-not-needed":                   {"card-read"},
		"self-information-despite-flag":             {"portal-self-information"},
		"mynaportal-eligibility-despite-flag":       {"portal-eligibility"},
		"disaster-address-despite-flag":             {"disaster-candidate"},
		"screens-always-open":                       {"disaster-search"},
		"no-continuity":                             {"certificate-check"},
	} {
		t.Run(mutant, func(t *testing.T) {
			t.Parallel()
			s := inTown(t, shortDay)
			if mutant == "card-despite-flag" { // the nation's own have no registered card any more when they are flagged
				s.change(t, func(p *world.Person) {
					for i := range p.Members {
						p.Members[i].Flags.SelfInformationBlocked = true
					}
				})
			}
			require.NoError(t, s.world.SetMutant(t.Context(), mutant))
			report := s.play(t)
			assert.Equal(t, mutant, report.Mutant)
			assert.Positive(t, report.Wrong)
			for _, kind := range kinds {
				at := slices.IndexFunc(report.Kinds, func(k load.Kind) bool { return k.Kind == kind })
				require.GreaterOrEqual(t, at, 0, kind)
				assert.Positive(t, report.Kinds[at].Wrong, kind)
			}
			for _, w := range report.WrongAnswers {
				assert.NotEmpty(t, w.Rules, w.Kind)
				assert.NotEmpty(t, w.Persons, w.Kind)
				assert.Empty(t, w.Unsure)
			}
		})
	}
}

// TestWhomAnEventChangedIsJudgedAsChanged: not as the nation was computed.
func TestWhomAnEventChangedIsJudgedAsChanged(t *testing.T) {
	t.Parallel()
	s := inTown(t, shortDay)
	changed := s.change(t, func(p *world.Person) {
		for i := range p.Members {
			p.Members[i].Flags.NonDisclosure, p.Members[i].Flags.SelfInformationBlocked = !p.Members[i].Flags.NonDisclosure, false
		}
		p.Checkups = p.Checkups[:0]
	})
	report := s.play(t)
	assert.Empty(t, wrongOf(t, report))
	assert.Empty(t, report.ErrorKinds)
	assert.NotEmpty(t, report.ChangedPersons)
	assert.Subset(t, changed, report.ChangedPersons)
}

// TestADayBrokenOffSetsTheModeBack: what was measured until then is reported.
func TestADayBrokenOffSetsTheModeBack(t *testing.T) {
	t.Parallel()
	s := inTown(t, tooLong)
	ctx, end := context.WithCancel(t.Context())
	defer end()
	s.config.Watch = func(p load.Progress) {
		if p.Sent > 20 {
			end()
		}
	}
	s.config.Every = time.Millisecond
	report := s.playIn(ctx, t)
	assert.False(t, report.Whole)
	assert.Positive(t, report.Sent)
	assert.Zero(t, report.Wrong)
	assert.Empty(t, report.ErrorKinds, "what was on its way when the day was broken off is no error")

	s = inTown(t, shortDay)
	ctx, end = context.WithCancel(t.Context())
	defer end()
	s.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/disaster/searches") && len(s.modesSet()) > 0 {
			end()
		}
		return false
	}
	assert.False(t, s.playIn(ctx, t).Whole)
	mode, err := s.world.Mode(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "normal", mode.Mode)
	assert.Equal(t, []string{"disaster", "normal"}, s.modesSet())
}

func (s *town) modesSet() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.modes)
}

// TestErrorsAreCountedByKind: a server that is busy, or hangs up, answers nothing that could be wrong.
func TestErrorsAreCountedByKind(t *testing.T) {
	t.Parallel()
	s := inTown(t, shortDay)
	var asked atomic.Int64
	s.before = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/certificate-checks") {
			return false
		}
		switch asked.Add(1) % 10 {
		case 0:
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte(`{"code": "SIM-BUSY"}`))
		case 1:
			panic(http.ErrAbortHandler)
		default:
			return false
		}
		return true
	}
	report := s.play(t)
	codes := map[string]int{}
	for _, kind := range report.ErrorKinds {
		codes[kind.Code] += kind.Count
	}
	assert.Positive(t, codes["503 SIM-BUSY"])
	assert.Positive(t, codes["connection broken"])
	assert.Len(t, codes, 2)
	assert.Equal(t, codes["503 SIM-BUSY"]+codes["connection broken"], report.Errors)
	assert.Zero(t, report.Wrong)
}

// TestASlowAnswerIsMeasuredByAllWhoWait: while one connection is kept waiting, those who come meanwhile are late, and are
// measured from when they came.
func TestASlowAnswerIsMeasuredByAllWhoWait(t *testing.T) {
	t.Parallel()
	s := inTown(t, 2*time.Second)
	s.config.Connections, s.config.Scale = 1, 0.00005
	const stall = 300 * time.Millisecond
	var once atomic.Bool
	s.before = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/card-reads") && once.CompareAndSwap(false, true) {
			time.Sleep(stall)
		}
		return false
	}
	report := s.play(t)
	all := report.Kinds[len(report.Kinds)-1]
	slow := 0
	for _, kind := range report.Kinds {
		if kind.Kind != "all" && kind.Max >= 100 {
			slow++
		}
	}
	assert.GreaterOrEqual(t, all.Max, 300.0)
	assert.Greater(t, slow, 1, "others waited too")
}

func TestWhatCannotBePlayed(t *testing.T) {
	t.Parallel()
	s := inTown(t, shortDay)
	for says, change := range map[string]func(*load.Config){
		"scale 0":        func(c *load.Config) { c.Scale = 0 },
		"scale 1.5":      func(c *load.Config) { c.Scale = 1.5 },
		"duration 1ms":   func(c *load.Config) { c.Duration = time.Millisecond },
		"connections -1": func(c *load.Config) { c.Connections = -1 },
	} {
		config := s.config
		change(&config)
		_, err := load.Play(t.Context(), config)
		assert.ErrorContains(t, err, says)
	}
}
