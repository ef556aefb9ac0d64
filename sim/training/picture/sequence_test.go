package picture_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/journal"
	"onshisim/sim/training/picture"
)

var names = picture.Names{"01990019": "架空協会けんぽ", "990010": "架空県仮想市国民健康保険"}

func record(system, operation string, decisions ...journal.RecordDecision) *journal.Record {
	return &journal.Record{
		Number: 7, At: "2021-04-01T09:00:00+09:00", System: system, Operation: operation, Status: http.StatusOK,
		Decisions: append([]journal.RecordDecision{}, decisions...),
	}
}

// answering gives a record an answer with a status in its body, as registrations have.
func answering(r *journal.Record, status string) *journal.Record {
	r.Method, r.Path, r.Answer = "POST", "/mynaportal/registration", map[string]any{"status": status}
	return r
}

func refused(gate string) journal.RecordDecision {
	return journal.RecordDecision{Person: "sachiko", Rule: gate, Outcome: "refused"}
}

func registration(outcome string, reasons ...journal.RecordReason) journal.RecordDecision {
	return journal.RecordDecision{
		Person: "sachiko", Rule: "P13-4", Information: "initialRegistration", View: "mynaportal", Place: "mynaportal",
		InsurerNumber: "990010", Outcome: outcome, Reasons: reasons,
	}
}

var withheldByCard = journal.RecordDecision{
	Person: "sachiko", Rule: "P12-4", Information: "eligibility", View: "myNumberCard", Place: "institution", InsurerNumber: "990010",
	Outcome: "withheld", Reasons: []journal.RecordReason{{Flag: "selfInformationBlocked", InsurerNumber: "990010", Rule: "P13-1"}},
}

func sequenceOf(t *testing.T, r *journal.Record) string {
	t.Helper()
	return sound(t, picture.Sequence(r, names))
}

// TestRegistrationGoesAllTheWay: ① to ⑦ of P11-1.
func TestRegistrationGoesAllTheWay(t *testing.T) {
	t.Parallel()
	found := sequenceOf(t, answering(record("mynaportal", "register", registration("provided")), "completed"))
	assert.Contains(t, found, "初回登録 #7 2021-04-01 09:00:00")
	assert.Contains(t, found, "文字で読む "+
		"利用者 → マイナポータル ①同意・認証(カードと4桁の暗証番号) ○ "+
		"マイナポータル → 情報提供ネットワークシステム ②自己情報の取得要求(機関別符号) ○ "+
		"情報提供ネットワークシステム → 医療保険者等向け中間サーバー ②最新の資格の照会 ○ "+
		"医療保険者等向け中間サーバー → マイナポータル ③最新の資格の個人単位被保険者番号を回答 ○ "+
		"マイナポータル → オンライン資格確認等システム ④証明書シリアル・紐付番号・個人単位被保険者番号 ○ "+
		"オンライン資格確認等システム → JPKI ④電子証明書の有効性確認 ○ "+
		"オンライン資格確認等システム → マイナポータル ⑤3情報・資格情報 ○ "+
		"マイナポータル → 利用者 ⑥資格情報の表示と本人の確認 ○ "+
		"マイナポータル → 利用者 ⑦処理結果の表示 200 完了 "+
		"判定 sachiko 架空県仮想市国民健康保険 初回登録 ○ 提供する")
	assert.NotContains(t, found, "×")
}

