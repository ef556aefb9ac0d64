// Package conformance is the notice as cases typed by hand: every line of pages 12 and 13, and every other rule that can
// be seen from outside, under the id of the rule it quotes. The same cases examine the rule core, the program in process,
// and a server at a URL:
//
//	go test ./conformance -url http://127.0.0.1:8080 -control-url http://127.0.0.1:8081
//
// With -mutant and the name of a wrong policy (sim mutants lists them) every world answers by it, and some test fails.
//
// Expectations come from the notice, never from the code under test.
package conformance
