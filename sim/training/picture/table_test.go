package picture_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/explain"
	"onshisim/sim/training/picture"
	"onshisim/sim/world"
)

// tableOf is a person's table as texts.
func tableOf(t *testing.T, w *world.World, id string) string {
	t.Helper()
	p := person(t, w, id)
	return sound(t, picture.Table(explain.Disclosure{Rows: explain.Of(p, w.Look(t.Context()))}, picture.NamesOf(p)))
}

const nothing = "– 提供機能なし "

// TestTableOfFormerInsurer: both flags at B alone, who is not the latest: the example of page 13.
func TestTableOfFormerInsurer(t *testing.T) {
	t.Parallel()
	w := moved(t)
	set(t, w, "2021-04-01", "at-b", world.FlagSetting{NonDisclosure: &on, SelfInformationBlocked: &on})
	all := "A ○ 提供する B ○ 提供する C ○ 提供する "
	noAddress := "△ 住所・郵便番号は非表示 不開示該当フラグ(B) P13-2 13頁 "
	want := "情報 マイナポータル 医療機関・薬局 " +
		"自己情報 マイナポータル P12-1 12頁 A ○ 提供する B × 提供しない 自己情報提供不可フラグ(B) P13-3 13頁 C ○ 提供する " + nothing +
		"初回登録 マイナポータル P13-4 13頁 ○ 提供する " + nothing +
		"やりとり履歴 マイナポータル P12-2 12頁 A ○ 提供する B × 提供しない 不開示該当フラグ(B) P13-5 13頁 C ○ 提供する " + nothing +
		"資格情報 マイナポータル P12-3 12頁 " + all + nothing +
		"資格情報 マイナンバーカード P12-4 12頁 " + nothing + all +
		"資格情報 被保険者証 P12-5 12頁 " + nothing + "A " + noAddress + "B " + noAddress + "C " + noAddress +
		"資格情報 災害・障害時 P12-6 12頁 " + nothing + "A " + noAddress + "B " + noAddress + "C " + noAddress +
		"薬剤情報 すべて P12-7 12頁 " + all + all +
		"特定健診情報等 すべて P12-8 12頁 " + all + all +
		"医療費通知情報 マイナポータル P12-9 12頁 " + all + strings.TrimSpace(nothing)
	found := tableOf(t, w, "sachiko")
	_, table, _ := strings.Cut(found, "いまのフラグ ")
	assert.Equal(t, want, table)
	assert.Contains(t, found, "A 架空健康保険組合 保険者番号 06990014・個人単位被保険者番号 at-a B 架空協会けんぽ")
	assert.Contains(t, found, "C 架空県仮想市国民健康保険 最新の保険者")
}

// TestTableOfLatestInsurer: the flag at C withholds the four informations of all, and the registration (P13-1, P13-4); where
// both flags hide the address, both stand there.
func TestTableOfLatestInsurer(t *testing.T) {
	t.Parallel()
	w := moved(t)
	set(t, w, "2021-04-01", "at-c", world.FlagSetting{NonDisclosure: &on, SelfInformationBlocked: &on})
	found := tableOf(t, w, "sachiko")
	blocked := "× 提供しない 自己情報提供不可フラグ(C) P13-1 13頁 "
	assert.Contains(t, found, "初回登録 マイナポータル P13-4 13頁 × 提供しない 自己情報提供不可フラグ(C) P13-4 13頁 "+nothing)
	assert.Contains(t, found, "マイナンバーカード P12-4 12頁 "+nothing+"A "+blocked+"B "+blocked+"C "+blocked)
	assert.Contains(t, found, "被保険者証 P12-5 12頁 "+nothing+"A △ 住所・郵便番号は非表示 不開示該当フラグ(C) P13-2 13頁 自己情報提供不可フラグ(C) P13-1 13頁 B △")
}

