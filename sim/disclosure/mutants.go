package disclosure

// Mutant is a policy that is wrong in one point, as an implementation might plausibly be. Whoever tests against it finds
// out whether the tests would notice.
type Mutant struct {
	Name     string // stable, in kebab case
	Rule     string // id of the rule that it breaks
	English  string // what it does instead
	Japanese string

	mutate func(p *Policy)
}

// Mutants are all wrong policies, in the order of the rules that they break.
func Mutants() []Mutant { return append([]Mutant(nil), mutants...) }

// PolicyOf is the policy of the mutant with a name; Notice if there is none of that name.
func PolicyOf(name string) *Policy {
	if mutated, known := mutatedPolicies[name]; known {
		return mutated
	}
	return Notice
}

var mutatedPolicies = func() map[string]*Policy {
	policies := make(map[string]*Policy, len(mutants))
	for _, m := range mutants {
		mutated := *Notice
		m.mutate(&mutated)
		policies[m.Name] = &mutated
	}
	return policies
}()

// governed are the lines of P13-1 and P13-2: the information of the eligibility system.
var governed = []Information{
	PortalEligibility, CardEligibility, CertificateEligibility, DisasterEligibility, Medicines, Checkups, MedicalExpenses,
}

var mutants = []Mutant{
	{"registration-not-needed", "P3-5", "A card without initial registration opens the eligibility.", "初回登録のないカードで資格情報を開く。", without(RegistrationDone)},
	{"consent-not-asked", "P3-4", "Terminals show medicines and checkups without consent.", "同意がなくても薬剤情報・特定健診情報等を端末に示す。", without(ConsentGiven)},
	{"two-groups-suffice", "P5-1", "The disaster search wants neither address nor insurer's name.", "災害時の検索で住所も保険者名も求めない。", without(ThreeGroupsGiven)},
	{"sex-not-compared", "P5-2", "The disaster search ignores the sex.", "災害時の検索で性別を無視する。", without(SexMatches)},
	{"oral-consent-not-asked", "P5-4", "Disaster screens show medicines and checkups without consent.", "災害時の画面で、口頭の同意がなくても薬剤情報・特定健診情報等を示す。", without(OralConsentGiven)},
	{"screens-always-open", "P5-5", "The disaster screens are open in normal times.", "平常時にも災害時の画面が開く。", without(EmergencyDeclared)},
	{"item-flag-hides-all", "P6-1", "A flag for one item counts for the branch number as a whole.", "特定個人情報単位のフラグを枝番全体に効かせる。", func(p *Policy) { p.has = inForceForAny }},
	{"item-flag-ignored", "P6-1", "Flags for single items count for nothing.", "特定個人情報単位のフラグを無視する。", func(p *Policy) { p.has = inForceForAll }},
	{"inquirer-flag-ignored", "P6-1", "The inquirer's own flag hides no exchange record.", "情報照会者のフラグを、やりとり履歴で無視する。", func(p *Policy) { p.inquirerFlagCounts = false }},
	{"code-not-given", "P6-2", "Exchange records get no non-disclosure code.", "情報提供の記録に不開示コードを付けない。", func(p *Policy) { p.codeGiven = false }},
	{"code-dropped-with-flag", "P6-4", "An exchange record shows again when the flag is lifted, whatever its code.", "フラグを解除すると、不開示コードのある記録も履歴に示す。", func(p *Policy) { p.codeOutlivesFlag = false }},
	{"incomplete-records-shown", "P6-5", "The exchange history shows inquiries without provision.", "提供のなかった照会も、やりとり履歴に示す。", func(p *Policy) { p.incompleteHidden = false }},
	{"non-disclosure-blocks-self-information", "P6-8", "The non-disclosure flag withholds self-information too.", "不開示該当フラグで自己情報も「回答なし」にする。", nonDisclosure(itsOwn, hide, none, SelfInformation)},
	{"self-information-hides-history", "P6-8", "The self-information flag hides exchange records too.", "自己情報提供不可フラグで、やりとり履歴も隠す。", selfInformation(itsOwn, hide, none, ExchangeHistory)},
	{"medicines-in-mynaportal", "P7-1", "Mynaportal shows medicines despite the self-information flag.", "自己情報提供不可フラグがあっても、マイナポータルに薬剤情報を示す。", selfInformation(latest, show, hide, Medicines)},
	{"pin-not-checked", "P8-2", "Any PIN, or any face, opens a card.", "暗証番号や顔が違ってもカードで開く。", without(HolderVerified)},
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
	{"stopped-card-opens", "P15-1", "A card that is stopped, revoked or locked still opens.", "一時停止・失効・ロックされたカードで開く。", without(CardInForce)},
	{"any-insurer-sets-flags", "P15-3", "An insurer reaches, and sets flags on, members of other insurers.", "他の保険者の加入者にもフラグを設定できる。", without(MemberIsOwn)},
	{"reservation-keeps-its-place", "QA-5", "A reservation made before the flag was set completes all the same.", "予約の後にフラグを設定しても、初回登録が完了する。", without(FlagsAtOpening)},
	{"flag-per-insurer", "QA-6", "A flag counts for all personal insured numbers that its insurer gave the person.", "フラグを、個人単位被保険者番号ごとではなく保険者ごとに効かせる。", func(p *Policy) { p.own = sameInsurer }},
}

// without takes a condition out of those that are asked for.
func without(c Condition) func(*Policy) {
	return func(p *Policy) { p.conditions &^= c }
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

func laxer(nonDisclosure, selfInformation Outcome) Outcome {
	if nonDisclosure == NotOffered || selfInformation == NotOffered {
		return max(nonDisclosure, selfInformation)
	}
	return min(nonDisclosure, selfInformation)
}

func registeredLast(memberships []Membership, _ Date) int { return len(memberships) - 1 }

func acquiredLast(memberships []Membership, _ Date) int {
	return latestAcquired(memberships, "9999-12-31")
}

func sameInsurer(a, b *Membership) bool { return a.InsurerNumber == b.InsurerNumber }

func inForceForAll(f *Flags, flag Flag, _ Item) bool { return f.Whole&flag != 0 }

func inForceForAny(f *Flags, flag Flag, _ Item) bool {
	for _, set := range f.ByItem {
		if set&flag != 0 {
			return true
		}
	}
	return f.Whole&flag != 0
}
