package browser_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheConsolesScreens(t *testing.T) {
	t.Parallel()
	s := serve(t)
	i := console(t, s)
	i.open("/")
	i.looked("console")
	i.fill("世界の名前", "Not A Name")
	i.expectStatus(http.StatusUnprocessableEntity)
	i.click("世界を作る")
	i.accessible()
	i.open("/")
	i.click("default")
	i.looked("console-world")
	for name, page := range map[string]string{"console-mode": "モード", "console-faults": "障害", "console-persons": "人", "console-journal": "記録", "console-report": "報告書"} {
		i.click(page)
		i.looked(name)
	}
	i.click("概要")
	i.click("1日進める")
	i.see("2021年4月2日 09:00:00")
	i.fill("いまの状態に付ける名前", "lesson-1")
	i.click("名前を付ける")
	i.click("30日進める")
	i.click("lesson-1 に戻す")
	i.see("2021年4月2日 09:00:00")
	i.click("lesson-1 を削除する")
	i.see("チェックポイントはありません。")
	i.click("障害")
	i.fill("対象", "マイナポータル すべて")
	i.fill("起きること", "接続が切れる")
	i.click("障害を加える")
	i.accessible()
	i.click("障害をすべて解除する")
	i.see("障害は設定されていません。")
}

// TestAClassOfForty makes a world for each of forty trainees with one click; none gets in by another's code.
func TestAClassOfForty(t *testing.T) {
	t.Parallel()
	s := serve(t)
	i := console(t, s)
	i.open("/")
	i.fill("クラスの名前", "autumn")
	i.fill("人数", "40")
	i.clickIn("クラスの名前", "クラスを作る")
	i.see("autumn-01", "autumn-40")
	i.click("入室票")
	i.see("autumn-40")
	i.looked("console-sheet")
	i.open("/")
	i.click("クラスを削除する")
	i.see("autumn-01", "autumn-40")
	i.accessible()
	i.click("削除する")
	i.seeNot("autumn-01")
}

// TestTheConsoleIsLive follows at the console what a trainee does on a screen, without a key pressed there.
func TestTheConsoleIsLive(t *testing.T) {
	t.Parallel()
	s := serve(t)
	b := visitor(t, s)
	i := console(t, s)
	i.open("/console/worlds/default/persons/ichiro")
	i.seeNot("本人の申出")
	i.accessible()
	b.setFlags("架空健康保険組合", "標準　一郎", leave, set, "2021-04-01", "本人の申出")
	i.see("本人の申出", "提供しない", "自己情報提供不可フラグ", "12頁")
	i.looked("console-person")

	i.open("/console/worlds/default/journal")
	b.readCard("仮想中央病院", "card-ichiro-1", "1101")
	i.see("カードで資格確認")
	i.looked("console-journal-live")
	b.logIn("card-ichiro-1", "1101")
	i.see("ログイン")

	// Where a registration stops (P11): ③ is refused while the flag is set.
	card, pin := b.reissue("card-ichiro-1")
	b.logIn(card, pin)
	b.click("健康保険証利用の初回登録")
	b.click("同意して登録する")
	b.see("処理を完了できませんでした")
	i.open("/console/worlds/default/persons/ichiro")
	i.see("③", "P13-4")
	i.screenshot("console-registration")
}

// TestAnExerciseIsTickedOff goes through page 15, but never lifts the self-information flag: the console says so (P15-2).
func TestAnExerciseIsTickedOff(t *testing.T) {
	t.Parallel()
	s := serve(t, "--scenario", "flows/p15-steps")
	i := visitingInstructor(t, s, "15頁")
	b := visitor(t, s)
	b.click("15頁")
	b.see("が済みました", "まだ")
	b.looked("exercise")
	i.goTo("演習")
	i.accessible()
	for range 17 {
		i.click("次の手順を行う")
	}
	i.seeNot("忘れていること")
	i.click("手順22を行う")
	i.expectStatus(http.StatusConflict)
	i.click("手順23を行う")
	i.see("シナリオのとおりになりませんでした")
	i.see("忘れていること", "「STEP3 香の申請に基づき、国保が自己情報提供不可フラグを解除する」をしていません", "15頁")
	i.looked("console-exercise")
	b.reload()
	b.see("済み")
	b.seeNot("忘れていること")
	i.open("/console/class")
	i.see("default")
	i.looked("console-class")
	i.goTo("報告書")
	i.see("忘れていること")
	i.looked("console-report-exercise")
	i.goTo("演習")
	i.click("始めの状態に戻す")
	i.see("できた 0")
}

func TestTheConsoleWantsItsToken(t *testing.T) {
	t.Parallel()
	s := serve(t, "--control-token", "secret")
	i := console(t, s)
	i.open("/")
	i.see("制御プレーンのトークン")
	i.accessible()
	i.fill("制御プレーンのトークン", "wrong")
	i.expectStatus(http.StatusForbidden)
	i.click("ログイン")
	i.looked("console-login")
	i.fill("制御プレーンのトークン", "secret")
	i.click("ログイン")
	i.see("世界は、1人の受講者の練習場です。")
	i.click("default")
	i.click("人")
	i.see("標準　一郎")
	i.click("ログアウト")
	i.expectStatus(http.StatusForbidden)
	i.back()
	i.seeNot("標準　一郎")
	require.NotContains(t, i.url(), "secret")
}
