package scenario

import (
	"slices"

	"onshisim/sim/guidance"
)

// Coverage says of one rule which scenarios show it.
type Coverage struct {
	Rule    guidance.Rule
	Cases   []string // the scenarios, by name
	Verdict Verdict  // passed if all of them hold; notPlayed if there is none
}

// RuleCoverage goes through all rules of the notice, in its order.
func RuleCoverage(results []Result) []Coverage {
	covered := make([]Coverage, 0, len(guidance.Rules()))
	for _, rule := range guidance.Rules() {
		c := Coverage{Rule: rule, Verdict: NotPlayed}
		for _, r := range results {
			if !slices.Contains(rulesOf(r.Scenario), rule.ID) {
				continue
			}
			c.Cases = append(c.Cases, r.Scenario.Name)
			switch {
			case !r.Passed():
				c.Verdict = Failed
			case c.Verdict == NotPlayed:
				c.Verdict = Passed
			}
		}
		covered = append(covered, c)
	}
	return covered
}

// rulesOf lists the rules of a scenario and of its steps, in the notice's order.
func rulesOf(s *Scenario) []string {
	cited := slices.Clone(s.Rules)
	for _, step := range s.Steps {
		cited = append(cited, step.Rules...)
	}
	return inOrder(cited)
}

// inOrder gives rules once each, in the notice's order.
func inOrder(cited []string) []string {
	rules := []string{}
	for _, rule := range guidance.Rules() {
		if slices.Contains(cited, rule.ID) {
			rules = append(rules, rule.ID)
		}
	}
	return rules
}
