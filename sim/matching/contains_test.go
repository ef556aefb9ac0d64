package matching_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"onshisim/sim/matching"
)

func TestContains(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, part string
		want             bool
	}{
		{"front", "架空県幻市夢見町１－２－３", "架空県幻市", true},
		{"middle", "架空県幻市夢見町１－２－３", "夢見町", true},
		{"end, in half-width digits", "架空県幻市夢見町１－２－３", "1-2-3", true},
		{"whole", "架空県幻市", "架空県幻市", true},
		{"half-width kana of an insurer's name", "オンシ健康保険組合", "ｵﾝｼ健康", true},
		{"voiced half-width kana", "ガクエン共済", "ｶﾞｸｴﾝ", true},
		{"unvoiced is another kana", "ガクエン共済", "カクエン", false},
		{"spaces round the part", "架空県 幻市", "　幻市 ", true},
		{"ideographic space", "架空県　幻市", "県 幻", true},
		{"other place", "架空県幻市", "空想市", false},
		{"part longer than the text", "架空県", "架空県幻市", false},
		{"another form of the kanji", "髙崎", "高崎", false},
		{"circled digit", "夢見町1", "①", false},
		{"hiragana for katakana", "ガクエン共済", "がくえん", false},
		{"empty part", "架空県幻市", "", false},
		{"part of spaces", "架空県 幻市", " 　", false},
		{"empty text", "", "幻", false},
		{"both empty", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, matching.Contains(tt.text, tt.part))
		})
	}
}

func TestContainsIsReflexive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := text().Draw(t, "text")
		assert.Equal(t, matching.Fold(s) != "", matching.Contains(s, s))
	})
}
