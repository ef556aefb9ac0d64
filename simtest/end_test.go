package simtest_test

import (
	"net"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"onshisim/simtest"
)

// TestMain: no test here leaves a goroutine behind.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// TestNothingIsLeft: with the test end its simulator's goroutines and listeners, whether the test failed or not.
func TestNothingIsLeft(t *testing.T) { // not parallel: it counts goroutines
	for name, end := range map[string]func(t *fake){
		"passed": func(*fake) {},
		"failed": func(t *fake) { t.Fatalf("failed") },
	} {
		t.Run(name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			var s *simtest.Simulator
			f := recording(t, func(t *fake) {
				s = simtest.Run(t)
				w := s.NewWorld(t)
				w.LogIn(t, "card-ichiro-1", "1101")
				end(t)
			})
			require.Empty(t, f.errors)
			goleak.VerifyNone(t, before)
			for _, gone := range []string{s.PublicURL, s.ControlURL} {
				address, err := url.Parse(gone)
				require.NoError(t, err)
				_, err = net.Dial("tcp", address.Host)
				require.Error(t, err, "nobody listens at %s", gone)
			}
			require.NoError(t, s.Close(), "to close again does nothing")
		})
	}
}

// TestWorldGoesWithItsTest: those of others stay.
func TestWorldGoesWithItsTest(t *testing.T) {
	t.Parallel()
	s := simtest.Run(t)
	var own *simtest.World
	f := recording(t, func(t *fake) {
		own = s.NewWorld(t)
		own.Now(t)
	})
	require.Empty(t, f.errors+f.fatal)
	_, err := own.Control.Get(t.Context())
	require.ErrorContains(t, err, "SIM-WORLD-404")
	worlds, err := s.Plane().Worlds(t.Context())
	require.NoError(t, err)
	require.Len(t, worlds, 1)
}

// TestStartThatFailsLeavesNothing: neither listeners nor goroutines.
func TestStartThatFailsLeavesNothing(t *testing.T) { // not parallel: it counts goroutines
	before := goleak.IgnoreCurrent()
	_, err := simtest.Start(t.Context(), simtest.Scenario("none"))
	require.ErrorContains(t, err, `no scenario "none"`)
	goleak.VerifyNone(t, before)
}
