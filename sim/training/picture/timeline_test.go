package picture_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/training/picture"
	"onshisim/sim/world"
)

func timelineOf(t *testing.T, w *world.World, id string) string {
	t.Helper()
	return sound(t, picture.Timeline(person(t, w, id), w.Look(t.Context())))
}

// TestTimelineOfFlags: what insurers set and lifted, when and why (P15-3); a flag at a former insurer goes on (QA-4).
func TestTimelineOfFlags(t *testing.T) {
	t.Parallel()
	w := moved(t)
	set(t, w, "2021-04-10", "at-b", world.FlagSetting{NonDisclosure: &on, SelfInformationBlocked: &on})
	set(t, w, "2021-06-01", "at-b", world.FlagSetting{SelfInformationBlocked: &off})
	set(t, w, "2021-07-01", "at-c", world.FlagSetting{SelfInformationBlocked: &on, Items: []string{"checkups"}})
	found := timelineOf(t, w, "sachiko")
	assert.Contains(t, found, "現在 2021-07-01")
	assert.Contains(t, found, "A 架空健康保険組合 資格 2012-04-01〜2018-04-01 喪失。不開示該当フラグ 設定なし。自己情報提供不可フラグ 設定なし")
	assert.Contains(t, found, "B 架空協会けんぽ 資格 2018-04-01〜2020-10-01 喪失。不開示該当フラグ 2021-04-10〜。自己情報提供不可フラグ 2021-04-10〜2021-06-01")
	assert.Contains(t, found, "C 架空県仮想市国民健康保険 資格 2020-10-01〜。不開示該当フラグ 設定なし。自己情報提供不可フラグ 特定健診情報等だけ 2021-07-01〜")
	assert.Contains(t, found, "B 2021-06-01 自己情報提供不可フラグを解除 申出 2021-06-01 理由 本人の申出")
	assert.Contains(t, found, "C 2021-07-01 自己情報提供不可フラグを設定(特定健診情報等だけ)")
}

// TestTimelineTellsWhoseFlagCounts: the five lines of page 13, with its example: both flags at B.
func TestTimelineTellsWhoseFlagCounts(t *testing.T) {
	t.Parallel()
	w := moved(t)
	set(t, w, "2021-04-10", "at-b", world.FlagSetting{NonDisclosure: &on, SelfInformationBlocked: &on})
	found := timelineOf(t, w, "sachiko")
	for _, line := range []string{
		"P13-1 13頁 資格・薬剤・健診・医療費通知 自己情報提供不可フラグ 最新の保険者(C) いま効くもの: なし A ○ 提供する B ○ 提供する C ○ 提供する P13-2",
		"P13-2 13頁 資格・薬剤・健診・医療費通知 不開示該当フラグ 過去を含むどれか いま効くもの: B A △ 住所・郵便番号は非表示 B △ 住所・郵便番号は非表示 C △ 住所・郵便番号は非表示",
		"P13-3 13頁 自己情報 自己情報提供不可フラグ それぞれの保険者 いま効くもの: B A ○ 提供する B × 提供しない C ○ 提供する P13-4",
		"P13-4 13頁 初回登録 自己情報提供不可フラグ 最新の保険者(C) いま効くもの: なし C ○ 提供する P13-5",
		"P13-5 13頁 やりとり履歴 不開示該当フラグ それぞれの保険者 いま効くもの: B A ○ 提供する B × 提供しない C ○ 提供する",
	} {
		assert.Contains(t, found, line)
	}
	set(t, w, "2021-04-11", "at-c", world.FlagSetting{SelfInformationBlocked: &on})
	found = timelineOf(t, w, "sachiko")
	assert.Contains(t, found, "最新の保険者(C) いま効くもの: C A × 提供しない B × 提供しない C × 提供しない")
	assert.Contains(t, found, "最新の保険者(C) いま効くもの: C C × 提供しない")
}

// TestTimelineWithoutHistory: a flag without an act on record holds from the start; one that was lifted first, until then.
func TestTimelineWithoutHistory(t *testing.T) {
	t.Parallel()
	w := moved(t)
	p := *person(t, w, "sachiko")
	p.Members[1].Flags.NonDisclosure = true
	p.FlagHistory = map[string][]world.FlagChange{"at-c": {{
		At: time.Date(2021, 1, 5, 0, 0, 0, 0, world.JST), Change: world.FlagSetting{SelfInformationBlocked: &off},
	}}}
	found := sound(t, picture.Timeline(&p, w.Look(t.Context())))
	assert.Contains(t, found, "不開示該当フラグ 2018-04-01〜。")
	assert.Contains(t, found, "自己情報提供不可フラグ 2020-10-01〜2021-01-05")
}

func TestTimelineWithoutMembers(t *testing.T) {
	t.Parallel()
	require.Contains(t, timelineOf(t, moved(t), "nashi"), "資格0件")
}
