package console_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAPersonsTableTellsWhatAFlagDoes: the outcome, the reason and its page, as soon as a flag is set over HTTP.
func TestAPersonsTableTellsWhatAFlagDoes(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	before := s.page("/console/worlds/a/persons/kaori")
	require.NotContains(t, before, "提供しない")
	require.Contains(t, before, "この人についての記録はまだありません。")

	s.flag(w, "kaori")
	after := s.page("/console/worlds/a/persons/kaori")
	for _, words := range []string{`×</span> 提供しない`, "自己情報提供不可フラグ", "13頁", "DV被害の申出", "<svg"} {
		require.Contains(t, after, words)
	}
	require.Contains(t, s.page("/console/worlds/a/persons"), "不開示該当")
	require.Equal(t, "/console/worlds/a/persons/kaori", s.leads("/console/worlds/a/persons?id=kaori"))
}

func TestTheJournalTellsWhoDidWhatAndWhy(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	w := s.trainee("a")
	s.flag(w, "kaori")
	hospital := w.Outline().Institutions[0].Token
	p, _ := w.Person("kaori")
	s.call("a", "POST", "/terminal/card-reads", hospital, `{"cardSerial":"`+p.Cards[0].CardSerial+`","verification":{"method":"pin","pin":"`+p.Cards[0].PIN+`"},"consents":{}}`)

	list := s.page("/console/worlds/a/journal")
	require.Contains(t, list, "カードで資格確認")
	require.Contains(t, list, "DVフラグの設定・解除")
	filtered := s.page("/console/worlds/a/journal?system=terminal&person=kaori&outcome=withheld")
	require.Contains(t, filtered, "カードで資格確認")
	require.NotContains(t, filtered, "DVフラグの設定・解除")
	require.Contains(t, filtered, `value="kaori"`, "the filter is shown again")
	require.Contains(t, s.page("/console/worlds/a/journal?outcome=addressHidden"), "記録はありません。")

	one := s.page("/console/worlds/a/journal/2")
	for _, words := range []string{"× 提供しない", "P12-4 12頁", "P13-1 13頁", "自己情報提供不可フラグ", "&#34;cardSerial&#34;: &#34;" + p.Cards[0].CardSerial, "<svg"} {
		require.Contains(t, one, words)
	}
	s.post("/console/worlds/a/journal/clear", url.Values{})
	require.Contains(t, s.page("/console/worlds/a/journal"), "記録はありません。")
}
