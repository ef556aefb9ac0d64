package disclosure

// continuityMutants let the wrong insurer's flag count (P.13).
var continuityMutants = []Mutant{
	{"any-insurer-for-self-information", "P13-1", "A self-information flag of any insurer counts for the four, not the latest's alone.", "4情報に、過去を含むどれかの保険者の自己情報提供不可フラグを効かせる。", func(p *Policy) { whose(p, SelfInformationBlocked, anyone, governed...) }},
	{"own-insurer-for-self-information", "P13-1", "A self-information flag counts for its own insurer's information alone among the four.", "4情報に、各保険者の自己情報提供不可フラグをその保険者の分だけ効かせる。", func(p *Policy) { whose(p, SelfInformationBlocked, itsOwn, governed...) }},
	{"latest-by-registration", "P13-1", "The latest insurer is the one that was registered last, whatever the dates.", "資格取得日によらず、最後に登録された保険者を最新とする。", func(p *Policy) { p.latest = registeredLast }},
	{"future-insurer-is-latest", "P13-1", "A membership that is yet to begin makes its insurer the latest.", "資格取得日が未来の保険者を最新とする。", func(p *Policy) { p.latest = acquiredLast }},
	{"latest-insurer-for-non-disclosure", "P13-2", "The non-disclosure flag of the latest insurer alone counts.", "最新の保険者の不開示該当フラグだけを効かせる。", func(p *Policy) { whose(p, NonDisclosure, latest, governed...) }},
	{"own-insurer-for-non-disclosure", "P13-2", "A non-disclosure flag counts for its own insurer's information alone.", "不開示該当フラグを、設定した保険者の分だけに効かせる。", func(p *Policy) { whose(p, NonDisclosure, itsOwn, governed...) }},
	{"latest-insurer-for-self-information-page", "P13-3", "Self-information of all insurers follows the latest one's flag.", "自己情報の全体を、最新の保険者のフラグに従わせる。", func(p *Policy) { whose(p, SelfInformationBlocked, latest, SelfInformation) }},
	{"any-insurer-for-registration", "P13-4", "A self-information flag of any insurer refuses the initial registration.", "過去を含むどれかの保険者のフラグで、初回登録を拒む。", func(p *Policy) { whose(p, SelfInformationBlocked, anyone, InitialRegistration) }},
	{"any-insurer-for-history", "P13-5", "A non-disclosure flag of any insurer hides the records of all.", "どれかの保険者の不開示該当フラグで、全保険者の記録を隠す。", func(p *Policy) { whose(p, NonDisclosure, anyone, ExchangeHistory) }},
	{"no-continuity", "P13-7", "Each flag counts for its own insurer's information alone, everywhere.", "フラグの継続性がなく、どのフラグも設定した保険者の分だけに効く。", func(p *Policy) {
		whose(p, NonDisclosure, itsOwn, governed...)
		whose(p, SelfInformationBlocked, itsOwn, governed...)
	}},
	{"flag-ends-with-membership", "QA-4", "A flag has no effect any more once its membership has ended.", "資格を喪失した保険者のフラグを、解除されたものとして扱う。", func(p *Policy) { p.stands = whileMember }},
	{"flag-per-insurer", "QA-6", "A flag counts for all personal insured numbers that its insurer gave the person.", "フラグを、個人単位被保険者番号ごとではなく保険者ごとに効かせる。", func(p *Policy) { p.own = sameInsurer }},
}

// governed are the lines of P13-1 and P13-2: the information of the eligibility system.
var governed = []Information{
	PortalEligibility, CardEligibility, CertificateEligibility, DisasterEligibility, Medicines, Checkups, MedicalExpenses,
}

// whose makes another insurer's flag count on some lines.
func whose(p *Policy, flag Flag, counts Continuity, lines ...Information) {
	for _, line := range lines {
		if flag == NonDisclosure {
			p.table[line].nonDisclosure.counts = counts
		} else {
			p.table[line].selfInformation.counts = counts
		}
	}
}

func registeredLast(memberships []Membership, _ Date) int { return len(memberships) - 1 }

func acquiredLast(memberships []Membership, _ Date) int {
	return latestAcquired(memberships, "9999-12-31")
}

func sameInsurer(a, b *Membership) bool { return a.InsurerNumber == b.InsurerNumber }

func whileMember(m *Membership, today Date) bool { return m.Lost == "" || today < m.Lost }
