package picture

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"onshisim/sim/journal"
)

// stop is where a request's way ended, and why.
type stop struct {
	step   int // index of the message; behind the last one if nothing stopped it
	reason string
}

// gateWords say in short what was missing at a gate.
var gateWords = map[string]string{
	"P3-4":  "同意がない、または同意から24時間を過ぎた",
	"P3-5":  "初回登録がされていない",
	"P5-1":  "検索に要る三つの条件がそろわない",
	"P5-2":  "検索条件が一致しない",
	"P5-4":  "口頭の同意が登録されていない",
	"P5-5":  "災害時の画面が開いていない",
	"P8-2":  "暗証番号・顔が一致しない",
	"P11-1": "電子証明書が有効でない",
	"P15-1": "カードが有効でない、または登録したカードでない",
	"P15-3": "自らの加入者でない",
	"QA-5":  "登録開始のときにフラグがある",
}

// cardWords say what is wrong with a card.
var cardWords = map[string]string{
	"SIM-CARD-SUSPENDED": "カードが一時停止中", "SIM-CARD-REVOKED": "カードが失効している",
	"SIM-CARD-EXPIRED": "カードか電子証明書の期限が切れた", "SIM-CARD-LOCKED": "カードがロックされている",
}

// statusWords say in short what a refusal without a gate is about.
var statusWords = map[int]string{
	400: "要求が正しくない", 401: "認証できない", 403: "許されていない", 404: "対象がない", 409: "いまの状態と合わない",
	413: "要求が大きすぎる", 415: "要求の形式が違う", 422: "要求の内容が正しくない", 429: "要求が多すぎる", 503: "システムが応答できない",
}

// stopOf finds the first step at which something was refused or withheld as a whole.
func stopOf(r *journal.Record, w way, names Names) stop {
	for step := range w {
		if reason := stoppedAt(r, &w[step], names); reason != "" {
			return stop{step, reason}
		}
	}
	failed := r.Status >= 400 || r.Fault != "" && r.Status == 0
	switch {
	case failed && r.Fault != "" && len(r.Decisions) > 0:
		return stop{len(w) - 1, failure(r) + "(処理のあとで応答が失われた)"}
	case failed:
		return stop{entry(r, w), failure(r)}
	}
	return stop{step: len(w)}
}

// stoppedAt says why the way ended at a message; empty if it did not.
func stoppedAt(r *journal.Record, m *message, names Names) string {
	withheld, shown, why := false, false, ""
	for i := range r.Decisions {
		d := &r.Decisions[i]
		switch gate := d.Outcome == "refused"; {
		case gate && (slices.Contains(m.gates, d.Rule) || m.decides != 0 && d.Rule == "P11-1" && nobodyToAsk(r)):
			return cite(d.Rule) + " " + missing(r, d.Rule)
		case gate || m.decides == 0:
		case d.Outcome == "withheld":
			withheld, why = true, cmp.Or(why, withheldBecause(d, names))
		default:
			shown = true
		}
	}
	if withheld && !shown {
		return why
	}
	return ""
}

// missing says in short what a gate missed.
func missing(r *journal.Record, gate string) string {
	if gate == "P11-1" && nobodyToAsk(r) {
		return "回答できる最新の資格がない"
	}
	return cmp.Or(cardWords[r.Code], gateWords[gate])
}

// nobodyToAsk says whether a registration got no further than the question for the latest eligibility, since there is none:
// then P11-1 was refused at ③, else at ④.
func nobodyToAsk(r *journal.Record) bool {
	return !slices.ContainsFunc(r.Decisions, func(d journal.RecordDecision) bool { return d.Information == "initialRegistration" })
}

func withheldBecause(d *journal.RecordDecision, names Names) string {
	words := []string{cite(d.Rule) + " " + outcomes[d.Outcome].Words}
	for _, r := range d.Reasons {
		words = append(words, because(r, names.of(r.InsurerNumber)).String())
	}
	return strings.Join(words, "、")
}

// entry is the message that reaches the system that was asked.
func entry(r *journal.Record, w way) int {
	for step := range w {
		if w[step].to == homes[r.System] {
			return step
		}
	}
	return 0
}

// answered says with what status a request was answered.
func answered(r *journal.Record) string {
	if r.Status == 0 {
		return ""
	}
	return strings.TrimSpace(strconv.Itoa(r.Status) + " " + r.Code)
}

// failure says why a request without a decision failed.
func failure(r *journal.Record) string {
	words := []string{answered(r), cmp.Or(cardWords[r.Code], statusWords[r.Status])}
	if r.Fault != "" {
		words = append(words, "障害 "+r.Fault)
	}
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " ")
}
