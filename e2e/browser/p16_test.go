package browser_test

import (
	"net/http"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheFlowOfADependantVictim plays page 16 ① through the screens: who fled was a dependant, and changes her insurer.
func TestTheFlowOfADependantVictim(t *testing.T) {
	t.Parallel()
	s := serve(t, "--scenario", "flows/p16-dependant")
	shizue, takeshi, instructor := visitor(t, s), visitor(t, s), visitingInstructor(t, s, "16頁 ①")
	const (
		insurerA, insurerB, hospital, clinic, pharmacy = "架空健康保険組合", "架空県避難町国民健康保険", "仮想中央病院", "避難町クリニック", "仮想駅前薬局"
		former, refuge                                 = "架空県仮想市荒磯一丁目16番2号", "架空県避難町静浦七丁目16番3号"
	)
	family := certificate{"06990014", "1601", "16001", "02", "1985-02-16"}
	own := certificate{"990028", "1602", "1602", "01", "1985-02-16"}

	// ① Before anything is set, the husband is her proxy and has her card.
	instructor.playsTheNextStep("静江はカードを置いたまま避難し")
	takeshi.logIn("card-takeshi-1", "1601")
	takeshi.clickIn("荒波　静江 さん", "薬剤情報")
	takeshi.see("荒磯内科", "静浦診療所")
	takeshi.readCard(hospital, "card-shizue-1", "1602")
	takeshi.see("荒波　静江", former)

	// ②–④ Insurer A sets both flags.
	instructor.setClock("2021-04-12", "10:00")
	shizue.setFlags(insurerA, "荒波　静江", set, set, "2021-04-09", "被扶養者からDV被害の申出があった。カードは避難元にある")
	takeshi.logIn("card-takeshi-1", "1601")
	for information, nothing := range map[string]string{
		"薬剤情報": "表示する薬剤情報はありません。", "資格情報": "表示する資格情報はありません。", "特定健診情報等": "表示する特定健診情報等はありません。",
		"医療費通知情報": "表示する医療費通知情報はありません。", "わたしの情報(自己情報)": "回答なし",
	} {
		takeshi.sit("マイナポータル カードと暗証番号でログイン")
		takeshi.clickIn("荒波　静江 さん", information)
		takeshi.see(nothing)
		takeshi.seeNot("荒磯", "静浦", "不開示", "フラグ")
	}
	for _, institution := range []string{hospital, pharmacy} {
		takeshi.readCard(institution, "card-shizue-1", "1602")
		takeshi.see("該当資格なし")
		takeshi.seeNot("静江", "荒磯", "06990014", "フラグ")
	}
	takeshi.check(hospital, family)
	takeshi.see("荒波　静江", "有効")
	takeshi.seeNot("荒磯", "000-1602")
	shizue.inquire("架空県仮想市福祉課", "990011602003", insurerA)
	shizue.see("あり")

	// ⑤ Card, individual number and proxy.
	shizue.openCard("card-shizue-1")
	shizue.click("一時停止する")
	shizue.see("一時停止中")
	takeshi.sit(hospital)
	takeshi.fill("カードの番号", "card-shizue-1")
	takeshi.fill("本人確認", "顔認証(本人)")
	takeshi.expectStatus(http.StatusForbidden)
	takeshi.click("カードを読み取る")
	takeshi.see("このカードは一時停止されています。")
	instructor.setClock("2021-04-20", "10:00")
	card, pin := shizue.reissue("card-shizue-1")
	shizue.sit("カード窓口")
	shizue.click("個人番号の変更")
	shizue.fill("いまの個人番号", "990011602003")
	shizue.click("変更する")
	shizue.see("個人番号を変更しました")
	number := regexp.MustCompile(`個人番号\s+(\d{12})`).FindStringSubmatch(shizue.text())
	require.NotNil(t, number)
	shizue.logIn(card, pin)
	shizue.click("代理人")
	shizue.clickIn("portal-takeshi", "portal-takeshi の設定を解除する")
	takeshi.logIn("card-takeshi-1", "1601")
	takeshi.see("代理人になっている方はいません。")

	// ⑥–⑨ Insurer A removes the dependant, and lifts its self-information flag.
	shizue.check(clinic, family)
	shizue.see("荒波　静江")
	instructor.setClock("2021-05-10", "10:00")
	shizue.sit(insurerA)
	shizue.click("荒波　静江")
	shizue.click("訂正・資格喪失")
	shizue.fill("資格喪失日", "2021-05-01")
	shizue.fill("資格喪失事由", "その他")
	shizue.click("登録する")
	shizue.see("加入者の情報を登録しました。", "2021年5月1日")
	takeshi.check(hospital, family)
	takeshi.see("無効")
	takeshi.seeNot("荒磯", "静浦", "000-1602")
	shizue.logIn(card, pin)
	shizue.click("わたしの情報(自己情報)")
	shizue.see("回答なし")
	shizue.setFlags(insurerA, "荒波　静江", leave, lift, "2021-05-10", "カードの再交付が完了し、代理人の設定も解除した")
	shizue.logIn(card, pin)
	shizue.click("わたしの情報(自己情報)")
	shizue.see(insurerA, "2021年5月1日")

	// ⑩⑪ Insurer B registers her, and sets both flags too.
	shizue.sit(insurerB)
	shizue.see("加入者はまだ登録されていません。")
	shizue.click("加入者の新規登録")
	for label, value := range map[string]string{
		"個人単位被保険者番号": "9900281602160201", "個人番号": number[1], "氏名 必須": "荒波　静江", "氏名(カナ)": "アラナミ　シズエ", "性別": "女", "生年月日": "1985-02-16",
		"郵便番号": "000-1603", "住所": refuge, "被保険者証記号": "1602", "被保険者証番号": "1602", "枝番": "01", "資格取得日": "2021-05-01",
	} {
		shizue.fill(label, value)
	}
	shizue.click("登録する")
	shizue.see("加入者の情報を登録しました。", refuge)
	shizue.setFlags(insurerB, "荒波　静江", set, set, "2021-05-10", "加入の届出の際に、DV被害の申出があった")
	shizue.screenshot("insurer")
	shizue.phoneScreenshot("insurer")
	shizue.check(clinic, own)
	shizue.see("荒波　静江", insurerB)
	shizue.seeNot("静浦", "000-1603")
	takeshi.check(hospital, family)
	takeshi.see("無効(新しい資格あり)")
	takeshi.seeNot("避難町", "静浦", "990028", "国民健康保険")
	shizue.logIn(card, pin)
	shizue.click("初回登録")
	shizue.click("同意して登録する")
	shizue.see("処理を完了できませんでした")
	shizue.setFlags(insurerB, "荒波　静江", leave, lift, "2021-05-10", "カードの再交付が完了していることを確認した")
	shizue.logIn(card, pin)
	shizue.click("初回登録")
	shizue.click("同意して登録する")
	shizue.see("初回登録は完了しています")
	shizue.readCard(clinic, card, pin)
	shizue.see("有効", refuge)
	shizue.inquire("架空県仮想市福祉課", number[1], insurerB)
	shizue.see("あり")
	instructor.setClock("2021-08-20", "10:00")
	instructor.declareDisaster("架空県仮想市")
	takeshi.search(hospital, "氏名", "荒波　静江", "1985-02-16", "国民健康保険")
	takeshi.see("荒波　静江", insurerB)
	takeshi.seeNot("静浦", "000-1603")
	takeshi.screenshot("disaster")
	instructor.recover()

	// ⑫–⑭ A year later both insurers lift the non-disclosure flag.
	instructor.setClock("2022-06-01", "10:00")
	shizue.logIn(card, pin)
	shizue.click("やりとり履歴")
	shizue.see("表示するやりとり履歴はありません。")
	shizue.setFlags(insurerA, "荒波　静江", lift, leave, "2022-06-01", "DV被害から逃れたため、解除の申請があった")
	shizue.check(clinic, own)
	shizue.seeNot("静浦", "000-1603")
	shizue.setFlags(insurerB, "荒波　静江", lift, leave, "2022-06-01", "DV被害から逃れたため、解除の申請があった")
	shizue.check(clinic, own)
	shizue.see(refuge, "000-1603")
	shizue.readCard(clinic, card, pin)
	shizue.click("薬剤情報・特定健診情報等を開く")
	shizue.see("架空胃腸薬顆粒", "架空湿布薬")
	shizue.inquire("架空県仮想市福祉課", number[1], insurerB)
	shizue.logIn(card, pin)
	shizue.click("やりとり履歴")
	shizue.see("2022年6月1日 10:00:00", "架空県仮想市福祉課")
	shizue.seeNot("2021年8月", "2021年5月", "2021年4月")
	shizue.click("資格情報")
	shizue.see(insurerA, insurerB)
	shizue.click("医療費通知情報")
	shizue.see("荒磯医院", "5160円")
	takeshi.sit(hospital)
	takeshi.fill("カードの番号", "card-shizue-1")
	takeshi.fill("本人確認", "顔認証(本人)")
	takeshi.expectStatus(http.StatusForbidden)
	takeshi.click("カードを読み取る")
	takeshi.see("このカードは失効しています。")
	takeshi.check(hospital, family)
	takeshi.see("無効(新しい資格あり)", former)
	takeshi.seeNot("避難町", "静浦", "国民健康保険")
	instructor.seesNothingForgotten()
}
