package disclosure

// Policy is a way to answer: the table, and what the notice fixes beside it. Notice is the right one; those of mutants.go
// are wrong on purpose, each in one point.
type Policy struct {
	table      [len(table)]row
	conditions Condition // those that are asked for

	latest func(memberships []Membership, today Date) int       // whose membership is the latest
	both   func(nonDisclosure, selfInformation Outcome) Outcome // what the effects of the two flags come to; NotOffered: no effect
	own    func(a, b *Membership) bool                          // whether a flag of one membership is the other's own
	has    func(f *Flags, flag Flag, item Item) bool            // whether a flag is in force for an item
	stands func(m *Membership, today Date) bool                 // whether a membership's flags have effect on a day

	recordRules
}

// recordRules are what gives an exchange record its code (P6-2), and what hides it (P6-4, P6-5).
type recordRules struct {
	codeGiven, inquirerGivesCode, codeOutlivesFlag, inquirerFlagCounts, incompleteHidden bool
}

// Notice is the policy of the notice.
var Notice = &Policy{
	table:       table,
	conditions:  everyCondition,
	latest:      latestAcquired,
	both:        stricter,
	own:         sameNumber,
	has:         (*Flags).has,
	stands:      always,
	recordRules: recordRules{codeGiven: true, inquirerGivesCode: true, codeOutlivesFlag: true, inquirerFlagCounts: true, incompleteHidden: true},
}

// stricter makes the stricter cell count where both flags are in effect (P.12).
func stricter(nonDisclosure, selfInformation Outcome) Outcome {
	return max(nonDisclosure, selfInformation)
}

// sameNumber ties a flag to the personal insured number that it was set for (QA-6).
func sameNumber(a, b *Membership) bool { return a.PersonalInsuredNumber == b.PersonalInsuredNumber }

// always: a flag at a former insurer has effect until it is lifted there (P13-2, QA-4).
func always(*Membership, Date) bool { return true }
