package browser_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// looked is a look at a screen: nobody is kept from using it, and there is a picture for a table and for a phone.
func (b *tab) looked(name string) {
	b.Helper()
	b.accessible()
	b.screenshot(name)
	b.phoneScreenshot(name)
}

func TestTheRoomsScreens(t *testing.T) {
	t.Parallel()
	s := serve(t)
	stranger := room(t, s)
	stranger.open("/")
	stranger.accessible()
	stranger.fill("入室コード", "ABCD-EFGH-JKLM")
	stranger.expectStatus(http.StatusForbidden)
	stranger.click("入室する")
	stranger.see("入室コードが違います。")
	stranger.looked("entry")

	b := visitor(t, s)
	b.looked("home")
	b.click("登場人物の持ち物")
	b.see("card-ichiro-1", "1101")
	b.seeNot("標準町")
	b.looked("cast")
}

func TestTheInsurersScreens(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	b.sit("架空健康保険組合")
	b.see("標準　一郎", "標準　双葉", "架空　太郎")
	b.looked("members")
	b.fill("個人単位被保険者番号で開く", "nobody")
	b.expectStatus(http.StatusNotFound)
	b.click("開く")
	b.see("該当する加入者・対象者はありません。")
	b.accessible()
	b.sit("架空健康保険組合")
	b.click("標準　一郎")
	b.looked("member")
	b.fill("不開示該当フラグ", set)
	b.fill("理由", "　")
	b.fill("対象の特定個人情報(選ばなければ被保険者枝番の全体)", "特定健診情報")
	b.expectStatus(http.StatusUnprocessableEntity)
	b.click("記録する")
	b.see("入力に誤りがあります。")
	b.looked("member-refused")
	b.fill("不開示該当フラグ", set)
	b.fill("理由", "本人の申出")
	b.fill("対象の特定個人情報(選ばなければ被保険者枝番の全体)", "特定健診情報")
	b.click("記録する")
	b.see("特定健診情報だけ", "本人の申出")
	b.click("特定健診情報の登録")
	b.accessible()
	b.fill("項目 1", "身長")
	b.fill("値 1", "170.0")
	b.click("登録する")
	b.see("特定健診情報を登録しました。")
	b.click("訂正・資格喪失")
	b.looked("member-form")
	b.fill("住所", "架空県仮想市新町一丁目2番3号")
	b.click("登録する")
	b.see("架空県仮想市新町一丁目2番3号")
	b.click("加入者の新規登録")
	b.accessible()
	for label, value := range map[string]string{
		"個人単位被保険者番号": "0699001499990101", "個人番号": "990000010015", "氏名 必須": "標準　一郎", "生年月日": "1980-05-15", "資格取得日": "2021-04-01", "枝番": "1",
	} {
		b.fill(label, value)
	}
	b.expectStatus(http.StatusUnprocessableEntity)
	b.click("登録する")
	b.see("入力に誤りがあります。")
	b.accessible()
}

func TestTheCardOfficesScreens(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	b.sit("カード窓口")
	b.accessible()
	b.fill("カードの番号", "nothing")
	b.expectStatus(http.StatusNotFound)
	b.click("カードを開く")
	b.see("この番号のカードはありません。")
	b.openCard("card-taro-1")
	b.looked("card")
	b.click("一時停止する")
	b.see("一時停止中")
	b.accessible()
	b.click("一時停止を解除する")
	b.see("有効")
	b.fill("新しい暗証番号", "8808")
	b.click("再設定する")
	b.see("暗証番号を再設定しました。")
	card, pin := b.reissue("card-taro-1")
	b.looked("issued")
	b.logIn(card, pin)
	b.see("見たい情報を選んでください")
	b.sit("カード窓口")
	b.click("個人番号の変更")
	b.looked("individual-number")
}

func TestThePortalsScreens(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	b.sit("マイナポータル カードと暗証番号でログイン")
	b.looked("portal-login")
	b.fill("カードの番号", "card-ichiro-1")
	b.fill("暗証番号", "0000")
	b.expectStatus(http.StatusForbidden)
	b.click("ログイン")
	b.see("暗証番号が違います。")
	b.accessible()
	b.logIn("card-ichiro-1", "1101")
	b.looked("portal")
	for name, title := range map[string]string{
		"portal-eligibility": "資格情報", "portal-checkups": "特定健診情報等", "portal-medicines": "薬剤情報", "portal-expenses": "医療費通知情報",
		"portal-self-information": "わたしの情報(自己情報)", "portal-history": "やりとり履歴", "portal-registration": "初回登録", "portal-proxies": "代理人",
	} {
		b.click(title)
		b.looked(name)
	}
	b.click("代理人")
	b.fill("代理人の利用者ID", "portal-ichiro")
	b.expectStatus(http.StatusUnprocessableEntity)
	b.click("設定する")
	b.see("本人を代理人にすることはできません。")
	b.accessible()
	b.logIn("card-hanako-1", "2202")
	b.click("わたしの情報(自己情報)")
	b.see("回答なし")
	b.looked("portal-no-answer")
}

