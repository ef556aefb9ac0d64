// Package disclosure is the rule core: what becomes of one information about one person, seen from one place, by the two
// flags that insurers set in the intermediate server. The whole of it is pages 12 and 13 of the notice as one table
// (table.go) and one function over it (Decide). It knows no clock, no storage and no wire format.
package disclosure

// Flag is one of the two flags an insurer sets on a membership (P.6).
type Flag uint8

const (
	NonDisclosure          Flag = 1 << iota // 不開示該当フラグ
	SelfInformationBlocked                  // 自己情報提供不可フラグ
)

// String names the flag as the HTTP interface does.
func (f Flag) String() string {
	switch f {
	case NonDisclosure:
		return "nonDisclosure"
	case SelfInformationBlocked:
		return "selfInformationBlocked"
	}
	return "no flag"
}

// Item is a specific personal information (特定個人情報), for which alone a flag can be set (P6-1, P6-6).
type Item uint8

const (
	NoItem      Item = iota // only flags of the branch number as a whole count
	Eligibility             // 資格情報
	Benefits                // 給付情報
	CheckupItem             // 特定健診情報
	AnyItem                 // in the table: the asker names the item
)

// String is the item's code in the HTTP interface, empty for none in particular. The real codes are not public.
func (i Item) String() string {
	return [...]string{"", "eligibility", "benefits", "checkups", ""}[i]
}

// Flags are the flags in force of one membership.
type Flags struct {
	Whole  Flag   // for the insured branch number (被保険者枝番) as a whole; Flags of either kind, or-ed
	ByItem []Flag // for single items, indexed by Item; nil when there are none
}

// has says whether the flag is in force for an item: set for it alone or for the branch number as a whole.
func (f *Flags) has(flag Flag, item Item) bool {
	return f.Whole&flag != 0 || int(item) < len(f.ByItem) && f.ByItem[item]&flag != 0
}

// Date is a day as in 2006-01-02, so that days compare as text; empty means none.
type Date string

// Membership is a person's membership (資格) at an insurer, under one personal insured number (QA-6). Who comes back to
// an insurer under a new number has two.
type Membership struct {
	InsurerNumber         string
	PersonalInsuredNumber string
	Acquired              Date // 資格取得日
	Lost                  Date // 資格喪失日, the first day without; empty while it lasts
	Flags                 Flags
}

// Information is what can be seen, and how: a line of P.12.
type Information uint8

const (
	SelfInformation        Information = iota // 自己情報, Mynaportal
	InitialRegistration                       // 初回登録(初回紐付), step ③ of P.11
	ExchangeHistory                           // やりとり履歴, Mynaportal
	PortalEligibility                         // 資格情報, Mynaportal
	CardEligibility                           // 資格情報, by My Number card
	CertificateEligibility                    // 資格情報, by insurance certificate
	DisasterEligibility                       // 資格情報, in a disaster or system failure
	Medicines                                 // 薬剤情報
	Checkups                                  // 特定健診情報等
	MedicalExpenses                           // 医療費通知情報
)

// String names the information as the HTTP interface does.
func (i Information) String() string { return names[i].information }

// Way names how it is seen, as the HTTP interface does.
func (i Information) Way() string { return names[i].way }

var names = [...]struct{ information, way string }{
	SelfInformation:        {"selfInformation", "mynaportal"},
	InitialRegistration:    {"initialRegistration", "mynaportal"},
	ExchangeHistory:        {"exchangeHistory", "mynaportal"},
	PortalEligibility:      {"eligibility", "mynaportal"},
	CardEligibility:        {"eligibility", "myNumberCard"},
	CertificateEligibility: {"eligibility", "certificate"},
	DisasterEligibility:    {"eligibility", "disaster"},
	Medicines:              {"medicines", "both"},
	Checkups:               {"checkups", "both"},
	MedicalExpenses:        {"medicalExpenses", "mynaportal"},
}

// Place is where it is seen.
type Place uint8

const (
	Portal      Place = iota // マイナポータル
	Institution              // 保険医療機関・保険薬局
)

// Places are both of them.
var Places = [...]Place{Portal, Institution}

// String names the place as the HTTP interface does.
func (p Place) String() string { return [...]string{"mynaportal", "institution"}[p] }

// Outcome is what becomes of the information. Outcomes are ordered: the greater one shows less.
type Outcome uint8

const (
	NotOffered    Outcome = iota // ー 提供機能なし
	Provided                     // ○ 提供する
	AddressHidden                // ○ 住所・郵便番号は非表示
	Withheld                     // × 提供しない
)

// String names the outcome as the HTTP interface does.
func (o Outcome) String() string {
	return [...]string{"notOffered", "provided", "addressHidden", "withheld"}[o]
}

// Continuity says whose flag counts for a person who moved between insurers (P.13).
type Continuity uint8

const (
	NoInsurer     Continuity = iota // the flag has no effect here (P6-8)
	OwnInsurer                      // each membership's flag, for its own information alone
	LatestInsurer                   // the latest membership's flag, for the information of all
	AnyInsurer                      // a flag of any membership, for the information of all
)

// Reason is one flag that made the outcome stricter.
type Reason struct {
	Flag                  Flag
	InsurerNumber         string
	PersonalInsuredNumber string
	Rule                  string // the rule id that lets this flag count: one of P.13, or P6-4, P6-5 for exchange records
}

// Verdict is an outcome with its reasons; a verdict without reasons is that of a person without flags.
type Verdict struct {
	Outcome Outcome
	Reasons []Reason
}
