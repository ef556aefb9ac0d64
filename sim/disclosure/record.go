package disclosure

// Record is one exchange record (情報提供等記録) as far as its disclosure goes.
type Record struct {
	Own               int  // index of the providing insurer's membership; -1 if none
	Item              Item // what was asked for
	Completed         bool // an inquiry was followed by a provision
	NonDisclosureCode bool // 不開示コード, given when the record was made, by either side (P6-2)
	InquirerFlag      bool // the inquirer's own non-disclosure flag for this person, in force now (P6-1)
}

// GivesCode says whether a record made now gets a non-disclosure code: if either side has its flag set (P6-2). The
// provider is the membership asked about, nil if there is none.
func (p *Policy) GivesCode(provider *Membership, item Item, inquirerFlag bool) bool {
	return p.codeGiven && (inquirerFlag && p.inquirerGivesCode || provider != nil && p.has(&provider.Flags, NonDisclosure, item))
}

// DecideRecord says whether Mynaportal's history shows an exchange record: not if its linkage did not complete (P6-5), nor
// if either the code or a flag is set (P6-4).
func (p *Policy) DecideRecord(r Record, today Date, memberships []Membership) Verdict {
	verdict := p.Decide(r.Question(today), memberships)
	if !r.Completed && p.incompleteHidden {
		verdict.withhold(Reason{Rule: "P6-5"})
	}
	if r.NonDisclosureCode && p.codeOutlivesFlag || r.InquirerFlag && p.inquirerFlagCounts {
		verdict.withhold(Reason{Flag: NonDisclosure, Rule: "P6-4"})
	}
	return verdict
}

// Question is what the table is asked about a record.
func (r *Record) Question(today Date) Question {
	return Question{View: ExchangeHistory, Place: Portal, Own: r.Own, Item: r.Item, Today: today}
}

func (v *Verdict) withhold(reason Reason) {
	v.Outcome = Withheld
	v.Reasons = append(v.Reasons, reason)
}
