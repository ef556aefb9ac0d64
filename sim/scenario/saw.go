package scenario

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// seen is a field of an answer that is worth a place in the one line that says what an actor saw.
type seen struct {
	field  string
	label  string
	words  map[string]string // what its values are called
	empty  string            // what to say if it is there and empty; nothing if absent
	unless []string          // said only if none of these fields is there, which say more
}

// worthSaying are these fields, in the order in which they are said.
var worthSaying = []seen{
	{field: "status", words: map[string]string{
		"reserved": "予約済み", "completed": "完了", "failed": "失敗", "provided": "提供", "incomplete": "連携未完了", "noAnswer": "",
		"valid": "有効", "suspended": "一時停止中", "revoked": "失効", "locked": "ロック中",
	}},
	{field: "message"},
	{field: "code"},
	{field: "detail"},
	{field: "qualificationValidity", words: map[string]string{"1": "有効", "2": "無効", "3": "無効(新しい資格あり)", "4": "該当資格なし", "5": "複数該当"}},
	{field: "nonDisclosureCode", label: "不開示コード"},
	{field: "now", label: "現在"},
	{field: "mode", label: "運用状態", words: map[string]string{"normal": "通常", "disaster": "災害", "failure": "障害"}},
	{field: "name", unless: []string{"medicineName"}},
	{field: "insurerName"},
	{field: "insurerNumber", label: "保険者", unless: []string{"insurerName", "medicineName"}},
	{field: "address", label: "住所", empty: "住所なし"},
	{field: "nonDisclosure", label: "不開示該当フラグ"},
	{field: "selfInformationBlocked", label: "自己情報提供不可フラグ"},
	{field: "cardSerial", label: "カード"},
	{field: "individualNumber", label: "個人番号", unless: []string{"name"}},
	{field: "institutionSpecificCode", label: "機関別符号"},
	{field: "inquirer"},
	{field: "provider", label: "←"},
	{field: "medicineName"},
	{field: "institutionName"},
	{field: "date"},
	{field: "treatmentMonth"},
	{field: "totalCost", label: "円"},
	{field: "portalUserId"},
	{field: "rule"},
	{field: "outcome"},
	{field: "results", label: "資格"},
	{field: "candidates", label: "候補者"},
	{field: "entries", label: "自己情報"},
	{field: "records", label: "履歴"},
	{field: "items", label: "情報", unless: []string{"history"}},
	{field: "members", label: "加入者"},
	{field: "proxies", label: "代理人"},
	{field: "principals", label: "本人"},
	{field: "rows", label: "判定"},
}

// saidElements is how many elements of a list are said one by one.
const saidElements = 3

// saw says in one line what an answer shows.
func saw(a *answer) string {
	fields, _ := a.value.(map[string]any)
	text := say(fields)
	if a.ok() {
		if text == "" {
			return "受理"
		}
		return text
	}
	if text == "" {
		text = http.StatusText(a.status)
	}
	return strconv.Itoa(a.status) + " " + text
}

// say says an object.
func say(fields map[string]any) string {
	var parts []string
	for _, s := range worthSaying {
		value, ok := fields[s.field]
		better := slices.ContainsFunc(s.unless, func(name string) bool { return fields[name] != nil && fields[name] != "" })
		if ok && !better {
			if part := s.say(value); part != "" {
				parts = append(parts, part)
			}
		}
	}
	return strings.Join(parts, " ")
}

// say says one field; empty if there is nothing worth saying.
func (s seen) say(value any) string {
	switch value := value.(type) {
	case string:
		word, known := s.words[value]
		if !known {
			word = value
		}
		if value == "" {
			return s.empty
		}
		return strings.TrimSpace(s.label + " " + word)
	case bool:
		if value {
			return s.label + "=1"
		}
		return s.label + "=0"
	case json.Number:
		if s.field == "status" {
			return ""
		}
		return value.String() + s.label
	case []any:
		return s.sayList(value)
	}
	return ""
}

// sayList says how many elements there are, and the first of them.
func (s seen) sayList(list []any) string {
	text := fmt.Sprintf("%s%d件", s.label, len(list))
	var elements []string
	for _, element := range list {
		var said string
		switch element := element.(type) {
		case map[string]any:
			said = say(element)
		case string:
			said = element
		}
		if said == "" {
			continue
		}
		if len(elements) == saidElements {
			elements = append(elements, "…")
			break
		}
		elements = append(elements, said)
	}
	if len(elements) == 0 {
		return text
	}
	return text + "〔" + strings.Join(elements, "／") + "〕"
}
