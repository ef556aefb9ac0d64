package browser_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

var entryCode = regexp.MustCompile(`entry code (\S+)`)

// visitor is a tab of somebody who has entered the training room of the world default.
func visitor(t *testing.T, s *process.Simulator) *tab {
	t.Helper()
	found := entryCode.FindStringSubmatch(s.Welcome)
	require.NotNil(t, found, s.Welcome)
	b := room(t, s)
	b.open("/")
	b.fill("入室コード", found[1])
	b.click("入室する")
	b.see("座る席を選んでください")
	return b
}

// sit takes a seat from the first screen.
func (b *tab) sit(seat string) {
	b.Helper()
	b.open("/")
	b.click(seat)
}

// logIn logs a card in to Mynaportal, whoever was logged in before.
func (b *tab) logIn(card, pin string) {
	b.Helper()
	b.sit("マイナポータル カードと暗証番号でログイン")
	if strings.Contains(b.text(), "ログアウト") {
		b.click("ログアウト")
	}
	b.fill("カードの番号", card)
	b.fill("暗証番号", pin)
	b.click("ログイン")
}

// setFlags sets ("設定する"), lifts ("解除する") or leaves ("変更しない") the flags of a member in an insurer's list.
func (b *tab) setFlags(insurer, member, nonDisclosure, selfInformation, appliedOn, reason string) {
	b.Helper()
	b.sit(insurer)
	b.click(member)
	b.fill("不開示該当フラグ", nonDisclosure)
	b.fill("自己情報提供不可フラグ", selfInformation)
	b.fill("申出日", appliedOn)
	b.fill("理由", reason)
	b.click("記録する")
	b.see("フラグの処理を記録しました。", reason)
}

const (
	set   = "設定する(1)"
	lift  = "解除する(0)"
	leave = "変更しない"
)

// readCard puts a card on an institution's reader with its PIN, and consents to medicines and checkups.
func (b *tab) readCard(institution, card, pin string) {
	b.Helper()
	b.sit(institution)
	b.fill("カードの番号", card)
	b.fill("本人確認", "暗証番号")
	b.fill("暗証番号(暗証番号で確認するとき)", pin)
	b.fill("薬剤情報の提供", "on")
	b.fill("特定健診情報等の提供", "on")
	b.click("カードを読み取る")
}

// certificate is what stands on an insurance certificate.
type certificate struct{ insurer, symbol, number, branch, birthdate string }

// check checks a certificate at an institution's window.
func (b *tab) check(institution string, c certificate) {
	b.Helper()
	b.sit(institution)
	b.click("保険証での資格確認")
	b.fill("保険者番号", c.insurer)
	b.fill("被保険者証記号", c.symbol)
	b.fill("被保険者証番号", c.number)
	b.fill("枝番", c.branch)
	b.fill("生年月日", c.birthdate)
	b.click("資格を確認する")
	b.see("資格の有効性")
}

// search searches a person in a disaster.
func (b *tab) search(institution, label, name, birthdate, insurerName string) {
	b.Helper()
	b.sit(institution)
	b.click("災害・障害時の画面")
	b.fill(label, name)
	b.fill("生年月日", birthdate)
	b.fill("保険者名の一部", insurerName)
	b.click("検索する")
}

// inquire has an agency ask an insurer about a person's eligibility.
func (b *tab) inquire(agency, individualNumber, insurer string) {
	b.Helper()
	b.sit(agency)
	b.fill("対象者の個人番号", individualNumber)
	b.click("機関別符号を取得する")
	b.fill("情報提供者(保険者)", insurer)
	b.click("照会する")
	b.see("情報照会の結果")
}

// openCard opens a card at the card office.
func (b *tab) openCard(card string) {
	b.Helper()
	b.sit("カード窓口")
	b.fill("カードの番号", card)
	b.click("カードを開く")
}

var issued = regexp.MustCompile(`カードの番号\s+(\S+)\s+暗証番号\s+(\d{4})`)

// reissue has the card office issue a new card in place of one.
func (b *tab) reissue(card string) (newCard, pin string) {
	b.Helper()
	b.openCard(card)
	b.click("再交付する")
	b.see("新しいカードを交付しました")
	found := issued.FindStringSubmatch(b.text())
	require.NotNil(b, found, b.text())
	return found[1], found[2]
}
