package page

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"onshisim/sim/problem"
	"onshisim/sim/training/ask"
)

// Refusal is why something was not done, in the reader's words.
type Refusal struct {
	Status int
	Code   string
	Text   string
	Fields map[string]string
}

// refusals are the texts of refusals by their codes.
var refusals = map[string]string{
	"SIM-REQ-422":        "入力に誤りがあります。印の付いた項目を確かめてください。",
	"SIM-AUTH-401":       "ログインしていないか、時間が過ぎました。ログインし直してください。",
	"SIM-AUTH-403":       "この端末にはこの操作の権限がありません。",
	"SIM-CARD-PIN":       "暗証番号が違います。3回続けて誤るとカードがロックされます。",
	"SIM-CARD-LOCKED":    "暗証番号を3回誤ったため、カードはロックされています。カード窓口で暗証番号を再設定してください。",
	"SIM-CARD-FACE":      "顔認証で本人を確認できませんでした。",
	"SIM-CARD-SUSPENDED": "このカードは一時停止されています。",
	"SIM-CARD-REVOKED":   "このカードは失効しています。",
	"SIM-CARD-EXPIRED":   "このカード、またはその電子証明書は有効期限が過ぎています。",
	"SIM-CARD-404":       "この番号のカードはありません。",
	"SIM-CARD-403":       "このカードではログインできません。",
	"SIM-CARD-409":       "カードの今の状態では、この操作はできません。",
	"SIM-NUMBER-404":     "この個人番号の人はいません。",
	"SIM-INT-404":        "該当する加入者・対象者はありません。",
	"SIM-INT-409":        "登録済みの内容と合わないため、受け付けられません。",
	"SIM-MP-403":         "この方の代理人ではありません。",
	"SIM-MP-404":         "その代理人は設定されていません。",
	"SIM-MP-FULL":        "ログインしている人が多すぎます。しばらくしてからやり直してください。",
	"SIM-TERM-404":       "この読取りは端末にありません。カードを読み直してください。",
	"SIM-TERM-EXPIRED":   "カードの読み取りから24時間が過ぎました。カードを読み直してください。",
	"SIM-TERM-CONSENT":   "24時間以内の患者の同意がありません。カードを読み直し、同意を得てください。",
	"SIM-DIS-CLOSED":     "災害・障害時の画面は開いていません。大規模災害またはシステム障害のときにだけ開きます。",
	"SIM-DIS-404":        "その候補者は検索されていません。検索し直してください。",
	"SIM-DIS-CONSENT":    "24時間以内の口頭同意の登録がありません。患者に確かめ、同意ボタンを押してください。",
	"SIM-SYS-503":        "このシステムは停止しています。",
	"SIM-BUSY":           "混み合っています。しばらくしてからやり直してください。",
	"SIM-WORLD-BUSY":     "混み合っています。しばらくしてからやり直してください。",
	"SIM-LOG-503":        "いまは読み書きできないため、受け付けられません。しばらくしてからやり直してください。",
	codeUnread:           "いまは読めません。しばらくしてからやり直してください。",
	"SIM-WORLD-404":      "この世界はありません。",
	"SIM-WORLD-409":      "同じ名前の世界があります。",
	"SIM-PERSON-404":     "この人はいません。",
	"SIM-CHECKPOINT-404": "このチェックポイントはありません。",
}

// Failure is that the page itself failed, of which the log has the reason.
func Failure(requestID string) *Refusal {
	return &Refusal{
		Status: http.StatusInternalServerError, Code: "SIM-500 " + requestID,
		Text: "この画面を表示できませんでした。シミュレーターの不具合です。下の番号を管理者に伝えてください。ログに原因が残っています。",
	}
}

