package conformance_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sameTo are ways to write what a clerk can't tell apart: half and full width, a sound mark joined or not, spaces.
var sameTo = [][]string{
	{"カ", "ｶ"},
	{"ガ", "ｶﾞ", "カ\u3099", "カ゛"},
	{"パ", "ﾊﾟ", "ハ\u309A"},
	{"ン", "ﾝ"},
	{"ー", "ｰ"},
	{"ヴ", "ｳﾞ"},
	{"A", "Ａ"},
	{"1", "１"},
	{"-", "－"},
	{"山"},
	{"髙"},
	{"高"},
	{"崎"},
	{"﨑"},
	{"あ"},
	{"ア", "ｱ"},
	{"ァ", "ｧ"},
}

// written draws a name twice: as the register has it and as a clerk types it.
func written(t *rapid.T) (register, typed string) {
	return writtenAs(t, rapid.SliceOfN(rapid.IntRange(0, len(sameTo)-1), 1, 6).Draw(t, "letters"))
}

func writtenAs(t *rapid.T, letters []int) (register, typed string) {
	space := rapid.SampledFrom([]string{" ", "　", "  ", " 　 "})
	around := rapid.SampledFrom([]string{"", " ", "　"})
	var first, second strings.Builder
	first.WriteString(around.Draw(t, "before"))
	second.WriteString(around.Draw(t, "before"))
	for i, letter := range letters {
		if i == len(letters)/2 {
			first.WriteString(space.Draw(t, "space"))
			second.WriteString(space.Draw(t, "space"))
		}
		first.WriteString(rapid.SampledFrom(sameTo[letter]).Draw(t, "letter"))
		second.WriteString(rapid.SampledFrom(sameTo[letter]).Draw(t, "letter"))
	}
	return first.String(), second.String()
}

// TestSearchFindsExactly: a name is found in whatever width it is typed, and no other name is (P5-2).
func TestSearchFindsExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.IntRange(0, len(sameTo)-1), 1, 6).Draw(t, "letters")
		name, typed := writtenAs(t, letters)
		kana, typedKana := written(t)
		member := memberAt("A", number(0), "2015-04-01")
		person := someone(id, member)
		person.Name, person.NameKana = name, kana
		p := newPlace(t, inProcess(), nation(person))
		p.openScreens(t)
		query := func(more object) object {
			q := object{"birthdate": birthdate, "insurerName": "架空"}
			for name, value := range more {
				q[name] = value
			}
			return q
		}
		require.Equal(t, 1, p.found(t, query(object{"name": typed})), "P5-2: %q as %q", name, typed)
		require.Equal(t, 1, p.found(t, query(object{"nameKana": typedKana})), "P5-2: %q as %q", kana, typedKana)
		require.Equal(t, 1, p.found(t, query(object{"name": typed, "nameKana": typedKana})))

		changed := append([]int{}, letters...)
		at := rapid.IntRange(0, len(letters)-1).Draw(t, "changed letter")
		changed[at] = (changed[at] + rapid.IntRange(1, len(sameTo)-1).Draw(t, "changed to")) % len(sameTo)
		_, other := writtenAs(t, changed)
		require.Zero(t, p.found(t, query(object{"name": other})), "P5-2: %q is not %q", other, name)
		_, longer := writtenAs(t, append([]int{0}, letters...))
		require.Zero(t, p.found(t, query(object{"name": longer})), "P5-2: %q is not %q", longer, name)
	})
}
