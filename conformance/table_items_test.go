package conformance_test

import "slices"

// withItem is a person with one membership whose flag is set for one specific personal information alone.
func withItem(item string, set flags) situation {
	return situation{members: []membership{{insurer: "A", acquired: "2015-04-01", items: map[string]flags{item: set}}}}
}

// itemCells quote P6-1 and P6-6: 特定個人情報単位の設定は、その情報だけに効く。
func itemCells() []cell {
	return slices.Concat(blockedItemCells(), hiddenItemCells())
}

// blockedItemCells quote P6-6: the self-information flag for one item.
func blockedItemCells() []cell {
	const (
		eligibilityBlocked = "self-information flag for eligibility"
		benefitsBlocked    = "self-information flag for benefits"
		checkupsBlocked    = "self-information flag for checkups"
	)
	return []cell{
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(selfEligibility, portal), "n"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(registration, portal), "n"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(portalEligibility, portal), "n"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(cardEligibility, institution), "n"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(certEligibility, institution), "a"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(disasterEligibility, institution), "a"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(checkups, portal), "y"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(checkups, disasterScreen), "y"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(medicines, portal), "y"},
		{"P6-6", eligibilityBlocked, withItem("eligibility", selfInformation), in(expenses, portal), "y"},
		{"P6-8", eligibilityBlocked, withItem("eligibility", selfInformation), in(historyEligibility, portal), "y"},

		{"P6-6", benefitsBlocked, withItem("benefits", selfInformation), in(selfBenefits, portal), "n"},
		{"P6-6", benefitsBlocked, withItem("benefits", selfInformation), in(selfEligibility, portal), "y"},
		{"P6-6", benefitsBlocked, withItem("benefits", selfInformation), in(registration, portal), "y"},
		{"P6-6", benefitsBlocked, withItem("benefits", selfInformation), in(cardEligibility, institution), "y"},
		{"P6-6", benefitsBlocked, withItem("benefits", selfInformation), in(certEligibility, institution), "y"},
		{"P6-6", benefitsBlocked, withItem("benefits", selfInformation), in(medicines, institution), "y"},

		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(checkups, portal), "n"},
		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(checkups, institution), "n"},
		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(checkups, disasterScreen), "n"},
		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(medicines, institution), "y"},
		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(cardEligibility, institution), "y"},
		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(selfEligibility, portal), "y"},
		{"P6-6", checkupsBlocked, withItem("checkups", selfInformation), in(registration, portal), "y"},
	}
}

// hiddenItemCells quote P6-1: the non-disclosure flag for one item.
func hiddenItemCells() []cell {
	const (
		eligibilityHidden = "non-disclosure flag for eligibility"
		benefitsHidden    = "non-disclosure flag for benefits"
		checkupsHidden    = "non-disclosure flag for checkups"
		formerHidden      = "non-disclosure flag for eligibility at a former insurer"
	)
	former := lostAt(noFlag, noFlag, noFlag)
	former.members[0].items = map[string]flags{"eligibility": nonDisclosure}
	return []cell{
		{"P6-1", eligibilityHidden, withItem("eligibility", nonDisclosure), in(certEligibility, institution), "a"},
		{"P6-1", eligibilityHidden, withItem("eligibility", nonDisclosure), in(disasterEligibility, institution), "a"},
		{"P6-1", eligibilityHidden, withItem("eligibility", nonDisclosure), in(historyEligibility, portal), "n"},
		{"P6-1", eligibilityHidden, withItem("eligibility", nonDisclosure), in(historyBenefits, portal), "y"},
		{"P6-1", eligibilityHidden, withItem("eligibility", nonDisclosure), in(historyCheckups, portal), "y"},
		{"P6-1", eligibilityHidden, withItem("eligibility", nonDisclosure), in(cardEligibility, institution), "y"},
		{"P6-8", eligibilityHidden, withItem("eligibility", nonDisclosure), in(selfEligibility, portal), "y"},

		{"P6-1", benefitsHidden, withItem("benefits", nonDisclosure), in(historyBenefits, portal), "n"},
		{"P6-1", benefitsHidden, withItem("benefits", nonDisclosure), in(historyEligibility, portal), "y"},
		{"P6-1", benefitsHidden, withItem("benefits", nonDisclosure), in(certEligibility, institution), "y"},
		{"P6-1", benefitsHidden, withItem("benefits", nonDisclosure), in(disasterEligibility, institution), "y"},
		{"P6-8", benefitsHidden, withItem("benefits", nonDisclosure), in(selfBenefits, portal), "y"},

		{"P6-1", checkupsHidden, withItem("checkups", nonDisclosure), in(historyCheckups, portal), "n"},
		{"P6-1", checkupsHidden, withItem("checkups", nonDisclosure), in(historyBenefits, portal), "y"},
		{"P6-1", checkupsHidden, withItem("checkups", nonDisclosure), in(checkups, portal), "y"},
		{"P6-1", checkupsHidden, withItem("checkups", nonDisclosure), in(certEligibility, institution), "y"},

		{"P13-2", formerHidden, former, in(certEligibility, institution), "aaa"},
		{"P13-5", formerHidden, former, in(historyEligibility, portal), "nyy"},
		{"P13-5", formerHidden, former, in(historyBenefits, portal), "yyy"},
	}
}

// recordCells quote P6-2 and P6-4: 不開示コードは、解除後もその記録に残る。
func recordCells() []cell {
	shown := in(historyBenefits, portal)
	asked := func(how inquiries, set flags) situation {
		return situation{members: []membership{at("A", "2015-04-01", set)}, inquiries: how}
	}
	return []cell{
		{"P6-4", "inquired before the flag was set", asked(beforeFlags, nonDisclosure), shown, "n"},
		{"P6-4", "inquired under the flag", asked(underFlag, nonDisclosure), shown, "n"},
		{"P6-2", "inquired under the flag, which was lifted", asked(underFlag, noFlag), shown, "n"},
		{"P6-8", "inquired under the flag, which was lifted", asked(underFlag, noFlag), in(selfBenefits, portal), "y"},
		{"P12-5", "inquired under the flag, which was lifted", asked(underFlag, noFlag), in(certEligibility, institution), "y"},
		{"P6-8", "inquired under the self-information flag", asked(beforeFlags, selfInformation), shown, "y"},
		{"P6-1", "inquired under the agency's own flag, which was lifted", asked(underAgencyFlag, noFlag), shown, "n"},
		{"P6-1", "the agency's own flag was set after it inquired", asked(agencyFlagAfter, noFlag), shown, "n"},
		{"P12-5", "the agency's own flag was set after it inquired", asked(agencyFlagAfter, noFlag), in(certEligibility, institution), "y"},
	}
}
