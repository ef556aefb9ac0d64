package web_test

import (
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/web"
)

// A connection of the server ends what it does at the very instants at which the connection below would, however its
// deadlines are set, put off, brought forward and taken away while somebody reads.
func TestDeadlinesHold(t *testing.T) {
	t.Parallel()
	type step struct {
		After, Within time.Duration // Within: 0 is no deadline, below 0 one that has passed
	}
	second := func(least int) *rapid.Generator[time.Duration] {
		return rapid.Map(rapid.IntRange(least, 9), func(n int) time.Duration { return time.Duration(n) * time.Second })
	}
	steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{second(0).Draw(t, "after"), second(-2).Draw(t, "within")}
	}), 1, 12)
	rapid.Check(t, func(r *rapid.T) {
		play := steps.Draw(r, "steps")
		var plain, ours []time.Duration
		synctest.Test(t, func(t *testing.T) {
			one, other := net.Pipe()
			two, another := net.Pipe()
			began := time.Now()
			watch := func(conn net.Conn, ends *[]time.Duration) {
				for {
					_, err := conn.Read(make([]byte, 1))
					*ends = append(*ends, time.Since(began))
					if !os.IsTimeout(err) {
						return
					}
					time.Sleep(1501 * time.Millisecond)
				}
			}
			conns := []net.Conn{one, web.NewTimed(two)}
			go watch(conns[0], &plain)
			go watch(conns[1], &ours)
			for _, s := range play {
				time.Sleep(s.After)
				synctest.Wait()
				end := time.Now().Add(s.Within + 250*time.Millisecond) // at no instant at which anything else happens
				if s.Within == 0 {
					end = time.Time{}
				}
				for _, conn := range conns {
					require.NoError(t, conn.SetReadDeadline(end))
				}
			}
			time.Sleep(20 * time.Second)
			_, _ = other.Close(), another.Close()
			time.Sleep(2 * time.Second)
		})
		if len(plain) != len(ours) {
			r.Fatalf("ended at %v in place of %v", ours, plain)
		}
		for i := range plain {
			if plain[i] != ours[i] {
				r.Fatalf("ended at %v in place of %v", ours, plain)
			}
		}
	})
}

// An answer that its reader takes late, but in time, arrives whole.
func TestAWriteGoesOnBehindADeadlineThatWasPutOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		end, far := net.Pipe()
		conn := web.NewTimed(end)
		require.NoError(t, conn.SetWriteDeadline(time.Now().Add(2*time.Second)))
		require.NoError(t, conn.SetWriteDeadline(time.Now().Add(9*time.Second)))
		taken := make(chan string)
		go func() {
			text, part := "", make([]byte, 2)
			for len(text) < 6 {
				time.Sleep(2 * time.Second)
				n, _ := far.Read(part)
				text += string(part[:n])
			}
			taken <- text
		}()
		n, err := conn.Write([]byte("whole!"))
		require.NoError(t, err)
		require.Equal(t, 6, n)
		require.Equal(t, "whole!", <-taken)
		_, err = conn.Write([]byte("more"))
		require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	})
}
