// Package guidance is the catalogue of the rules that the simulator follows, under the ids by which code, fixtures,
// tests and answers of the control plane cite them.
//
// They come from the notice (事務連絡)
// 「医療保険者等向け中間サーバー等における不開示該当フラグ・自己情報提供不可フラグによるオンライン資格確認等システム関連情報の制御および運用例の送付について」,
// with which the ministry told the insurers what the two DV flags do and how to use them: its attached slides
// 「DVフラグによるオンライン資格確認等システム関連情報の制御」 and its sheet of questions and answers. An id names the
// place: P12-7 is the seventh rule of slide 12, P12-e the fifth of the lists of items there, QA-3 the third question. An
// id never changes its meaning.
package guidance

import "slices"

// Rule is one rule of the notice.
type Rule struct {
	ID   string // as in P12-7 or QA-3
	Page int    // page of the slides; 0 for the sheet of questions and answers
	Text string // what it says, in one Japanese sentence of our own
}

// Rules gives all rules in the notice's order: the slides by page, then the questions. The slice is the caller's own.
func Rules() []Rule {
	return slices.Clone(catalogue)
}

// Find gives the rule with an id; ok is false when there is none.
func Find(id string) (rule Rule, ok bool) {
	at := slices.IndexFunc(catalogue, func(r Rule) bool { return r.ID == id })
	if at < 0 {
		return Rule{}, false
	}
	return catalogue[at], true
}
