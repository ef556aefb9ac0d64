package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	writers      = 4  // they share two members
	acksPerRound = 60 // then the program is killed
)

// member is somebody whose flags are set and lifted.
type member struct{ number, token string }

var members = [2]member{{"0699001410011000101", "insurer-a-token"}, {"3999001500006006", "insurer-d-token"}}

// flags is what an insurer reads of its member.
type flags struct {
	NonDisclosure          bool
	SelfInformationBlocked bool
	History                []struct {
		Reason string
		Change struct{ NonDisclosure, SelfInformationBlocked *bool }
	}
}

// TestAcknowledgedWritesSurviveAKill: whatever had an answer is there when the store is opened again, in its order;
// what had none is there as a whole or not at all.
func TestAcknowledgedWritesSurviveAKill(t *testing.T) {
	t.Parallel()
	t.Run("of the program on a file", func(t *testing.T) {
		t.Parallel()
		survivesKills(t, 6, "--data", filepath.Join(t.TempDir(), "sim.db"))
	})
	t.Run("of the program on a database", func(t *testing.T) {
		t.Parallel()
		survivesKills(t, 4, "--postgres", newDatabase(t).url)
	})
	t.Run("of the database", func(t *testing.T) {
		t.Parallel()
		d := newDatabase(t)
		s := serve(t, "--postgres", d.url)
		s.MayFail = true
		all := &ledger{}
		for round := range 3 {
			all.holds(t, s)
			writeUntil(t, s, all, round, d.kill)
			d.start(t)
		}
		all.holds(t, s)
		s.stop(t)
		all.holds(t, serve(t, "--postgres", d.url))
	})
}

// survivesKills kills a simulator round after round.
func survivesKills(t *testing.T, rounds int, store ...string) {
	t.Helper()
	all := &ledger{}
	for round := range rounds {
		s := serve(t, store...)
		all.holds(t, s)
		writeUntil(t, s, all, round, func() { _ = s.Process.Kill() })
		s.Wait(t)
	}
	s := serve(t, store...)
	all.holds(t, s)
	s.stop(t)
	all.holds(t, serve(t, store...)) // after a good end, too
}

// ledger is what was sent and what was acknowledged, each in its order.
type ledger struct {
	mu    sync.Mutex
	sent  map[string]bool     // every reason ever sent, with the flags it set
	acked [writers][]string   // per writer
	reads []string            // ids of card reads
	acks  int                 // in this round
	kill  func()              // called when they are enough
	found [len(members)]flags // when last looked at
}

func (l *ledger) sending(reason string, on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.sent == nil {
		l.sent = map[string]bool{}
	}
	l.sent[reason] = on
}

// acknowledged notes that something is safe.
func (l *ledger) acknowledged(note func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	note()
	if l.acks++; l.acks == acksPerRound {
		l.kill()
	}
}

// writeUntil lets everybody write until something is killed under their hands.
func writeUntil(t *testing.T, s *simulator, all *ledger, round int, kill func()) {
	t.Helper()
	all.acks, all.kill = 0, kill
	var everybody sync.WaitGroup
	for writer := range writers {
		everybody.Go(func() { setAndLift(t.Context(), s, all, writer, round) })
	}
	everybody.Go(func() { readCards(t.Context(), s, all) })
	everybody.Wait()
	require.GreaterOrEqual(t, all.acks, acksPerRound, "it ended by itself: %s", s.Stderr.String())
}

// setAndLift acts on a member's flags, both at once, until there is no answer any more.
func setAndLift(ctx context.Context, s *simulator, all *ledger, writer, round int) {
	of := members[writer%len(members)]
	for n := 0; ; n++ {
		reason, on := fmt.Sprintf("writer %d, round %d, act %d", writer, round, n), n%2 == 0
		all.sending(reason, on)
		a, err := send(ctx, request{
			method: http.MethodPatch, url: s.public + "/intermediate/members/" + of.number + "/flags", token: of.token,
			body: fmt.Sprintf(`{"nonDisclosure":%t,"selfInformationBlocked":%[1]t,"appliedOn":"2021-04-01","reason":%q}`, on, reason),
		})
		if err != nil || a.status != http.StatusOK {
			return
		}
		all.acknowledged(func() { all.acked[writer] = append(all.acked[writer], reason) })
	}
}

