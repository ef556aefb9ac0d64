package mutant

import (
	"strings"

	"onshisim/sim/disclosure"
)

// The operations whose answers hold eligibility with an address.
var (
	byCertificate = "terminal/check-certificate"
	inDisaster    = "disaster/open-candidate"
)

// showing are the mutants that show wrongly what was rightly decided.
var showing = []shows{
	{Mutant{"no-checkups-at-pharmacies", "P3-3", "Pharmacies see no checkups.", "薬局に特定健診情報等を示さない。"}, emptyAtPharmacies},
	{Mutant{"records-under-newest-number", "P3-6", "Mynaportal shows every record under the membership registered last.", "マイナポータルで、どの記録も最後に登録された資格のものとして示す。"}, moveToNewest},
	{Mutant{"newest-insurer-for-old-certificate", "P3-6", "The check of a former insurer's certificate shows the present insurer.", "以前の被保険者証による確認で、現在の保険者の資格を示す。"}, showNewest},
	{Mutant{"whole-address-in-list", "P5-3", "The disaster search lists whole addresses.", "災害時の候補者一覧に住所の全体を示す。"}, wholeAddress},
	{Mutant{"inquiry-refused", "P6-3", "An inquiry that carries a non-disclosure code gets no answer.", "不開示コードの付く情報照会に回答しない。"}, refuseInquiry},
	{Mutant{"no-answer-left-out", "P6-7", "Self-information leaves out the insurers that do not answer.", "自己情報で「回答なし」の保険者を示さない。"}, leaveOutNoAnswer},
	{Mutant{"no-answer-tells-why", "P6-7", "Self-information says of a flag's effect that it is withheld, not 「回答なし」.", "自己情報で、フラグによる場合だけ「回答なし」でなく提供不可と示す。"}, tellWhyNoAnswer},
	{Mutant{"postal-code-shown", "P9-1", "The postal code is shown where the address is hidden.", "住所を隠しても郵便番号を示す。"}, showPostNumber},
	{Mutant{"address-in-list", "P10-1", "The disaster search lists the address that the detail hides.", "災害時の候補者一覧に、詳細では隠す住所を示す。"}, listHiddenAddress},
	{Mutant{"municipality-shown", "P10-1", "Disaster screens cut a hidden address down to its beginning.", "災害時の画面で、住所を隠さず先頭だけを残す。"}, showMunicipality},
	{Mutant{"insurer-name-hidden", "P10-2", "Disaster screens hide the insurer's name along with the address.", "災害時の画面で、住所とともに保険者名も隠す。"}, hideInsurerName},
	{Mutant{"registration-tells-why", "P11-2", "A failed initial registration says that a flag is the cause.", "初回登録の失敗で、フラグが原因であることを示す。"}, tellWhy},
	{Mutant{"address-in-mynaportal", "P12-c", "Mynaportal's eligibility has the address.", "マイナポータルの資格情報に住所を示す。"}, addAddress},
	{Mutant{"no-address-at-institutions", "P12-d", "Terminals show nobody's address.", "端末でだれの住所も示さない。"}, hideEveryAddress},
	{Mutant{"institution-name-in-medicines", "P12-e", "Terminals show the institution's name with a medicine.", "端末の薬剤情報に医療機関名を示す。"}, nameInstitutionOfMedicines},
	{Mutant{"institution-name-in-checkups", "P12-f", "Terminals show the institution's name with a checkup.", "端末の特定健診情報等に医療機関名を示す。"}, nameInstitutionOfCheckups},
	{Mutant{"withheld-told-apart", "QA-3", "A withheld card answers another validity than an unregistered one.", "提供しないカードの資格有効性を、未登録のカードと違える。"}, tellWithheldApart},
	{Mutant{"address-masked", "QA-3", "A hidden address is a mask instead of nothing.", "隠した住所を空にせず伏せ字で示す。"}, maskAddress},
	{Mutant{"flag-in-answer", "QA-3", "Answers have a field that tells a flag.", "応答にフラグの有無が分かる項目がある。"}, tellFlag},
}

func refuseInquiry(a *answer) {
	if a.is("intermediate/inquire") && a.body["nonDisclosureCode"] == "1" {
		a.body["status"], a.body["information"] = "incomplete", nil
	}
}

func tellFlag(a *answer) {
	if a.strictest > disclosure.Provided && !strings.HasPrefix(a.operation, "intermediate/") {
		a.body["disclosureRestricted"] = true
	}
}
