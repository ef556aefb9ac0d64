package disclosure

// recordMutants take flags for single items, or exchange records, wrongly.
var recordMutants = []Mutant{
	{"item-flag-hides-all", "P6-1", "A flag for one item counts for the branch number as a whole.", "特定個人情報単位のフラグを枝番全体に効かせる。", func(p *Policy) { p.has = inForceForAny }},
	{"item-flag-ignored", "P6-1", "Flags for single items count for nothing.", "特定個人情報単位のフラグを無視する。", func(p *Policy) { p.has = inForceForAll }},
	{"inquirer-flag-ignored", "P6-1", "The inquirer's own flag hides no exchange record.", "情報照会者のフラグを、やりとり履歴で無視する。", func(p *Policy) { p.inquirerFlagCounts = false }},
	{"code-not-given", "P6-2", "Exchange records get no non-disclosure code.", "情報提供の記録に不開示コードを付けない。", func(p *Policy) { p.codeGiven = false }},
	{"code-by-provider-alone", "P6-2", "The inquirer's own flag gives exchange records no code.", "情報照会者のフラグでは、記録に不開示コードを付けない。", func(p *Policy) { p.inquirerGivesCode = false }},
	{"code-dropped-with-flag", "P6-4", "An exchange record shows again when the flag is lifted, whatever its code.", "フラグを解除すると、不開示コードのある記録も履歴に示す。", func(p *Policy) { p.codeOutlivesFlag = false }},
	{"incomplete-records-shown", "P6-5", "The exchange history shows inquiries without provision.", "提供のなかった照会も、やりとり履歴に示す。", func(p *Policy) { p.incompleteHidden = false }},
	{"checkups-not-flagged-alone", "P6-6", "Checkups go by the flags of the branch number as a whole alone.", "特定健診情報だけに設定したフラグを、特定健診情報等で無視する。", func(p *Policy) { p.table[Checkups].item = NoItem }},
}

func inForceForAll(f *Flags, flag Flag, _ Item) bool { return f.Whole&flag != 0 }

func inForceForAny(f *Flags, flag Flag, _ Item) bool {
	for _, set := range f.ByItem {
		if set&flag != 0 {
			return true
		}
	}
	return f.Whole&flag != 0
}
