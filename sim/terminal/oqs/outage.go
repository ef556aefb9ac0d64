package oqs

import (
	"log/slog"
	"sync"
)

// outage is the time in which nothing can be answered, as a rule because the simulator is away. Its beginning and its end are
// told, once each; within it, one request in every round tries whether it is over.
type outage struct {
	logger *slog.Logger

	mu      sync.Mutex
	is      bool
	resting bool // somebody tried in this round, in vain
}

// begins says that something could not be answered.
func (o *outage) begins(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.resting = true
	if !o.is {
		o.is = true
		o.logger.Warn("requests wait: they can't be answered now", "error", err)
	}
}

// ends says that something was answered.
func (o *outage) ends() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.resting = false
	if o.is {
		o.is = false
		o.logger.Info("requests are answered again")
	}
}

// rests says whether it is of no use to try in this round.
func (o *outage) rests() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.resting
}

// wakes begins another round.
func (o *outage) wakes() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.resting = false
}
