package conformance_test

import "strings"

// page13 is P.13: what becomes of the information of insurers A, B and C (for the initial registration: of the person) by
// where one of the flags is set. The person went from A to B to C, and is still a member of all three, so that the
// information of each can be seen by card.
var page13 = []struct {
	rule string
	flag flags
	want string // the flag at nobody, A, B, C, A and B, A and C, B and C, all
	information
	screen
}{
	// P13-1: 資格情報等では、最新の保険者の自己情報提供不可フラグが、すべての保険者の情報に効く。
	//                         –   A   B   C   AB  AC  BC  ABC
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", portalEligibility, portal},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", cardEligibility, institution},
	{"P13-1", selfInformation, "yyy yyy yyy aaa yyy aaa aaa aaa", certEligibility, institution},
	{"P13-1", selfInformation, "yyy yyy yyy aaa yyy aaa aaa aaa", disasterEligibility, institution},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", medicines, portal},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", medicines, institution},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", medicines, disasterScreen},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", checkups, portal},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", checkups, institution},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", checkups, disasterScreen},
	{"P13-1", selfInformation, "yyy yyy yyy nnn yyy nnn nnn nnn", expenses, portal},

	// P13-2: 過去を含むどれかの保険者の不開示該当フラグが、すべての保険者の情報に効く。
	//                       –   A   B   C   AB  AC  BC  ABC
	{"P13-2", nonDisclosure, "yyy aaa aaa aaa aaa aaa aaa aaa", certEligibility, institution},
	{"P13-2", nonDisclosure, "yyy aaa aaa aaa aaa aaa aaa aaa", disasterEligibility, institution},
	{"P12-3", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", portalEligibility, portal},
	{"P12-4", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", cardEligibility, institution},
	{"P12-7", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", medicines, portal},
	{"P12-7", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", medicines, institution},
	{"P12-7", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", medicines, disasterScreen},
	{"P12-8", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", checkups, portal},
	{"P12-8", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", checkups, institution},
	{"P12-8", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", checkups, disasterScreen},
	{"P12-9", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", expenses, portal},

	// P13-3: 自己情報では、設定した保険者の情報だけに効く。
	//                         –   A   B   C   AB  AC  BC  ABC
	{"P13-3", selfInformation, "yyy nyy yny yyn nny nyn ynn nnn", selfEligibility, portal},
	{"P13-3", selfInformation, "yyy nyy yny yyn nny nyn ynn nnn", selfBenefits, portal},
	{"P6-8", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", selfEligibility, portal},
	{"P6-8", nonDisclosure, "yyy yyy yyy yyy yyy yyy yyy yyy", selfBenefits, portal},

	// P13-4: 初回登録の可否は、最新の保険者の自己情報提供不可フラグで決まる。
	//                         –A B C ABACBCABC
	{"P13-4", selfInformation, "y y y n y n n n", registration, portal},
	{"P12-1", nonDisclosure, "y y y y y y y y", registration, portal},

	// P13-5: やりとり履歴では、設定した保険者の記録だけに効く。
	//                       –   A   B   C   AB  AC  BC  ABC
	{"P13-5", nonDisclosure, "yyy nyy yny yyn nny nyn ynn nnn", historyEligibility, portal},
	{"P13-5", nonDisclosure, "yyy nyy yny yyn nny nyn ynn nnn", historyBenefits, portal},
	{"P13-5", nonDisclosure, "yyy nyy yny yyn nny nyn ynn nnn", historyCheckups, portal},
	{"P6-8", selfInformation, "yyy yyy yyy yyy yyy yyy yyy yyy", historyBenefits, portal},
}

// flagsAt is the person of P.13 with these flags at A, B and C.
func flagsAt(a, b, c flags) situation {
	return situation{members: []membership{
		{insurer: "A", acquired: "2015-04-01", flags: a},
		{insurer: "B", acquired: "2018-04-01", flags: b},
		{insurer: "C", acquired: "2020-04-01", flags: c},
	}}
}

func page13Cells() []cell {
	columns := []string{"nobody", "A", "B", "C", "A,B", "A,C", "B,C", "A,B,C"}
	names := map[flags]string{nonDisclosure: "non-disclosure flag at ", selfInformation: "self-information flag at "}
	var cells []cell
	for _, line := range page13 {
		at := func(column, insurer string) flags {
			if strings.Contains(column, insurer) {
				return line.flag
			}
			return noFlag
		}
		for i, want := range strings.Fields(line.want) {
			column := columns[i]
			s := flagsAt(at(column, "A"), at(column, "B"), at(column, "C"))
			cells = append(cells, cell{line.rule, names[line.flag] + column, s, sight{line.information, line.screen}, want})
		}
	}
	return cells
}

// mixed is P.13 for both flags, each set by one insurer: the stricter of what either does alone.
var mixed = []struct {
	rule string
	want string
	information
	screen
}{
	//        不開示 A A A B B B C C C
	//        自己   A   B   C   A   B   C   A   B   C
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", portalEligibility, portal},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", cardEligibility, institution},
	{"P13-2", "aaa aaa aaa aaa aaa aaa aaa aaa aaa", certEligibility, institution},
	{"P13-2", "aaa aaa aaa aaa aaa aaa aaa aaa aaa", disasterEligibility, institution},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", medicines, portal},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", medicines, institution},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", medicines, disasterScreen},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", checkups, portal},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", checkups, institution},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", checkups, disasterScreen},
	{"P13-1", "yyy yyy nnn yyy yyy nnn yyy yyy nnn", expenses, portal},
	{"P13-3", "nyy yny yyn nyy yny yyn nyy yny yyn", selfEligibility, portal},
	{"P13-4", "y   y   n   y   y   n   y   y   n  ", registration, portal},
	{"P13-5", "nyy nyy nyy yny yny yny yyn yyn yyn", historyBenefits, portal},
}

func mixedCells() []cell {
	var cells []cell
	for _, line := range mixed {
		for i, want := range strings.Fields(line.want) {
			set := [3]flags{}
			set[i/3] |= nonDisclosure
			set[i%3] |= selfInformation
			title := "non-disclosure flag at " + string("ABC"[i/3]) + " and self-information flag at " + string("ABC"[i%3])
			cells = append(cells, cell{line.rule, title, flagsAt(set[0], set[1], set[2]), sight{line.information, line.screen}, want})
		}
	}
	return cells
}
