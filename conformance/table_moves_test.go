package conformance_test

import "slices"

// at is a membership of tables that need more than A, B and C in a row.
func at(insurer, acquired string, set flags) membership {
	return membership{insurer: insurer, acquired: acquired, flags: set}
}

// backAtA is a person who came back to insurer A under a new personal insured number.
func backAtA(first, second, third flags) situation {
	return situation{members: []membership{
		at("A", "2015-04-01", first), at("B", "2018-04-01", second), at("A", "2020-04-01", third),
	}}
}

// lostAt is the person of P.13 when each former membership has ended: only the last one is in force.
func lostAt(a, b, c flags) situation {
	s := flagsAt(a, b, c)
	s.members[0].lost, s.members[1].lost = "2018-04-01", "2020-04-01"
	return s
}

// lifting is the person of P.13 after flags were set and some of them lifted again.
func lifting(s situation, a, b, c flags) situation {
	s.members[0].lifted, s.members[1].lifted, s.members[2].lifted = a, b, c
	return s
}

// in is a sight.
func in(i information, s screen) sight { return sight{i, s} }

// on is a person with these memberships, seen on a day.
func on(today string, members ...membership) situation {
	return situation{members: members, today: today}
}

// movesCells are memberships that come back, overlap, begin later or on one day, and flags that were lifted.
func movesCells() []cell {
	return slices.Concat(newNumberCells(), latestCells(), orderCells(), formerFlagCells(), liftedCells())
}

// newNumberCells quote QA-6: フラグは個人単位被保険者番号ごとに設定し、マイナンバーごとではない。
func newNumberCells() []cell {
	newNumber := backAtA(selfInformation, noFlag, noFlag)
	newNumberFlagged := backAtA(noFlag, noFlag, selfInformation)
	newNumberHidden := backAtA(nonDisclosure, noFlag, noFlag)
	return []cell{
		{"QA-6", "self-information flag at A's first number", newNumber, in(selfEligibility, portal), "nyy"},
		{"QA-6", "self-information flag at A's first number", newNumber, in(cardEligibility, institution), "yyy"},
		{"QA-6", "self-information flag at A's first number", newNumber, in(registration, portal), "y"},
		{"QA-6", "self-information flag at A's new number", newNumberFlagged, in(selfEligibility, portal), "yyn"},
		{"QA-6", "self-information flag at A's new number", newNumberFlagged, in(cardEligibility, institution), "nnn"},
		{"QA-6", "self-information flag at A's new number", newNumberFlagged, in(registration, portal), "n"},
		{"QA-6", "non-disclosure flag at A's first number", newNumberHidden, in(historyBenefits, portal), "nyy"},
		{"P13-2", "non-disclosure flag at A's first number", newNumberHidden, in(certEligibility, institution), "aaa"},
	}
}

// latestCells say that the latest insurer has the latest acquisition that is not in the future (P13, readings).
func latestCells() []cell {
	future := on("2021-04-30", at("A", "2015-04-01", noFlag), at("B", "2021-05-01", selfInformation))
	begun := on("2021-05-01", at("A", "2015-04-01", noFlag), at("B", "2021-05-01", selfInformation))
	flaggedUntil := on("2021-04-30", at("A", "2015-04-01", selfInformation), at("B", "2021-05-01", noFlag))
	flaggedNoMore := on("2021-05-01", at("A", "2015-04-01", selfInformation), at("B", "2021-05-01", noFlag))
	return []cell{
		{"P13-1", "the flagged insurer begins tomorrow", future, in(cardEligibility, institution), "y?"},
		{"P13-1", "the flagged insurer begins tomorrow", future, in(portalEligibility, portal), "y?"},
		{"P13-1", "the flagged insurer begins tomorrow", future, in(medicines, disasterScreen), "y?"},
		{"P13-1", "the flagged insurer begins tomorrow", future, in(certEligibility, institution), "y?"},
		{"P13-4", "the flagged insurer begins tomorrow", future, in(registration, portal), "y"},
		{"P13-1", "the flagged insurer begins today", begun, in(cardEligibility, institution), "nn"},
		{"P13-1", "the flagged insurer begins today", begun, in(portalEligibility, portal), "nn"},
		{"P13-1", "the flagged insurer begins today", begun, in(certEligibility, institution), "aa"},
		{"P13-4", "the flagged insurer begins today", begun, in(registration, portal), "n"},
		{"P13-1", "the insurer after the flagged one begins tomorrow", flaggedUntil, in(cardEligibility, institution), "n?"},
		{"P13-1", "the insurer after the flagged one begins tomorrow", flaggedUntil, in(medicines, portal), "n?"},
		{"P13-1", "the insurer after the flagged one begins today", flaggedNoMore, in(cardEligibility, institution), "yy"},
		{"P13-1", "the insurer after the flagged one begins today", flaggedNoMore, in(medicines, portal), "yy"},
		{"P13-3", "the insurer after the flagged one begins today", flaggedNoMore, in(selfEligibility, portal), "ny"},
	}
}