// readCards reads a card, a second later each time, so that each read has an id of its own.
func readCards(ctx context.Context, s *simulator, all *ledger) {
	for {
		a, err := send(ctx, request{method: http.MethodPost, url: s.control + "/worlds/default/clock/advance", body: `{"duration":"1s"}`})
		if err != nil || a.status != http.StatusOK {
			return
		}
		a, err = send(ctx, request{
			method: http.MethodPost, url: s.public + "/terminal/card-reads", token: "hospital-token", body: readCard("card-futaba-1", "5505"),
		})
		var read struct{ CardReadID string }
		if err != nil || a.status != http.StatusOK || json.Unmarshal([]byte(a.body), &read) != nil {
			return
		}
		all.acknowledged(func() { all.reads = append(all.reads, read.CardReadID) })
	}
}

// holds finds everything that was acknowledged, and nothing that is half done.
func (l *ledger) holds(t *testing.T, s *simulator) {
	t.Helper()
	for i, of := range members {
		a := must(t, request{method: http.MethodGet, url: s.public + "/intermediate/members/" + of.number + "/flags", token: of.token})
		require.Equal(t, http.StatusOK, a.status, a.body)
		var now flags
		require.NoError(t, json.Unmarshal([]byte(a.body), &now))
		l.holdsFor(t, i, now)
		if before := l.found[i].History; len(before) > 0 {
			require.GreaterOrEqual(t, len(now.History), len(before))
			assert.Equal(t, before, now.History[:len(before)], "the past has changed")
		}
		l.found[i] = now
	}
	for _, id := range l.reads {
		a := must(t, request{method: http.MethodGet, url: s.public + "/terminal/card-reads/" + id + "/medicines", token: "hospital-token"})
		require.Equal(t, http.StatusOK, a.status, "card read %s is lost: %s", id, a.body)
		require.Contains(t, a.body, "架空シロップ")
	}
}

func (l *ledger) holdsFor(t *testing.T, i int, now flags) {
	t.Helper()
	kept := [writers][]string{}
	on := false
	for _, entry := range now.History {
		var writer, round, n int
		_, err := fmt.Sscanf(entry.Reason, "writer %d, round %d, act %d", &writer, &round, &n)
		require.NoError(t, err, entry.Reason)
		set, sent := l.sent[entry.Reason]
		require.True(t, sent, "nobody sent %q", entry.Reason)
		require.Equal(t, i, writer%len(members), "%q stands at another's member", entry.Reason)
		require.NotNil(t, entry.Change.NonDisclosure)
		require.NotNil(t, entry.Change.SelfInformationBlocked)
		require.Equal(t, [2]bool{set, set}, [2]bool{*entry.Change.NonDisclosure, *entry.Change.SelfInformationBlocked})
		kept[writer] = append(kept[writer], entry.Reason)
		on = set
	}
	assert.Equal(t, [2]bool{on, on}, [2]bool{now.NonDisclosure, now.SelfInformationBlocked}, "the flags in force are not those of the last act")
	for writer := i; writer < writers; writer += len(members) {
		l.acked[writer] = withUnanswered(t, l.acked[writer], kept[writer])
	}
}

// withUnanswered is what is kept: all that was acknowledged, in its order, and after each round at most the one act that
// had no answer yet.
func withUnanswered(t *testing.T, acked, kept []string) []string {
	t.Helper()
	more := len(kept) - len(acked)
	require.True(t, more == 0 || more == 1, "%d acknowledged, %d kept", len(acked), len(kept))
	assert.Equal(t, acked, kept[:len(acked)], "not what was acknowledged: %s", strings.Join(kept, "; "))
	return kept
}
