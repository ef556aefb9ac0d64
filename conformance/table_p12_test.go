package conformance_test

import "strings"

// page12 is P.12, line by line in the notice's order, at every place: what becomes of the information of a person with
// one membership, by the flags that it has. With both the stricter outcome counts.
var page12 = []struct {
	rule string
	want string // without a flag, non-disclosure flag, self-information flag, both
	information
	screen
}{
	//        –  不 自 両
	{"P12-1", "y y n n", selfEligibility, portal},
	{"P12-1", "- - - -", selfEligibility, institution},
	{"P12-1", "y y n n", registration, portal}, // 初回紐付も不可
	{"P12-1", "- - - -", registration, institution},
	{"P12-2", "y n y n", historyBenefits, portal},
	{"P12-2", "- - - -", historyBenefits, institution},
	{"P12-3", "y y n n", portalEligibility, portal},
	{"P12-3", "- - - -", portalEligibility, institution},
	{"P12-4", "- - - -", cardEligibility, portal},
	{"P12-4", "y y n n", cardEligibility, institution}, // 対策②
	{"P12-5", "- - - -", certEligibility, portal},
	{"P12-5", "y a a a", certEligibility, institution}, // 対策③
	{"P12-6", "- - - -", disasterEligibility, portal},
	{"P12-6", "y a a a", disasterEligibility, institution}, // 対策④
	{"P12-7", "y y n n", medicines, portal},                // 対策①
	{"P12-7", "y y n n", medicines, institution},           // 対策②
	{"P12-7", "y y n n", medicines, disasterScreen},
	{"P12-8", "y y n n", checkups, portal},      // 対策①
	{"P12-8", "y y n n", checkups, institution}, // 対策②
	{"P12-8", "y y n n", checkups, disasterScreen},
	{"P12-9", "y y n n", expenses, portal}, // 対策①
	{"P12-9", "- - - -", expenses, institution},
	{"P12-9", "- - - -", expenses, disasterScreen},
}

func page12Cells() []cell {
	columns := []struct {
		title string
		flags flags
	}{
		{"no flag", noFlag}, {"non-disclosure flag", nonDisclosure}, {"self-information flag", selfInformation}, {"both flags", bothFlags},
	}
	var cells []cell
	for _, line := range page12 {
		for i, want := range strings.Fields(line.want) {
			s := situation{members: []membership{{insurer: "A", acquired: "2015-04-01", flags: columns[i].flags}}}
			cells = append(cells, cell{line.rule, columns[i].title, s, sight{line.information, line.screen}, want})
		}
	}
	return cells
}