// orderCells say that at equal dates the one registered last counts; otherwise the order of registration does not matter (P13, readings).
func orderCells() []cell {
	lastCounts := on("", at("A", "2020-04-01", noFlag), at("B", "2020-04-01", selfInformation))
	firstDoesNot := on("", at("A", "2020-04-01", selfInformation), at("B", "2020-04-01", noFlag))
	registeredFirst := on("", at("A", "2020-04-01", selfInformation), at("B", "2019-04-01", noFlag))
	registeredLate := on("", at("A", "2020-04-01", noFlag), at("B", "2019-04-01", selfInformation))
	return []cell{
		{"P13-1", "equal dates, flag at the one registered last", lastCounts, in(cardEligibility, institution), "nn"},
		{"P13-4", "equal dates, flag at the one registered last", lastCounts, in(registration, portal), "n"},
		{"P13-1", "equal dates, flag at the one registered first", firstDoesNot, in(cardEligibility, institution), "yy"},
		{"P13-4", "equal dates, flag at the one registered first", firstDoesNot, in(registration, portal), "y"},
		{"P13-1", "flag at the latest, registered first", registeredFirst, in(cardEligibility, institution), "nn"},
		{"P13-4", "flag at the latest, registered first", registeredFirst, in(registration, portal), "n"},
		{"P13-1", "flag at the former, registered last", registeredLate, in(cardEligibility, institution), "yy"},
		{"P13-4", "flag at the former, registered last", registeredLate, in(registration, portal), "y"},
	}
}

// formerFlagCells quote P13-2 and QA-4: 異動前の保険者のフラグも、そこで解除するまで効く。
func formerFlagCells() []cell {
	formerHides := lostAt(nonDisclosure, noFlag, noFlag)
	latestBlocks := lostAt(noFlag, noFlag, selfInformation)
	onlyEnded := on("", membership{insurer: "A", acquired: "2015-04-01", lost: "2020-04-01", flags: bothFlags})
	lifted := lifting(lostAt(noFlag, noFlag, noFlag), nonDisclosure, noFlag, noFlag)
	liftedAtC := lifting(lostAt(nonDisclosure, noFlag, noFlag), noFlag, noFlag, nonDisclosure)
	return []cell{
		{"P13-2", "non-disclosure flag at A, which was left", formerHides, in(certEligibility, institution), "aaa"},
		{"P13-2", "non-disclosure flag at A, which was left", formerHides, in(disasterEligibility, institution), "??a"},
		{"P12-4", "non-disclosure flag at A, which was left", formerHides, in(cardEligibility, institution), "??y"},
		{"P13-5", "non-disclosure flag at A, which was left", formerHides, in(historyBenefits, portal), "nyy"},
		{"P13-1", "self-information flag at C, A and B were left", latestBlocks, in(portalEligibility, portal), "nnn"},
		{"P13-1", "self-information flag at C, A and B were left", latestBlocks, in(certEligibility, institution), "aaa"},
		{"P13-1", "self-information flag at C, A and B were left", latestBlocks, in(medicines, portal), "nnn"},
		{"P13-1", "self-information flag at C, A and B were left", latestBlocks, in(checkups, institution), "nnn"},
		{"P13-1", "the only membership ended", onlyEnded, in(cardEligibility, institution), "n"},
		{"P13-1", "the only membership ended", onlyEnded, in(certEligibility, institution), "a"},
		{"P13-1", "the only membership ended", onlyEnded, in(medicines, disasterScreen), "n"},
		{"QA-4", "non-disclosure flag lifted at A, which was left", lifted, in(certEligibility, institution), "yyy"},
		{"QA-4", "non-disclosure flag lifted at A, which was left", lifted, in(disasterEligibility, institution), "??y"},
		{"QA-4", "non-disclosure flag lifted at A, which was left", lifted, in(historyBenefits, portal), "yyy"},
		{"QA-4", "non-disclosure flag lifted at C but not at A", liftedAtC, in(certEligibility, institution), "aaa"},
		{"QA-4", "non-disclosure flag lifted at C but not at A", liftedAtC, in(historyBenefits, portal), "nyy"},
	}
}

// liftedCells quote P11-3, P15-2 and P9-2: 自己情報提供不可フラグの解除後は閲覧も初回登録もできる。
func liftedCells() []cell {
	liftedSelf := lifting(flagsAt(noFlag, noFlag, noFlag), noFlag, noFlag, selfInformation)
	liftedOne := lifting(flagsAt(noFlag, noFlag, nonDisclosure), noFlag, noFlag, selfInformation)
	return []cell{
		{"P11-3", "self-information flag lifted", liftedSelf, in(registration, portal), "y"},
		{"P11-3", "self-information flag lifted", liftedSelf, in(cardEligibility, institution), "yyy"},
		{"P11-3", "self-information flag lifted", liftedSelf, in(portalEligibility, portal), "yyy"},
		{"P11-3", "self-information flag lifted", liftedSelf, in(selfEligibility, portal), "yyy"},
		{"P9-2", "self-information flag lifted, non-disclosure flag still set", liftedOne, in(certEligibility, institution), "aaa"},
		{"P9-2", "self-information flag lifted, non-disclosure flag still set", liftedOne, in(cardEligibility, institution), "yyy"},
		{"P15-2", "self-information flag lifted, non-disclosure flag still set", liftedOne, in(registration, portal), "y"},
	}
}
