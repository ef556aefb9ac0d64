// Package simtest runs the simulator for tests of systems around online eligibility verification (オンライン資格確認等システム).
//
// Run starts it in the test's own process, Container starts its image; both give the same Simulator. A test then makes a
// world of its own with NewWorld, arranges persons and flags in it, hands its URLs and tokens to the program under test,
// and asks what that program got and why: Journal and Verify for the requests, Explain for the table of page 12, Mutant to
// learn whether the test would notice an answer that breaks a rule.
//
// Worlds share nothing, so tests with worlds of their own run in parallel. Nothing in a world is random, and its clock moves
// by command only: what was arranged the same way answers the same, whatever the day.
//
// A helper that takes a test ends it with a sentence when what it was asked for can't be done. Nothing that a helper sets
// is undone but by Restore; a world of NewWorld is deleted when its test ends.
package simtest

import "context"

// TB is what the helpers need of a test: *testing.T, *testing.B, *testing.F and the T of pgregory.net/rapid have it.
type TB interface {
	Helper()
	Name() string
	Context() context.Context
	Cleanup(end func())
	Failed() bool
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}
