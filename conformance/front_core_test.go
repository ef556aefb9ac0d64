package conformance_test

import (
	"slices"

	"onshisim/sim/disclosure"
)

// coreFront asks the rule core itself.
type coreFront struct{}

var lineOf = map[information]struct {
	view disclosure.Information
	item disclosure.Item
}{
	selfEligibility:     {disclosure.SelfInformation, disclosure.Eligibility},
	selfBenefits:        {disclosure.SelfInformation, disclosure.Benefits},
	registration:        {disclosure.InitialRegistration, disclosure.NoItem},
	historyEligibility:  {disclosure.ExchangeHistory, disclosure.Eligibility},
	historyBenefits:     {disclosure.ExchangeHistory, disclosure.Benefits},
	historyCheckups:     {disclosure.ExchangeHistory, disclosure.CheckupItem},
	portalEligibility:   {disclosure.PortalEligibility, disclosure.NoItem},
	cardEligibility:     {disclosure.CardEligibility, disclosure.NoItem},
	certEligibility:     {disclosure.CertificateEligibility, disclosure.NoItem},
	disasterEligibility: {disclosure.DisasterEligibility, disclosure.NoItem},
	medicines:           {disclosure.Medicines, disclosure.NoItem},
	checkups:            {disclosure.Checkups, disclosure.NoItem},
	expenses:            {disclosure.MedicalExpenses, disclosure.NoItem},
}

var letterOf = map[disclosure.Outcome]string{
	disclosure.NotOffered: notOffered, disclosure.Provided: yes, disclosure.AddressHidden: noAddress, disclosure.Withheld: no,
}

var itemOf = map[string]disclosure.Item{
	"eligibility": disclosure.Eligibility, "benefits": disclosure.Benefits, "checkups": disclosure.CheckupItem,
}

func (coreFront) observe(_ tester, s situation) observation {
	seen := observation{}
	members := coreMemberships(s)
	for _, at := range sights {
		letters := ""
		for own := range members {
			letters += letterOf[coreOutcome(s, at, own, members)]
			if at.information == registration {
				break
			}
		}
		seen[at] = letters
	}
	return seen
}

func coreOutcome(s situation, at sight, own int, members []disclosure.Membership) disclosure.Outcome {
	line, today := lineOf[at.information], disclosure.Date(s.day())
	place := disclosure.Institution
	if at.screen == portal {
		place = disclosure.Portal
	}
	if line.view == disclosure.ExchangeHistory && place == disclosure.Portal {
		return disclosure.Notice.DecideRecord(disclosure.Record{
			Own: own, Item: line.item, Completed: true,
			NonDisclosureCode: s.inquiries == underFlag || s.inquiries == underAgencyFlag, InquirerFlag: s.inquiries == agencyFlagAfter,
		}, today, members).Outcome
	}
	return disclosure.Notice.Decide(disclosure.Question{View: line.view, Place: place, Own: own, Item: line.item, Today: today}, members).Outcome
}

func coreMemberships(s situation) []disclosure.Membership {
	members := make([]disclosure.Membership, 0, len(s.members))
	for i, m := range s.members {
		of := disclosure.Membership{
			InsurerNumber: m.insurer, PersonalInsuredNumber: number(i), Acquired: disclosure.Date(m.acquired),
			Flags: disclosure.Flags{Whole: coreFlag(m.flags), ByItem: slices.Repeat([]disclosure.Flag{0}, int(disclosure.AnyItem))},
		}
		for item, set := range m.items {
			of.Flags.ByItem[itemOf[item]] = coreFlag(set)
		}
		members = append(members, of)
	}
	return members
}

func coreFlag(set flags) (flag disclosure.Flag) {
	if set&nonDisclosure != 0 {
		flag |= disclosure.NonDisclosure
	}
	if set&selfInformation != 0 {
		flag |= disclosure.SelfInformationBlocked
	}
	return flag
}