// TestTableOfItem: a flag for one specific personal information gives its line a name of its own (P6-6).
func TestTableOfItem(t *testing.T) {
	t.Parallel()
	w := moved(t)
	set(t, w, "2021-04-01", "at-a", world.FlagSetting{SelfInformationBlocked: &on, Items: []string{"benefits"}})
	found := tableOf(t, w, "sachiko")
	assert.Contains(t, found, "自己情報(資格情報) マイナポータル P12-1 12頁 A ○ 提供する B")
	assert.Contains(t, found, "自己情報(給付情報) マイナポータル P12-1 12頁 A × 提供しない 自己情報提供不可フラグ(A) P13-3 13頁 B ○")
	assert.Contains(t, found, "自己情報(特定健診情報等) マイナポータル P12-1 12頁 A ○")
	assert.Contains(t, found, "やりとり履歴 マイナポータル P12-2 12頁 A ○", "the other flag makes no difference")
}

func TestTableWithoutMembers(t *testing.T) {
	t.Parallel()
	found := tableOf(t, moved(t), "nashi")
	assert.Contains(t, found, "資格がありません。")
	assert.Contains(t, found, "薬剤情報 すべて P12-7 12頁 ○ 提供する ○ 提供する")
	assert.NotContains(t, found, "×")
}

func TestTableWarnsOfMutant(t *testing.T) {
	t.Parallel()
	assert.Contains(t, sound(t, picture.Table(explain.Disclosure{Mutant: "wrong<b>", Rows: nil}, nil)), "わざと誤った方針「wrong<b>」")
	assert.NotContains(t, tableOf(t, moved(t), "sachiko"), "注意")
}

// TestNamesAreTexts: whatever an insurer is called, it stays a text.
func TestNamesAreTexts(t *testing.T) {
	t.Parallel()
	named := append([]world.Insurer{{InsurerNumber: "06990014", InsurerName: `<script>alert("1")</script>&' onload="`}}, insurers[1:]...)
	w := worldOf(t, named)
	set(t, w, "2021-04-01", "at-a", world.FlagSetting{NonDisclosure: &on})
	assert.Contains(t, tableOf(t, w, "sachiko"), named[0].InsurerName)
	p := person(t, w, "sachiko")
	assert.Contains(t, sound(t, picture.Timeline(p, w.Look(t.Context()))), named[0].InsurerName)
	r := record("terminal", "read-card", withheldByCard)
	r.Decisions[0].Person, r.Code, r.Path, r.Operation = "<script>", "<script>", "/<script>", "<script>"
	sound(t, picture.Sequence(r, picture.Names{"990010": named[0].InsurerName}))
}

// TestClassesHaveLooks: colours come by classes alone, and all of these are the style sheet's.
func TestClassesHaveLooks(t *testing.T) {
	t.Parallel()
	w := moved(t)
	set(t, w, "2021-04-01", "at-b", world.FlagSetting{NonDisclosure: &on, SelfInformationBlocked: &on})
	set(t, w, "2021-04-02", "at-c", world.FlagSetting{SelfInformationBlocked: &on, Items: []string{"checkups"}})
	p, look := person(t, w, "sachiko"), w.Look(t.Context())
	drawn := string(picture.Table(explain.Disclosure{Mutant: "m", Rows: explain.Of(p, look)}, nil)+picture.Timeline(p, look)) +
		string(picture.Sequence(record("terminal", "read-card", withheldByCard), nil)+picture.Sequence(record("mynaportal", "register", refused("P11-1")), nil))
	unstyled := []string{"timeline", "sequence", "messageWord", "answerWord", "outside"}
	for _, classes := range regexp.MustCompile(`class="([^"]*)"`).FindAllStringSubmatch(drawn, -1) {
		for _, class := range strings.Fields(classes[1]) {
			if !slices.Contains(unstyled, class) {
				require.Regexp(t, `\.`+class+`\b`, picture.CSS)
			}
		}
	}
	assert.NotContains(t, picture.CSS, "url(")
	assert.NotContains(t, picture.CSS, "@import")
}