// RefusalOf puts an error into words; one that is no refusal is not the reader's to know, and panics to a 500.
func RefusalOf(err error) *Refusal {
	refused, ok := errors.AsType[*ask.Refusal](err)
	if !ok {
		refused = unread(err)
	}
	text, known := refusals[refused.Code]
	switch {
	case known:
	case refused.Status == http.StatusNotFound:
		text = "お探しのものはありません。"
	case refused.Status >= http.StatusInternalServerError:
		text = "システムから正しい応答がありません。しばらくしてからやり直してください。"
	default:
		text = "受け付けられませんでした。" + refused.Detail
	}
	r := &Refusal{Status: refused.Status, Code: cmp.Or(refused.Code, http.StatusText(refused.Status)), Text: text, Fields: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(refused.Fields)) {
		r.Fields[name] = fieldText(refused.Fields[name])
	}
	return r
}

// codeUnread is the code of what can't be read now.
const codeUnread = "SIM-READ-503"

// unread is why something of a world can't be read where pages look into it themselves: it is gone, or its store is away.
func unread(err error) *ask.Refusal {
	own, ok := errors.AsType[*problem.Error](err)
	switch {
	case ok && own.Kind == problem.NotFound:
		return &ask.Refusal{Status: http.StatusNotFound, Code: own.Code, Cause: err}
	case ok && own.Kind == problem.Unavailable, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return &ask.Refusal{Status: http.StatusServiceUnavailable, Code: codeUnread, Cause: err}
	}
	panic(err)
}

// Saw says in one line what an answer showed: of one that is no refusal what its reader says of it.
func Saw(status int, code, said string) string {
	if status < http.StatusBadRequest {
		return said
	}
	return RefusalOf(&ask.Refusal{Status: status, Code: code}).Text
}

// Mistakes are the fields that are wrong, by their names, each with its label, if it has one, and what is wrong with it.
func (r *Refusal) Mistakes() (mistakes [][3]string) {
	for _, name := range slices.Sorted(maps.Keys(r.Fields)) {
		mistakes = append(mistakes, [3]string{name, labels[name], r.Fields[name]})
	}
	return mistakes
}

// fieldText is what the interface says of a field, in the reader's words.
func fieldText(message string) string {
	for _, known := range fieldTexts {
		if strings.Contains(message, known.part) {
			return known.text
		}
	}
	return "この項目を確かめてください。(" + message + ")"
}

// fieldTexts are the texts for what can be wrong with a field, by a part of what the interface says.
var fieldTexts = []struct{ part, text string }{
	{"is required", "入力してください。"},
	{"expected length >=", "入力してください。"},
	{"must not be blank", "入力してください。"},
	{"expected length <=", "長すぎます。"},
	{"expected a date", "実在する日付を入力してください。"},
	{"to be a date", "実在する日付を入力してください。"},
	{"must be a day of the calendar", "実在する日付で、今日までの日を入力してください。"},
	{"must be 4 digits", "数字4桁で入力してください。"},
	{"to be 4 digits", "数字4桁で入力してください。"},
	{"to be 12 digits", "数字12桁で入力してください。"},
	{"to be 10 digits", "数字10桁で入力してください。"},
	{"to be 6 or 8 digits", "数字6桁または8桁で入力してください。"},
	{"to be 2 digits", "数字2桁で入力してください。"},
	{"expected value to be one of", "選択肢から選んでください。"},
	{"or nameKana is needed", "氏名または氏名(カナ)を入力してください。"},
	{"or insurerName is needed", "住所または保険者名を入力してください。"},
	{"is your own; a proxy", "本人を代理人にすることはできません。"},
	{"is needed with method pin", "暗証番号を入力してください。"},
	{"must hold nonDisclosure", "どちらかのフラグについて、「設定する」か「解除する」を選んでください。"},
	{"it ties the member to a person", "新しい加入者には個人番号が要ります。"},
	{"nobody has this individual number yet", "この個人番号の人はまだいません。氏名と生年月日も入力してください。"},
	{"is no insurer of this world", "この世界にない保険者です。"},
	{"is no institution of this world", "この世界にない医療機関・薬局です。"},
	{"must be an instant", "日時を入力してください。"},
	{"must lie in the years", "日時が範囲の外にあります。"},
	{"must be positive", "0より長くしてください。戻すときは時計を合わせてください。"},
	{"a duration", "長さを「90s」「36h」「1d12h」のように入力してください。"},
	{"beginning with a letter or digit", "英数字で始まる、英数字と「.」「_」「-」で入力してください。"},
}
