package disclosure

// cell is what one flag does to one information: whose flag counts (P.13), and what becomes of the information at either
// place (P.12) while that flag is in effect.
type cell struct {
	counts      Continuity
	portal      Outcome
	institution Outcome
	rule        string // of P.13
}

// row is one line of P.12.
type row struct {
	rule string // of P.12; the initial registration's is of P.13

	nonDisclosure, selfInformation cell

	item Item // the specific personal information whose own flags count, beside those of the branch number as a whole
}

// Words of one width, so that the table stands in columns.
const (
	nobody = NoInsurer     // the flag has no effect (P6-8)
	itsOwn = OwnInsurer    // 設定した保険者のみ
	latest = LatestInsurer // 最新の保険者
	anyone = AnyInsurer    // 過去いずれかの保険者

	none = NotOffered    // ー
	show = Provided      // ○
	part = AddressHidden // ○ 住所・郵便番号は非表示
	hide = Withheld      // ×
)

// table is P.12 joined with P.13, in the notice's order. The initial registration (初回紐付, within P.12's first line)
// has a line of its own because P.13 gives it another continuity than the self-information it asks for.
var table = [...]row{
	//                               不開示該当フラグ                      自己情報提供不可フラグ
	//                               whose   portal institution            whose   portal institution
	SelfInformation:        {"P12-1", cell{nobody, show, none, "P12-1"}, cell{itsOwn, hide, none, "P13-3"}, AnyItem},
	InitialRegistration:    {"P13-4", cell{nobody, show, none, "P12-1"}, cell{latest, hide, none, "P13-4"}, Eligibility},
	ExchangeHistory:        {"P12-2", cell{itsOwn, hide, none, "P13-5"}, cell{nobody, show, none, "P12-2"}, AnyItem},
	PortalEligibility:      {"P12-3", cell{anyone, show, none, "P13-2"}, cell{latest, hide, none, "P13-1"}, Eligibility},
	CardEligibility:        {"P12-4", cell{anyone, none, show, "P13-2"}, cell{latest, none, hide, "P13-1"}, Eligibility},
	CertificateEligibility: {"P12-5", cell{anyone, none, part, "P13-2"}, cell{latest, none, part, "P13-1"}, Eligibility},
	DisasterEligibility:    {"P12-6", cell{anyone, none, part, "P13-2"}, cell{latest, none, part, "P13-1"}, Eligibility},
	Medicines:              {"P12-7", cell{anyone, show, show, "P13-2"}, cell{latest, hide, hide, "P13-1"}, NoItem},
	Checkups:               {"P12-8", cell{anyone, show, show, "P13-2"}, cell{latest, hide, hide, "P13-1"}, CheckupItem},
	MedicalExpenses:        {"P12-9", cell{anyone, show, none, "P13-2"}, cell{latest, hide, none, "P13-1"}, NoItem},
}

// at is the cell's outcome at a place.
func (c *cell) at(place Place) Outcome {
	if place == Portal {
		return c.portal
	}
	return c.institution
}

// Line is a row of the table as its readers outside see it.
type Line struct {
	View Information
	Rule string // rule id of P.12; of P.13 for the initial registration
	Item Item   // AnyItem where the asker names it
}

// Lines are the rows of the table in the notice's order.
func Lines() []Line {
	lines := make([]Line, 0, len(table))
	for i := range table {
		lines = append(lines, Line{Information(i), table[i].rule, table[i].item})
	}
	return lines
}
