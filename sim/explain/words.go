package explain

// The words of the table of page 12, in Japanese and English, by the names of the HTTP interface. What looks for traces of
// protected persons (sim leakscan) has a few more of the same kind.
var (
	InformationWords = map[string][2]string{
		"selfInformation":     {"自己情報", "self-information"},
		"initialRegistration": {"初回登録", "initial registration"},
		"exchangeHistory":     {"やりとり履歴", "exchange history"},
		"eligibility":         {"資格情報", "eligibility"},
		"medicines":           {"薬剤情報", "medicines"},
		"checkups":            {"特定健診情報等", "checkups"},
		"medicalExpenses":     {"医療費通知情報", "medical expenses"},
		"benefits":            {"給付情報", "benefits"},
		"members":             {"加入者の情報", "member data"},
		"inquiry":             {"情報照会", "inquiry"},
	}
	ViewWords = map[string][2]string{
		"mynaportal":   {"マイナポータル", "Mynaportal"},
		"myNumberCard": {"マイナンバーカード", "My Number card"},
		"certificate":  {"被保険者証", "certificate"},
		"disaster":     {"災害・障害時", "disaster"},
		"institution":  {"医療機関・薬局", "institution"},
		"intermediate": {"中間サーバー", "intermediate server"},
		"both":         {"すべて", "any"},
		"insurer":      {"保険者", "insurer"},
		"agency":       {"情報照会者", "agency"},
	}
	FlagWords = map[string][2]string{
		"nonDisclosure":          {"不開示該当フラグ", "non-disclosure flag"},
		"selfInformationBlocked": {"自己情報提供不可フラグ", "self-information flag"},
	}
)
