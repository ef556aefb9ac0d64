package simtest

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"onshisim/client"
	"onshisim/sim/web"
)

// Simulator is a running simulator with listeners of its own on this machine.
type Simulator struct {
	PublicURL    string // of the national systems, in the first world; of another world it is World.URL
	ControlURL   string // of the control plane
	ControlToken string // what the control plane wants as a bearer token

	http  *http.Client
	first *World
	stop  func() error
	logs  func() string

	mu    sync.Mutex
	named map[string]int // how many worlds a test has made, by the name of the test
}

// grace is how long the simulator may take to answer when it begins or when worlds go.
const grace = 30 * time.Second

// newSimulator is one that answers at these URLs already, without its first world.
func newSimulator(publicURL, controlURL, token string) *Simulator {
	return &Simulator{
		PublicURL: publicURL, ControlURL: controlURL, ControlToken: token,
		http:  &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		named: map[string]int{},
	}
}

// Plane is the control plane, for what no helper does.
func (s *Simulator) Plane() *client.Plane {
	return &client.Plane{URL: s.ControlURL, Token: s.ControlToken, HTTP: s.http}
}

// World is the first world, whose paths name no world. All who know the simulator share it: for arranging persons and flags
// a test does better with NewWorld.
func (s *Simulator) World() *World { return s.first }

// Logs is what the simulator has logged: nothing as long as it only refuses what is to be refused.
func (s *Simulator) Logs() string { return s.logs() }

// Close ends the simulator: requests that run may finish, for 8 s. Run and Container do it when the test ends.
func (s *Simulator) Close() error {
	s.http.CloseIdleConnections()
	return s.stop()
}

// open makes the first world.
func (s *Simulator) open(ctx context.Context, from client.Source) (err error) {
	s.first, err = s.make(ctx, web.DefaultWorld, from)
	return err
}

// endWith ends the simulator with the test, and prints what it logged if the test failed.
func (s *Simulator) endWith(t TB) {
	t.Cleanup(func() {
		t.Helper()
		if logged := s.Logs(); t.Failed() && logged != "" {
			t.Logf("simtest: the simulator's log:\n%s", logged)
		}
		if err := s.Close(); err != nil {
			t.Errorf("simtest: end the simulator: %v", err)
		}
	})
}

// failed joins an error at the start with that of giving up.
func (s *Simulator) failed(err error) error {
	if closing := s.Close(); closing != nil {
		return fmt.Errorf("%w (and then: %w)", err, closing)
	}
	return err
}
