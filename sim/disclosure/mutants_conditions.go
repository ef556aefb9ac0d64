package disclosure

// conditionMutants do not ask for a condition.
var conditionMutants = []Mutant{
	{"consent-not-asked", "P3-4", "Terminals show medicines and checkups without consent.", "同意がなくても薬剤情報・特定健診情報等を端末に示す。", without(ConsentGiven | ConsentInTime)},
	{"consent-outlives-the-day", "P3-4", "A consent holds for more than 24 hours.", "同意が24時間を過ぎても有効である。", without(ConsentInTime)},
	{"registration-not-needed", "P3-5", "A card without initial registration opens the eligibility.", "初回登録のないカードで資格情報を開く。", without(RegistrationDone | RegisteredItself)},
	{"two-groups-suffice", "P5-1", "The disaster search wants neither address nor insurer's name.", "災害時の検索で住所も保険者名も求めない。", without(ThreeGroupsGiven)},
	{"sex-not-compared", "P5-2", "The disaster search ignores the sex.", "災害時の検索で性別を無視する。", without(SexMatches)},
	{"kana-name-not-compared", "P5-2", "The disaster search ignores the kana name where a name is given.", "災害時の検索で、氏名があればカナ氏名を無視する。", without(KanaNameMatches)},
	{"address-not-compared", "P5-2", "The disaster search wants an address or insurer's name, and compares neither.", "災害時の検索で、住所や保険者名を求めるが照合しない。", without(PartsMatch)},
	{"oral-consent-not-asked", "P5-4", "Disaster screens show medicines and checkups without consent.", "災害時の画面で、口頭の同意がなくても薬剤情報・特定健診情報等を示す。", without(OralConsentGiven | ConsentInTime)},
	{"screens-always-open", "P5-5", "The disaster screens are open in normal times.", "平常時にも災害時の画面が開く。", without(EmergencyDeclared)},
	{"pin-not-checked", "P8-2", "Any PIN, or any face, opens a card.", "暗証番号や顔が違ってもカードで開く。", without(HolderVerified)},
	{"certificate-unchecked-at-registration", "P11-1", "Registration completes with a card that was stopped since it was reserved.", "予約後に一時停止されたカードでも、有効性を確認せずに初回登録が完了する。", without(CertificateChecked)},
	{"stopped-card-opens", "P15-1", "A card that is stopped, revoked or locked still opens.", "一時停止・失効・ロックされたカードで開く。", without(CardInForce | CardInForceThroughout | CertificateChecked)},
	{"session-outlives-card", "P15-1", "Who is logged in to Mynaportal with a card stays so when it is stopped.", "カードを一時停止しても、ログイン中のマイナポータルを使い続けられる。", without(CardInForceThroughout)},
	{"registration-passes-to-new-card", "P15-1", "The initial registration of one card is good for the holder's other cards.", "初回登録が、同じ人の別のカードにも引き継がれる。", without(RegisteredItself)},
	{"any-insurer-sets-flags", "P15-3", "An insurer reaches, and sets flags on, members of other insurers.", "他の保険者の加入者にもフラグを設定できる。", without(MemberIsOwn)},
	{"reservation-despite-flag", "QA-5", "A registration that was reserved completes whatever the flags are when it opens.", "予約した初回登録は、登録開始時のフラグによらず完了する。", without(FlagsAtOpening)},
}

// without takes conditions out of those that are asked for.
func without(c Condition) func(*Policy) {
	return func(p *Policy) { p.conditions &^= c }
}
