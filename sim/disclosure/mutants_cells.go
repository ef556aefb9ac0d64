package disclosure

// cellMutants have another cell in the table of P.12.
var cellMutants = []Mutant{
	{"no-medical-expenses-in-mynaportal", "P3-1", "Mynaportal has nobody's medical-expense notices.", "マイナポータルでだれの医療費通知情報も提供しない。", nonDisclosure(anyone, none, none, MedicalExpenses)},
	{"non-disclosure-blocks-self-information", "P6-8", "The non-disclosure flag withholds self-information too.", "不開示該当フラグで自己情報も「回答なし」にする。", nonDisclosure(itsOwn, hide, none, SelfInformation)},
	{"self-information-hides-history", "P6-8", "The self-information flag hides exchange records too.", "自己情報提供不可フラグで、やりとり履歴も隠す。", selfInformation(itsOwn, hide, none, ExchangeHistory)},
	{"medicines-in-mynaportal", "P7-1", "Mynaportal shows medicines despite the self-information flag.", "自己情報提供不可フラグがあっても、マイナポータルに薬剤情報を示す。", selfInformation(latest, show, hide, Medicines)},
	{"nothing-withheld-at-institutions", "P8-1", "The card opens everything at institutions despite the self-information flag.", "自己情報提供不可フラグがあっても、医療機関・薬局でカードからすべての情報を開く。", func(p *Policy) {
		selfInformation(latest, none, show, CardEligibility)(p)
		selfInformation(latest, hide, show, Medicines)(p)
		selfInformation(latest, hide, show, Checkups)(p)
	}},
	{"certificate-address-by-self-information", "P9-1", "The self-information flag leaves address and postal code on the certificate check.", "自己情報提供不可フラグでは、被保険者証による確認の住所・郵便番号を隠さない。", selfInformation(latest, none, show, CertificateEligibility)},
	{"address-back-when-self-information-lifted", "P9-2", "The certificate check hides the address under the self-information flag only.", "自己情報提供不可フラグを解除すると、不開示該当フラグがあっても住所・郵便番号を示す。", nonDisclosure(anyone, none, show, CertificateEligibility)},
	{"disaster-search-finds-nobody", "P10-1", "A protected person is not found in a disaster.", "フラグのある人を、災害時に検索できなくする。", func(p *Policy) {
		nonDisclosure(anyone, none, hide, DisasterEligibility)(p)
		selfInformation(latest, none, hide, DisasterEligibility)(p)
	}},
	{"registration-despite-flag", "P11-2", "Initial registration succeeds despite the self-information flag.", "自己情報提供不可フラグがあっても初回登録できる。", selfInformation(latest, show, none, InitialRegistration)},
	{"self-information-despite-flag", "P12-1", "Self-information is readable despite its flag.", "自己情報提供不可フラグがあっても自己情報を示す。", selfInformation(itsOwn, show, none, SelfInformation)},
	{"history-despite-flag", "P12-2", "The exchange history shows earlier records despite the non-disclosure flag.", "不開示該当フラグがあっても、以前の記録をやりとり履歴に示す。", nonDisclosure(itsOwn, show, none, ExchangeHistory)},
	{"mynaportal-eligibility-despite-flag", "P12-3", "Mynaportal shows eligibility despite the self-information flag.", "自己情報提供不可フラグがあっても、マイナポータルに資格情報を示す。", selfInformation(latest, show, none, PortalEligibility)},
	{"card-despite-flag", "P12-4", "The card opens the eligibility despite the self-information flag.", "自己情報提供不可フラグがあっても、カードで資格情報を開く。", selfInformation(latest, none, show, CardEligibility)},
	{"card-closed-by-non-disclosure", "P12-4", "The non-disclosure flag closes the card as the other one does.", "不開示該当フラグでも、カードで資格情報を開かない。", nonDisclosure(anyone, none, hide, CardEligibility)},
	{"certificate-withheld", "P12-5", "Either flag withholds the certificate check altogether.", "フラグがあると、被保険者証による確認で資格を返さない。", func(p *Policy) {
		nonDisclosure(anyone, none, hide, CertificateEligibility)(p)
		selfInformation(latest, none, hide, CertificateEligibility)(p)
	}},
	{"disaster-address-despite-flag", "P12-6", "Disaster screens show address and postal code despite the flags.", "フラグがあっても、災害時の画面に住所・郵便番号を示す。", func(p *Policy) {
		nonDisclosure(anyone, none, show, DisasterEligibility)(p)
		selfInformation(latest, none, show, DisasterEligibility)(p)
	}},
	{"medicines-at-institutions", "P12-7", "Institutions see medicines despite the self-information flag.", "自己情報提供不可フラグがあっても、医療機関・薬局に薬剤情報を示す。", selfInformation(latest, hide, show, Medicines)},
	{"laxer-flag-counts", "P12-7", "Where both flags are set, the laxer cell counts.", "両方のフラグがあるとき、緩い方に従う。", func(p *Policy) { p.both = laxer }},
	{"checkups-despite-flag", "P12-8", "Checkups are shown despite the self-information flag.", "自己情報提供不可フラグがあっても特定健診情報等を示す。", selfInformation(latest, show, show, Checkups)},
	{"medical-expenses-despite-flag", "P12-9", "Medical-expense notices are shown despite the self-information flag.", "自己情報提供不可フラグがあっても医療費通知情報を示す。", selfInformation(latest, show, none, MedicalExpenses)},
}

// nonDisclosure puts another cell under the non-disclosure flag of a line.
func nonDisclosure(counts Continuity, portal, institution Outcome, line Information) func(*Policy) {
	return func(p *Policy) {
		c := &p.table[line].nonDisclosure
		c.counts, c.portal, c.institution = counts, portal, institution
	}
}

// selfInformation puts another cell under the self-information flag of a line.
func selfInformation(counts Continuity, portal, institution Outcome, line Information) func(*Policy) {
	return func(p *Policy) {
		c := &p.table[line].selfInformation
		c.counts, c.portal, c.institution = counts, portal, institution
	}
}

func laxer(nonDisclosure, selfInformation Outcome) Outcome {
	if nonDisclosure == NotOffered || selfInformation == NotOffered {
		return max(nonDisclosure, selfInformation)
	}
	return min(nonDisclosure, selfInformation)
}