func TestTheTerminalsScreens(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	const hospital = "仮想中央病院"
	b.sit(hospital)
	b.looked("reader")
	b.fill("カードの番号", "card-ichiro-1")
	b.fill("本人確認", "顔認証(別人)")
	b.expectStatus(http.StatusForbidden)
	b.click("カードを読み取る")
	b.see("顔認証で本人を確認できませんでした。")
	b.accessible()
	b.readCard(hospital, "card-ichiro-1", "1101")
	b.see("有効", "標準町")
	b.looked("window")
	b.click("薬剤情報・特定健診情報等を開く")
	b.looked("consultation")
	b.back()
	b.see("有効", "標準町")
	b.reload()
	b.see("有効", "標準町")
	b.click("保険証での資格確認")
	b.accessible()
	b.check(hospital, certificate{"01990019", "2002", "20002", "", "1988-08-08"})
	b.see("架空　花子")
	b.seeNot("かくれ里")
	b.looked("certificate")
	b.reload()
	b.see("架空　花子")
	b.click("照会番号")
	b.accessible()
	b.readCard("仮想駅前薬局", "card-ichiro-1", "1101")
	b.click("薬剤情報・特定健診情報等を開く")
	b.see("服薬指導")
	b.looked("pharmacy")
	b.sit(hospital)
	b.click("災害・障害時の画面")
	b.fill("氏名", "架空　花子")
	b.fill("生年月日", "1988-08-08")
	b.fill("住所の一部", "架空県")
	b.expectStatus(http.StatusForbidden)
	b.click("検索する")
	b.see("災害・障害時の画面は開いていません。")
	b.accessible()
}

func TestTheAgencysScreens(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	b.sit("架空県仮想市福祉課")
	b.accessible()
	b.inquire("架空県仮想市福祉課", "990000010015", "架空健康保険組合")
	b.looked("inquiry")
	b.click("対象者に戻る")
	b.looked("subject")
}

func TestTheAbusersSeat(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	b.sit("対策の前と後を見比べる")
	b.looked("abuser")
	for name, problem := range map[string]string{
		"abuser-card": "置いてきたカード", "abuser-proxy": "代理人", "abuser-certificate": "知られている被保険者証の記号・番号", "abuser-disaster": "災害時の検索",
	} {
		b.sit("対策の前と後を見比べる")
		b.click(problem)
		for _, step := range []string{"situation", "before", "measure", "after", "remains"} {
			if step != "situation" {
				b.click("次へ")
			}
			if step == "before" || step == "after" || problem == "置いてきたカード" {
				b.looked(name + "-" + step)
			}
		}
		b.click("4つの課題へ戻る")
	}
}

// TestNothingIsLeftOfASession comes back to what was seen after the log-out, and after the way out.
func TestNothingIsLeftOfASession(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	b.logIn("card-ichiro-1", "1101")
	b.click("資格情報")
	b.see("標準　一郎")
	b.click("ログアウト")
	b.see("ログアウトしました。")
	b.back()
	b.seeNot("標準　一郎")
	b.see("マイナンバーカードでログイン")
	b.readCard("仮想中央病院", "card-ichiro-1", "1101")
	b.see("標準　一郎")
	b.click("退室")
	b.expectStatus(http.StatusForbidden)
	b.back()
	b.seeNot("標準　一郎")
	b.see("入室コード")
}

// TestTwinsLookTheSame compares a withheld person's screens with those of one without the data, point by point (QA-3).
func TestTwinsLookTheSame(t *testing.T) {
	t.Parallel()
	b := visitor(t, serve(t))
	const hospital = "仮想中央病院"
	b.readCard(hospital, "card-hanako-1", "2202")
	withheld := b.picture()
	b.screenshot("twin-withheld")
	b.click("薬剤情報・特定健診情報等を開く")
	withheldRecords := b.picture()
	b.readCard(hospital, "card-nashi-1", "4404")
	b.sameLooks("window", withheld, b.picture())
	b.click("薬剤情報・特定健診情報等を開く")
	b.sameLooks("consultation", withheldRecords, b.picture())
	require.NotEmpty(t, withheld.Pix)
}
