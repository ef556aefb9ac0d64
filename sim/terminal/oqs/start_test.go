package oqs_test

import (
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/sim/terminal/oqs"
)

// TestRequestsFoundAtStart are answered.
func TestRequestsFoundAtStart(t *testing.T) {
	t.Parallel()
	s := newSimulator(t)
	s.makeWorld(t)
	x := &terminal{s, t.TempDir()}
	x.drop(t, "OQSsiquc01req_early.xml", []byte(yuko))
	x.run(t)
	assert.Contains(t, x.await(t, "res", "OQSsiquc01res_early.xml"), "有効　優子")
}

// TestSimulatorAway: requests wait for it, and for its world, and for the institution in it.
func TestSimulatorAway(t *testing.T) {
	t.Parallel()
	s := newSimulator(t)
	x := &terminal{s, t.TempDir()}
	network := away{s.Client.Transport, make(chan struct{})}
	through := &http.Client{Transport: network}
	told := make(chan string, 100)
	x.run(t, func(c *oqs.Config) {
		c.HTTP = through
		c.Desk = (&client.Plane{URL: s.ControlURL, HTTP: through}).World("default").Terminal(hospital)
		c.Logger = telling(told)
	})
	x.drop(t, "OQSsiquc01req_1.xml", []byte(yuko))
	assert.Contains(t, <-told, "wait")
	close(network.is)
	s.makeWorld(t)
	assert.Contains(t, x.await(t, "res", "OQSsiquc01res_1.xml"), "有効　優子")
	assert.Contains(t, <-told, "again")
}

// TestWorldMadeAnew: its tokens may be others.
func TestWorldMadeAnew(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.ask(t, "OQSsiquc01", "1", yuko)
	require.NoError(t, x.world.Delete(t.Context()))
	_, err := x.world.Create(t.Context(), client.Source{Scenario: "base"})
	require.NoError(t, err)
	assert.Equal(t, "4", text(x.ask(t, "OQSsiquc01", "2", yuko), "QualificationValidity"), "she is not in this world")
}

// TestSlowClient: a request that is written under its name is read when it is whole.
func TestSlowClient(t *testing.T) {
	t.Parallel()
	x := start(t, func(c *oqs.Config) { c.Interval = eventually }) // it is told of every write
	file, err := os.Create(x.path("req", "OQSsiquc01req_slow.xml"))
	require.NoError(t, err)
	for i := range 4 {
		_, err = file.WriteString(yuko[i*len(yuko)/4 : (i+1)*len(yuko)/4])
		require.NoError(t, err)
		require.NoError(t, file.Sync())
	}
	require.NoError(t, file.Close())
	assert.Contains(t, x.await(t, "res", "OQSsiquc01res_slow.xml"), "有効　優子")
}

// TestSameNameAgain: the answer takes the place of the one before.
func TestSameNameAgain(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.ask(t, "OQSsiquc01", "1", yuko)
	x.gone(t, "OQSsiquc01req_1.xml")
	x.drop(t, "OQSsiquc01req_1.xml", []byte(eligibility("6602", "66020", "00", "19700202")))
	require.Eventually(t, func() bool {
		return text(x.await(t, "res", "OQSsiquc01res_1.xml"), "QualificationValidity") == "2"
	}, eventually, tick)
}

// TestFoldersAreMade, and one that can't be is named.
func TestFoldersAreMade(t *testing.T) {
	t.Parallel()
	x := start(t)
	for _, folder := range []string{"req", "res", "face"} {
		assert.DirExists(t, x.path(folder))
	}
	other := &terminal{x.simulator, t.TempDir()}
	require.NoError(t, os.WriteFile(other.path("res"), nil, 0o644))
	_, err := oqs.Open(other.config())
	assert.ErrorContains(t, err, "folder res")
}