// TestRegistrationStopsAtThree: the latest insurer's flag refuses the answer (P11-2, P13-4), with a reservation too (QA-5).
func TestRegistrationStopsAtThree(t *testing.T) {
	t.Parallel()
	byFlag := registration("withheld", journal.RecordReason{Flag: "selfInformationBlocked", InsurerNumber: "990010", Rule: "P13-4"})
	processed := record("mynaportal", "process-reservation", byFlag, refused("QA-5"), refused("P11-1"))
	processed.Status = 0
	for _, r := range []*journal.Record{answering(record("mynaportal", "register", byFlag), "failed"), processed} {
		found := sequenceOf(t, r)
		assert.Contains(t, found, "②最新の資格の照会 ○")
		assert.Contains(t, found, "③最新の資格の個人単位被保険者番号を回答 × ここで止まる: ")
		assert.Contains(t, found, "自己情報提供不可フラグ(架空県仮想市国民健康保険) P13-4 13頁")
		assert.Contains(t, found, "④電子証明書の有効性確認 – 行われない")
		assert.Contains(t, found, "⑥資格情報の表示と本人の確認 – 行われない")
		assert.Regexp(t, "⑦処理結果の表示 (200 )?エラー", found)
	}
	found := sequenceOf(t, answering(record("mynaportal", "register", refused("P11-1")), "failed"))
	assert.Contains(t, found, "③最新の資格の個人単位被保険者番号を回答 × ここで止まる: P11-1 11頁 回答できる最新の資格がない")
}

// TestRegistrationStopsAtFour: JPKI does not find the certificate in force (P11-1).
func TestRegistrationStopsAtFour(t *testing.T) {
	t.Parallel()
	found := sequenceOf(t, answering(record("mynaportal", "register", registration("provided"), refused("P11-1")), "failed"))
	assert.Contains(t, found, "③最新の資格の個人単位被保険者番号を回答 ○")
	assert.Contains(t, found, "④電子証明書の有効性確認 × ここで止まる: P11-1 11頁 電子証明書が有効でない")
	assert.Contains(t, found, "⑤3情報・資格情報 – 行われない")
	assert.Contains(t, found, "⑦処理結果の表示 200 エラー")
}

// TestRegistrationWithoutDecision: what was reserved, or done before, went no further than Mynaportal.
func TestRegistrationWithoutDecision(t *testing.T) {
	t.Parallel()
	for status, words := range map[string]string{"reserved": "予約済み", "completed": "登録済み"} {
		found := sequenceOf(t, answering(record("mynaportal", "register"), status))
		assert.Contains(t, found, "利用者 → マイナポータル 初回登録 ○ マイナポータル → 利用者 応答 200 "+words)
		assert.NotContains(t, found, "②")
	}
}

// TestWithheldLooksLikeNothing: the way ends at the eligibility system, and the institution gets an answer all the same (QA-3).
func TestWithheldLooksLikeNothing(t *testing.T) {
	t.Parallel()
	found := sequenceOf(t, record("terminal", "read-card", withheldByCard))
	assert.Contains(t, found, "JPKI → オンライン資格確認等システム 有効性の結果、紐付番号で資格を特定 × ここで止まる: P12-4 12頁 提供しない")
	assert.Contains(t, found, "オンライン資格確認等システム → 医療機関・薬局の端末 資格確認の結果 200 データのない人と同じ応答(QA-3)")
	shown := withheldByCard
	shown.Outcome, shown.Reasons = "provided", nil
	assert.NotContains(t, sequenceOf(t, record("terminal", "list-medicines", shown, withheldByCard)), "ここで止まる", "something was shown")
}

