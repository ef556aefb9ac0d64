package disclosure

import "slices"

// Mutant is a policy that is wrong in one point, as an implementation might plausibly be. Whoever tests against it finds
// out whether the tests would notice.
type Mutant struct {
	Name     string // stable, in kebab case
	Rule     string // id of the rule that it breaks
	English  string // what it does instead
	Japanese string

	mutate func(p *Policy)
}

// Mutants are all wrong policies.
func Mutants() []Mutant {
	return slices.Concat(conditionMutants, recordMutants, cellMutants, continuityMutants)
}

// PolicyOf is the policy of the mutant with a name; Notice if there is none of that name.
func PolicyOf(name string) *Policy {
	if mutated, known := mutatedPolicies[name]; known {
		return mutated
	}
	return Notice
}

var mutatedPolicies = func() map[string]*Policy {
	policies := map[string]*Policy{}
	for _, m := range Mutants() {
		mutated := *Notice
		m.mutate(&mutated)
		policies[m.Name] = &mutated
	}
	return policies
}()
