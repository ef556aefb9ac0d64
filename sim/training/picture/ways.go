package picture

import (
	"cmp"
	"slices"
	"strings"

	"onshisim/sim/journal"
	"onshisim/sim/scenario"
)

// message is one step of a request's way.
type message struct {
	from, to lifeline
	text     string
	gates    string   // rules whose refusal ends the way here
	decides  lifeline // who decides by page 12 at this step, if anybody does: what is withheld there goes no further
}

// way is how a request goes through the systems. The last message is the answer.
type way []message

// registering is the way of the data of the initial registration, ① to ⑦ of P11-1.
var registering = way{
	{'u', 'm', "①同意・認証(カードと4桁の暗証番号)", "P15-1 P8-2", 0},
	{'m', 'n', "②自己情報の取得要求(機関別符号)", "", 0},
	{'n', 'i', "②最新の資格の照会", "", 0},
	{'i', 'm', "③最新の資格の個人単位被保険者番号を回答", "QA-5", 'i'},
	{'m', 'e', "④証明書シリアル・紐付番号・個人単位被保険者番号", "", 0},
	{'e', 'j', "④電子証明書の有効性確認", "P11-1", 0},
	{'e', 'm', "⑤3情報・資格情報", "", 0},
	{'m', 'u', "⑥資格情報の表示と本人の確認", "", 0},
	{'m', 'u', "⑦処理結果の表示", "", 0},
}

// ways are those that have steps of their own, by system and operation.
var ways = map[string]way{
	"mynaportal/register":            registering,
	"mynaportal/process-reservation": registering,
	"mynaportal/log-in": {
		{'u', 'm', "カードと4桁の暗証番号", "P8-2", 0},
		{'m', 'j', "電子証明書の有効性確認", "P15-1", 0},
		{'m', 'u', "ログインの結果", "", 0},
	},
	"mynaportal/list-self-information": {
		{'u', 'm', "自己情報の閲覧", "P15-1", 0},
		{'m', 'n', "機関別符号で照会", "", 0},
		{'n', 'i', "保険者ごとに照会", "", 'i'},
		{'i', 'm', "保険者ごとの回答(不可なら「回答なし」)", "", 0},
		{'m', 'u', "自己情報の表示", "", 0},
	},
	"mynaportal/list-exchange-records": {
		{'u', 'm', "やりとり履歴の閲覧", "P15-1", 0},
		{'m', 'n', "情報提供等記録の照会", "", 0},
		{'n', 'i', "記録ごとの不開示の確認", "", 'i'},
		{'i', 'm', "表示できる記録", "", 0},
		{'m', 'u', "やりとり履歴の表示", "", 0},
	},
	"mynaportal/list-eligibility":      reading("資格情報"),
	"mynaportal/list-checkups":         reading("特定健診情報等"),
	"mynaportal/list-medicines":        reading("薬剤情報"),
	"mynaportal/list-medical-expenses": reading("医療費通知情報"),
	"terminal/read-card": {
		{'u', 't', "カードを置き、暗証番号・顔で本人確認、同意", "P8-2", 0},
		{'t', 'e', "カードで資格照会", "", 0},
		{'e', 'j', "電子証明書の有効性確認", "P15-1", 0},
		{'j', 'e', "有効性の結果、紐付番号で資格を特定", "P3-5", 'e'},
		{'e', 't', "資格確認の結果", "", 0},
	},
	"terminal/check-certificate": {
		{'u', 't', "被保険者証の提示", "", 0},
		{'t', 'e', "記号・番号で資格照会", "", 'e'},
		{'e', 't', "資格確認の結果", "", 0},
	},
	"terminal/list-medicines":                viewing("薬剤情報", "P3-4"),
	"terminal/list-checkups":                 viewing("特定健診情報等", "P3-4"),
	"terminal/list-medicines-by-certificate": viewing("薬剤情報", "P3-4"),
	"terminal/list-checkups-by-certificate":  viewing("特定健診情報等", "P3-4"),
	"disaster/search": {
		{'u', 't', "氏名・生年月日などを申告", "P5-1", 0},
		{'t', 'e', "災害時の画面で検索", "P5-5", 'e'},
		{'e', 't', "候補者の一覧", "", 0},
	},
	"disaster/open-candidate": viewing("候補者の資格情報", "P5-5"),
	"disaster/consent": {
		{'u', 't', "口頭で同意", "", 0},
		{'t', 'e', "同意ボタン", "P5-5", 0},
		{'e', 't', "同意の登録", "", 0},
	},
	"disaster/list-medicines": viewing("薬剤情報", "P5-5 P5-4 P3-4"),
	"disaster/list-checkups":  viewing("特定健診情報等", "P5-5 P5-4 P3-4"),
	"intermediate/set-flags": {
		{'h', 'i', "フラグの設定・解除", "P15-3", 0},
		{'i', 'e', "フラグの反映", "", 0},
		{'i', 'h', "受付", "", 0},
	},
	"intermediate/put-member": {
		{'h', 'i', "資格情報の登録・訂正", "P15-3", 0},
		{'i', 'e', "資格情報の反映", "", 0},
		{'i', 'h', "受付", "", 0},
	},
	"intermediate/inquire": {
		{'g', 'n', "情報照会(機関別符号)", "", 0},
		{'n', 'i', "保険者への照会", "", 0},
		{'i', 'g', "自動応答(フラグにかかわらない P6-3)", "", 0},
	},
}

// reading is how Mynaportal reads one of the four informations.
func reading(what string) way {
	return way{
		{'u', 'm', what + "の閲覧", "P15-1", 0},
		{'m', 'e', what + "の要求", "", 'e'},
		{'e', 'm', what, "", 0},
		{'m', 'u', what + "の表示", "", 0},
	}
}

// viewing is how an institution sees an information, behind gates.
func viewing(what, gates string) way {
	return way{
		{'t', 'e', what + "の要求", gates, 'e'},
		{'e', 't', what, "", 0},
	}
}

// asked names what a request does.
func asked(r *journal.Record) string {
	if r.Operation == "process-reservation" {
		return "予約した初回登録の処理"
	}
	return cmp.Or(scenario.Label(r.Method, r.Path), r.Operation, r.Method+" "+r.Path)
}

// wayOf is a request's way; that of one without steps of its own leads to its system and back. So does a registration for which
// nothing was decided: it was reserved, or done before.
func wayOf(r *journal.Record) way {
	known, ok := ways[r.System+"/"+r.Operation]
	if ok && (r.Operation != "register" || len(r.Decisions) > 0 || r.Status >= 400) {
		return known
	}
	from, to := askers[cmp.Or(r.Actor.Role, r.System)], homes[r.System]
	if from == 0 || to == 0 {
		from, to = 'u', 'e'
	}
	return way{{from, to, asked(r), "P15-1 P15-3 P5-5", to}, {to, from, "応答", "", 0}}
}

// has says whether a message's gates include a rule.
func (m *message) has(gate string) bool {
	return slices.Contains(strings.Fields(m.gates), gate)
}