// TestGates: where each refusal ends the way, and why.
func TestGates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		system, operation, gate, code string
		status                        int
		stop                          string
	}{
		{"terminal", "read-card", "P8-2", "SIM-CARD-PIN", 403, "利用者 → 医療機関・薬局の端末 カードを置き、暗証番号・顔で本人確認、同意 × ここで止まる: P8-2 8頁 暗証番号・顔が一致しない"},
		{"terminal", "read-card", "P15-1", "SIM-CARD-SUSPENDED", 403, "→ JPKI 電子証明書の有効性確認 × ここで止まる: P15-1 15頁 カードが一時停止中"},
		{"terminal", "read-card", "P3-5", "", 200, "紐付番号で資格を特定 × ここで止まる: P3-5 3頁 初回登録がされていない"},
		{"terminal", "list-medicines", "P3-4", "SIM-TERM-CONSENT", 403, "薬剤情報の要求 × ここで止まる: P3-4 3頁 同意がない、または同意から24時間を過ぎた"},
		{"disaster", "search", "P5-5", "SIM-DIS-CLOSED", 403, "災害時の画面で検索 × ここで止まる: P5-5 5頁 災害時の画面が開いていない"},
		{"disaster", "list-checkups", "P5-4", "SIM-DIS-CONSENT", 403, "特定健診情報等の要求 × ここで止まる: P5-4 5頁"},
		{"mynaportal", "log-in", "P8-2", "SIM-CARD-PIN", 403, "カードと4桁の暗証番号 × ここで止まる: P8-2"},
		{"intermediate", "set-flags", "P15-3", "SIM-INT-404", 404, "フラグの設定・解除 × ここで止まる: P15-3 15頁 自らの加入者でない"},
	} {
		r := record(c.system, c.operation, refused(c.gate))
		r.Status, r.Code = c.status, c.code
		assert.Contains(t, sequenceOf(t, r), c.stop)
	}
	assert.NotContains(t, sequenceOf(t, record("disaster", "search", refused("P5-2"))), "ここで止まる", "others may have been found")
}

// TestFaults: a request that a fault struck, or a system that is down, ends where it arrives; or on the way back.
func TestFaults(t *testing.T) {
	t.Parallel()
	r := record("terminal", "read-card")
	r.Status, r.Code, r.Fault = 503, "SIM-FAULT", "fault-1"
	assert.Contains(t, sequenceOf(t, r), "カードで資格照会 × ここで止まる: 503 SIM-FAULT システムが応答できない 障害 fault-1")
	r.Decisions = []journal.RecordDecision{withheldByCard}
	r.Decisions[0].Outcome = "provided"
	assert.Contains(t, sequenceOf(t, r), "資格確認の結果 × ここで止まる: 503 SIM-FAULT システムが応答できない 障害 fault-1(処理のあとで応答が失われた)")
	r.Status, r.Code = 200, ""
	assert.Contains(t, sequenceOf(t, r), "資格確認の結果 200 障害 fault-1")
	down := record("mynaportal", "list-medicines")
	down.Status, down.Code = 503, "SIM-SYS-503"
	assert.Contains(t, sequenceOf(t, down), "薬剤情報の閲覧 × ここで止まる: 503 SIM-SYS-503 システムが応答できない")
}

// TestManyDecisions: the drawing holds six, the text all; a record that did not complete names the rule itself (P6-5).
func TestManyDecisions(t *testing.T) {
	t.Parallel()
	hidden := journal.RecordDecision{
		Person: "sachiko", Rule: "P12-2", Information: "exchangeHistory", View: "mynaportal", Item: "eligibility", Place: "mynaportal",
		InsurerNumber: "01990019", Outcome: "withheld", Reasons: []journal.RecordReason{{Rule: "P6-5"}},
	}
	found := sequenceOf(t, record("mynaportal", "list-exchange-records", hidden, hidden, hidden, hidden, hidden, hidden, hidden, hidden))
	assert.Contains(t, found, "ほか2件")
	assert.Contains(t, found, "sachiko 架空協会けんぽ やりとり履歴(資格情報) × 提供しない ← 情報提供が行われず連携が完了していない記録は、原則としてやりとり履歴に表示されない。 P6-5 6頁")
}

// TestUnknownWays: whatever came, there is a picture.
func TestUnknownWays(t *testing.T) {
	t.Parallel()
	r := record("jpki", "show-card")
	r.Method, r.Path, r.Actor.Role = "GET", "/jpki/cards/card-1", "cardOffice"
	assert.Contains(t, sequenceOf(t, r), "市区町村 → JPKI カードの照会 ○ JPKI → 市区町村 応答 200")
	lost := &journal.Record{Method: "GET", Path: "/nowhere", Status: 404}
	assert.Contains(t, sequenceOf(t, lost), "GET /nowhere × ここで止まる: 404 対象がない")
	sequenceOf(t, &journal.Record{})
}
