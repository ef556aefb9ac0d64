package room

import (
	"slices"
	"strings"

	"onshisim/sim/scenario"
	"onshisim/sim/training/page"
)

// entry is what a trainee enters for a task, in the words of the screen where it is entered.
type entry struct{ Label, Text string }

// entryLabels are what the screens call fields that have no label everywhere, or another one there.
var entryLabels = map[string]string{
	"agencyCode":                    "機関コード",
	"askedBy":                       "同意を確かめた医療従事者",
	"candidateId":                   "候補者",
	"checkupId":                     "健診の管理番号",
	"items":                         "対象の特定個人情報",
	"portalUserId":                  "代理人の利用者ID",
	"principal":                     "代理で見る人",
	"providerInsurerNumber":         "情報提供者(保険者)",
	"qualificationConfirmationDate": "資格確認日",
}

// consentWords are the consents as the screens have them.
var consentWords = map[string]string{
	"medicines": "薬剤情報の提供", "checkups": "特定健診情報等の提供",
	"limitCertificate": "限度額情報の提供", "specificDiseases": "特定疾病療養受療証の提供",
}

// methodWords are the ways to verify who shows a card.
var methodWords = map[string]string{"pin": "暗証番号", "staff": "職員の目視", "face": "顔認証(別人)"}

// faceMatches makes the method face one that succeeds.
var faceMatches = scenario.Input{Field: "verification.match", Value: "true"}

// toSetWords are what a form offers for a flag.
var toSetWords = map[string]string{"true": "設定する(1)", "false": "解除する(0)"}

// fromBefore stands for what an earlier step makes known.
const fromBefore = "前の手順で分かったもの"

// entriesOf are where a step is done and what is entered there. What belongs together is one entry.
func entriesOf(step *scenario.StepProgress) (list []entry) {
	if seat := step.Seat; seat.Field != "" {
		label := "席"
		if seat.Field == "cardSerial" {
			label = "使うカード"
		}
		list = append(list, entry{label, valueOf(seat)})
	}
	for _, in := range step.Inputs {
		one, separator := entryOf(in), "、"
		switch {
		case in.Field == "verification.match":
			continue // the method says it
		case in.Value == "face" && slices.Contains(step.Inputs, faceMatches):
			one.Text = "顔認証(本人)"
		case strings.HasPrefix(in.Field, "items.") && in.Field != "items.code":
			separator = " "
		}
		if last := len(list) - 1; last >= 0 && list[last].Label == one.Label {
			list[last].Text += separator + one.Text
			continue
		}
		list = append(list, one)
	}
	return list
}

// entryOf puts one input into words.
func entryOf(in scenario.Input) entry {
	group, name, nested := strings.Cut(in.Field, ".")
	consent, consents := consentWords[in.Field[strings.LastIndexByte(in.Field, '.')+1:]]
	switch {
	case in.Field == "verification.method":
		return entry{"本人確認", methodWords[in.Value]}
	case consents && in.Value == "false":
		return entry{"患者の同意", consent + "はしない"}
	case consents:
		return entry{"患者の同意", consent}
	case group == "items" && nested:
		return entry{"結果", valueOf(in)}
	case !nested:
		name = group
	}
	label := labelOf(name)
	if in.Free {
		label += "(例)"
	}
	return entry{label, valueOf(in)}
}

func labelOf(name string) string {
	if label, own := entryLabels[name]; own {
		return label
	}
	if page.HasLabel(name) {
		return page.Label(name)
	}
	return name
}

// valueOf is the value of an input in words, with whose it is.
func valueOf(in scenario.Input) string {
	name := in.Field[strings.LastIndexByte(in.Field, '.')+1:]
	switch {
	case in.Field == "candidateId":
		return "前の検索の候補者"
	case in.Unknown:
		return fromBefore
	case in.Field == "principal" && in.Name != "":
		return in.Name
	case in.Name != "":
		return in.Value + "(" + in.Name + ")"
	case name == "nonDisclosure" || name == "selfInformationBlocked":
		return toSetWords[in.Value]
	case name == "items":
		return page.Word("item", in.Value)
	case name == "amount":
		return in.Value + "円"
	case in.Value == "" && in.Field == "reason":
		return "空白だけにする" // the form wants something there
	case in.Value == "":
		return "空にする"
	}
	return page.Word(name, in.Value)
}
