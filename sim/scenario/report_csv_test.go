package scenario_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
)

func TestTheCSVReportHasARowForEachStep(t *testing.T) {
	f := newFake(map[string]string{"GET /jpki/cards/card-1": `200 {"status": "valid", "message": "=1+1, \"a\"\nb"}`})
	s := parsed(t, `
  - {title: "-1日目, 朝", actor: cardOffice, by: "@係", act: showCard, with: {cardSerial: card-1}, rules: [P12-4], sees: {status: valid}}
  - {title: "-", actor: cardOffice, act: showCard, with: {cardSerial: card-1}, sees: {status: locked, message: x}}
  - {title: ＝まだ, actor: insurer, as: "06990014", act: setFlags, with: {personalInsuredNumber: a}}
`)
	s.Title = "=HYPERLINK(\"x\")"
	broken := parsed(t, oneStep)
	broken.Name = "+z"
	unmade := scenario.Play(t.Context(), newFake(map[string]string{"PUT": "503 {}"}).target(), broken)
	silent := scenario.Play(t.Context(), f.target(), parsed(t, "  - {title: 一, actor: citizen, as: card-1, act: register}\n"))

	const want = "\ufeff" +
		`シナリオ,題名,手順番号,手順,立場,誰が,操作,規則,要求,状態コード,見えたもの,結果,相違
x,"'=HYPERLINK(""x"")",1,"'-1日目, 朝",市区町村・JPKI,'@係,カードの照会,P12-4 QA-3,GET /jpki/cards/card-1,200,"有効 =1+1, ""a""
b",合格,
x,"'=HYPERLINK(""x"")",2,-,市区町村・JPKI,,カードの照会,QA-3,GET /jpki/cards/card-1,200,"有効 =1+1, ""a""
b",不合格,"message: 期待 ""x"" / 実際 ""=1+1, \""a\""\nb""
status: 期待 ""locked"" / 実際 ""valid"""
x,"'=HYPERLINK(""x"")",3,'＝まだ,保険者,06990014,DVフラグの設定・解除,QA-3,,,,未実施,
'+z,題,0,世界,,,,QA-3,,,,不合格,世界を作れません: 503
'+z,題,1,一,市区町村・JPKI,,カードの照会,QA-3,,,,未実施,
x,題,1,一,マイナポータル,card-1,初回登録,QA-3,,,,不合格,カード card-1 はまだログインしていません(logIn が先に要ります)
`
	var text bytes.Buffer
	require.NoError(t, scenario.WriteCSV(&text, scenario.Report{Results: []scenario.Result{
		scenario.Play(t.Context(), f.target(), s), unmade, silent,
	}}))
	assert.Equal(t, strings.ReplaceAll(want, "\n", "\r\n"), text.String())
}
