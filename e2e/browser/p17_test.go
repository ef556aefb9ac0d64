package browser_test

import (
	"net/http"
	"testing"
)

// TestTheFlowOfAnInsuredVictim plays page 17 ② through the screens: who fled is insured herself, and her certificate's number
// stays what it was.
func TestTheFlowOfAnInsuredVictim(t *testing.T) {
	t.Parallel()
	s := serve(t, "--scenario", "flows/p17-insured")
	izumi, gen, instructor := visitor(t, s), visitor(t, s), visitingInstructor(t, s, "17頁 ②")
	const (
		insurer, hospital, clinic = "架空協会けんぽ", "仮想中央病院", "避難町クリニック"
		refuge                    = "架空県避難町泉ヶ丘四丁目17番2号"
	)
	izumisCertificate := certificate{"01990019", "1702", "17002", "01", "1980-04-17"}

	// ① Before anything is set, the abuser sees where she is.
	gen.logIn("card-gen-1", "1701")
	gen.clickIn("清水　泉 さん", "特定健診情報等")
	gen.see("泉ヶ丘健診所")
	gen.check(hospital, izumisCertificate)
	gen.see(refuge)
	gen.screenshot("p17-before")

	// ②–④ The insurer sets both flags.
	izumi.sit(insurer)
	izumi.click("清水　泉")
	izumi.see("この加入者のフラグを設定・解除した記録はありません。")
	instructor.setClock("2021-04-05", "10:00")
	izumi.setFlags(insurer, "清水　泉", set, set, "2021-04-02", "DV被害の申出があった。カードは避難元にある")

	gen.logIn("card-gen-1", "1701")
	gen.clickIn("清水　泉 さん", "特定健診情報等")
	gen.see("表示する特定健診情報等はありません。")
	gen.logIn("card-izumi-1", "1702")
	gen.click("薬剤情報")
	gen.see("表示する薬剤情報はありません。")
	gen.click("わたしの情報(自己情報)")
	gen.see("回答なし")
	gen.seeNot(insurer)
	gen.readCard(hospital, "card-izumi-1", "1702")
	gen.see("該当資格なし")
	gen.seeNot("泉", "フラグ", "不開示")
	gen.check(hospital, izumisCertificate)
	gen.see("清水　泉", "有効")
	gen.seeNot("避難町", "泉ヶ丘", "000-1702")
	gen.screenshot("p17-after")

	izumi.inquire("架空年金事務所", "990011702008", insurer)
	izumi.see("不開示コード", "あり", insurer)
	gen.logIn("card-izumi-1", "1702")
	gen.click("やりとり履歴")
	gen.see("表示するやりとり履歴はありません。")

	// ⑤ The card is stopped: who is logged in with it is out at once.
	izumi.openCard("card-izumi-1")
	izumi.click("一時停止する")
	izumi.see("一時停止中")
	gen.expectStatus(http.StatusForbidden)
	gen.click("薬剤情報")
	gen.see("このカードは一時停止されています。")
	instructor.setClock("2021-04-19", "10:00")
	card, pin := izumi.reissue("card-izumi-1")
	izumi.logIn(card, pin)
	izumi.click("代理人")
	izumi.clickIn("portal-gen", "portal-gen の設定を解除する")
	izumi.see("代理人の設定を解除しました。")
	gen.logIn("card-gen-1", "1701")
	gen.see("代理人になっている方はいません。")

	// ⑥⑦ The registration waits for the self-information flag to be lifted (P15-2).
	izumi.click("初回登録")
	izumi.click("同意して登録する")
	izumi.see("処理を完了できませんでした", "SIM-MP-REG-001")
	izumi.setFlags(insurer, "清水　泉", leave, lift, "2021-04-19", "カードの停止・再交付と代理人の解除が完了した")
	izumi.logIn(card, pin)
	izumi.click("初回登録")
	izumi.click("同意して登録する")
	izumi.see("初回登録は完了しています", "①", "⑦")
	izumi.screenshot("registration")
	izumi.readCard(clinic, card, pin)
	izumi.see("有効", "清水　泉", refuge)
	izumi.click("薬剤情報・特定健診情報等を開く")
	izumi.see("架空抗不安錠")
	gen.check(hospital, izumisCertificate)
	gen.see("清水　泉")
	gen.seeNot("避難町", "泉ヶ丘", "000-1702")
	instructor.fail(hospital)
	gen.search(hospital, "氏名(カナ)", "シミズ　イズミ", "1980-04-17", "協会けんぽ")
	gen.see("清水　泉")
	gen.seeNot("避難町", "泉ヶ丘")
	gen.click("清水　泉")
	gen.see("有効")
	gen.seeNot("避難町", "泉ヶ丘", "000-1702")
	instructor.recover()

	// ⑧⑨ Two years later the non-disclosure flag is lifted.
	instructor.setClock("2023-04-19", "10:00")
	izumi.logIn(card, pin)
	izumi.click("やりとり履歴")
	izumi.see("表示するやりとり履歴はありません。")
	izumi.setFlags(insurer, "清水　泉", lift, leave, "2023-04-18", "DV被害から逃れたため、解除の申請があった")
	izumi.check(clinic, izumisCertificate)
	izumi.see(refuge, "000-1702")
	izumi.inquire("架空年金事務所", "990011702008", insurer)
	izumi.see("なし")
	izumi.logIn(card, pin)
	izumi.click("やりとり履歴")
	izumi.see("2023年4月19日 10:00:00", "架空年金事務所")
	instructor.seesNothingForgotten()
}
