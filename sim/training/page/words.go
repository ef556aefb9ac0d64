package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
)

// words are the functions of templates.
var words = template.FuncMap{
	"label": Label,
	"word":  Word,
	"facts": facts,
	"again": again,
	"needed": func(needed bool, kind string) string {
		if needed {
			return kind + "*"
		}
		return kind
	},
	"hint":    hinted,
	"choices": chosenFrom,
	"list":    func(items []any, where bool) map[string]any { return map[string]any{"Items": items, "Where": where} },
	"day":     day,
	"time":    instant,
	"lines":   func(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") },
}

// labels are the field names of the interface as the screens have them.
var labels = map[string]string{
	"personalInsuredNumber":           "個人単位被保険者番号",
	"individualNumber":                "個人番号",
	"insuredCardClassification":       "被保険者証区分",
	"insurerNumber":                   "保険者番号",
	"insurerName":                     "保険者名",
	"insuredCardSymbol":               "被保険者証記号",
	"insuredIdentificationNumber":     "被保険者証番号",
	"insuredBranchNumber":             "枝番",
	"personalFamilyClassification":    "本人・家族の別",
	"name":                            "氏名",
	"nameKana":                        "氏名(カナ)",
	"sex1":                            "性別",
	"birthdate":                       "生年月日",
	"address":                         "住所",
	"postNumber":                      "郵便番号",
	"qualificationDate":               "資格取得日",
	"disqualificationDate":            "資格喪失日",
	"insuredPartialContributionRatio": "負担割合",
	"reasonOfLoss":                    "資格喪失事由",
	"insuredCardExpirationDate":       "有効期限",
	"cardSerial":                      "カードの番号",
	"pin":                             "暗証番号",
	"status":                          "状態",
	"portalUserId":                    "利用者ID",
	"referenceNumber":                 "照会番号",
	"institutionSpecificCode":         "機関別符号",
	"inquiredAt":                      "照会日時",
	"inquirer":                        "情報照会機関",
	"provider":                        "情報提供機関",
	"item":                            "特定個人情報",
	"treatmentDate":                   "診療年月日",
	"medicineCode":                    "薬剤コード",
	"medicineName":                    "薬剤名",
	"institutionName":                 "医療機関名",
	"medicalInstitutionCode":          "医療機関コード",
	"date":                            "健診実施日",
	"reviewMonth":                     "審査年月",
	"treatmentMonth":                  "診療年月",
	"totalCost":                       "医療費の総額",
	"benefitName":                     "給付の種類",
	"paidOn":                          "支給日",
	"amount":                          "支給額",
	"appliedOn":                       "申出日",
	"reason":                          "理由",
	"at":                              "処理日時",
	"nonDisclosure":                   "不開示該当フラグ",
	"selfInformationBlocked":          "自己情報提供不可フラグ",
	"nonDisclosureCode":               "不開示コード",
	"qualificationValidity":           "資格の有効性",
	"message":                         "画面の表示",
}

// codes are what the codes of fields mean.
var codes = map[string]map[string]string{
	"sex1":                            {"1": "男", "2": "女", "3": "未設定"},
	"personalFamilyClassification":    {"1": "本人", "2": "家族"},
	"insuredPartialContributionRatio": {"010": "1割", "020": "2割", "030": "3割"},
	"reasonOfLoss":                    {"01": "死亡", "02": "生活保護受給開始", "03": "医療保険等の資格取得", "99": "その他"},
	"insuredCardClassification": {
		"01": "一般", "02": "特例退職被保険者", "03": "任意継続被保険者", "04": "日雇特例被保険者", "05": "特例被保険者", "06": "後期高齢者", "07": "自衛官診療証",
	},
	"qualificationValidity": {"1": "有効", "2": "無効", "3": "無効(新しい資格あり)", "4": "該当資格なし", "5": "複数該当"},
	"status": {
		"valid": "有効", "suspended": "一時停止中", "revoked": "失効", "locked": "ロック中", "expired": "期限切れ",
		"provided": "提供", "incomplete": "連携未完了",
	},
	"item":              {"eligibility": "資格情報", "benefits": "給付情報", "checkups": "特定健診情報"},
	"kind":              {"medical": "医科", "dental": "歯科", "pharmacy": "薬局"},
	"mode":              {"normal": "通常", "disaster": "大規模災害", "failure": "システム障害"},
	"nonDisclosureCode": {"0": "なし", "1": "あり"},
}

// dates are the fields that hold a day.
var dates = map[string]bool{
	"birthdate": true, "qualificationDate": true, "disqualificationDate": true, "insuredCardExpirationDate": true,
	"treatmentDate": true, "date": true, "paidOn": true, "appliedOn": true,
}

// Label is what a screen calls a field of the interface.
func Label(name string) string {
	label, known := labels[name]
	if !known {
		panic("page: no label for " + name)
	}
	return label
}

// HasLabel says whether the screens have a label for a field.
func HasLabel(name string) bool {
	_, known := labels[name]
	return known
}

// Word is what a screen shows of a field: its code's meaning, its day as people write it, or the text itself.
func Word(name string, value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case bool:
		if value {
			return "設定あり"
		}
		return "設定なし"
	case json.Number:
		return value.String() + "円"
	case string:
		if word, known := codes[name][value]; known {
			return word
		}
		if dates[name] {
			return day(value)
		}
		if name == "at" || name == "inquiredAt" {
			return instant(value)
		}
		return value
	default:
		panic(fmt.Sprintf("page: %s is no single value", name))
	}
}

// fact is a field with its value.
type fact struct{ Name, Label, Value string }

// facts are some fields of an answer, in words.
func facts(answer map[string]any, names ...string) []fact {
	shown := make([]fact, 0, len(names))
	for _, name := range names {
		shown = append(shown, fact{name, Label(name), Word(name, answer[name])})
	}
	return shown
}

// day writes 2021-04-01 as 2021年4月1日.
func day(date string) string {
	var y, m, d int
	if _, err := fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d); err != nil {
		return date
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, d)
}

// instant writes 2021-04-01T09:00:00+09:00 as 2021年4月1日 09:00:00.
func instant(text string) string {
	if len(text) < len("2021-04-01T09:00:00") {
		return text
	}
	return day(text[:10]) + " " + text[11:19]
}
