package room_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The places of the world "base".
const (
	healthUnion = "/room/insurers/06990014"
	hospital    = "/room/institutions/9919990011"
	pharmacy    = "/room/institutions/9949990015"
)

// logIn logs a card in to Mynaportal.
func (v *visitor) logIn(t *testing.T, card, pin string) {
	t.Helper()
	require.Equal(t, "マイナポータル", v.send(t, "/room/mynaportal", "cardSerial", card, "pin", pin).title())
}

// readCard puts a card on the hospital's reader, and gives what the window shows.
func (v *visitor) readCard(t *testing.T, card, pin string) screen {
	t.Helper()
	return v.send(t, hospital, "cardSerial", card, "method", "pin", "pin", pin, "medicines", "1", "checkups", "1")
}

// setFlags sets or lifts flags of a member of the health union, whose name is in the list.
func (v *visitor) setFlags(t *testing.T, name, nonDisclosure, selfInformation string) screen {
	t.Helper()
	member := v.follow(t, v.open(t, healthUnion+"/members"), name)
	return v.send(t, member.path+"/flags", "nonDisclosure", nonDisclosure, "selfInformationBlocked", selfInformation, "appliedOn", "2021-04-01", "reason", "本人の申出")
}

func TestWhatAnInsurerSetsIsInForceAtEveryScreen(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")

	window := v.readCard(t, "card-ichiro-1", "1101")
	assert.Contains(t, window.text(), "有効")
	assert.Contains(t, window.text(), "架空県仮想市標準町一丁目1番1号")
	consultation := v.follow(t, window, "薬剤情報・特定健診情報等を開く")
	assert.NotContains(t, consultation.text(), "表示する薬剤情報はありません。")
	v.logIn(t, "card-ichiro-1", "1101")
	assert.Contains(t, v.open(t, "/room/mynaportal/self-information").text(), "架空健康保険組合")

	flags := v.setFlags(t, "標準　一郎", "set", "set")
	assert.Contains(t, flags.text(), "フラグの処理を記録しました。")
	assert.Contains(t, flags.text(), "不開示該当フラグを設定 自己情報提供不可フラグを設定 本人の申出", "P15-3: the act is on record")

	assert.Contains(t, v.readCard(t, "card-ichiro-1", "1101").text(), "該当資格なし", "P12-4")
	assert.NotContains(t, v.open(t, window.path).text(), "標準", "P8-1: nor is the earlier read shown again")
	assert.Contains(t, v.open(t, consultation.path).text(), "表示する薬剤情報はありません。", "P12-7")
	assert.Equal(t, "回答なし", lastWords(v.open(t, "/room/mynaportal/self-information")), "P6-7")
	for path, nothing := range map[string]string{
		"eligibility": "表示する資格情報はありません。", "checkups": "表示する特定健診情報等はありません。",
		"medicines": "表示する薬剤情報はありません。", "medical-expenses": "表示する医療費通知情報はありません。",
	} {
		assert.Equal(t, nothing, v.open(t, "/room/mynaportal/"+path).text(), "P7-1 %s", path)
	}
	certificate := v.send(t, hospital+"/certificate", "insurerNumber", "06990014", "insuredCardSymbol", "1001", "insuredIdentificationNumber", "10001",
		"insuredBranchNumber", "01", "birthdate", "1980-05-15")
	assert.Contains(t, certificate.text(), "標準　一郎", "P12-5")
	assert.NotContains(t, certificate.text(), "標準町", "P12-5: without address")
}

func lastWords(s screen) string {
	words := strings.Fields(s.text())
	return words[len(words)-1]
}

func TestTheCardOfficesScreens(t *testing.T) {
	t.Parallel()
	v := open(t, "default", "base").trainee(t, "default")
	card := v.send(t, "/room/card-office", "cardSerial", "card-ichiro-1")
	stopped := v.send(t, card.path+"/suspend")
	assert.Contains(t, stopped.text(), "一時停止中")
	assert.Contains(t, v.send(t, "/room/mynaportal", "cardSerial", "card-ichiro-1", "pin", "1101").text(), "このカードは一時停止されています。")
	assert.Contains(t, v.send(t, card.path+"/lift").text(), "有効")
	issued := v.send(t, card.path+"/reissue").text()
	found := regexp.MustCompile(`カードの番号 (\S+) 暗証番号 (\d{4}) 状態 有効`).FindStringSubmatch(issued)
	require.NotNil(t, found, issued)
	v.logIn(t, found[1], found[2])
	assert.Contains(t, v.send(t, card.path+"/reissue").text(), "カードの今の状態では", "reading the answer again issues no other card")
	assert.Contains(t, v.open(t, "/room/mynaportal/registration").text(), "まだ登録していません", "the registration does not pass to the new card")
	done := v.send(t, "/room/mynaportal/registration").text()
	assert.Contains(t, done, "初回登録は完了しています")
	for _, step := range []string{"①", "②", "③", "④", "⑤", "⑥", "⑦"} {
		assert.Contains(t, done, step, "P11-1")
	}
}

func TestTheDisasterScreens(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	query := []string{"nameKana", "ヒョウジュン イチロウ", "birthdate", "1980-05-15", "insurerName", "架空健康保険組合"}
	assert.Contains(t, v.send(t, hospital+"/disaster", query...).text(), "災害・障害時の画面は開いていません。", "P5-5")
	h.plane(t, http.MethodPut, "/worlds/default/mode", map[string]any{"mode": "disaster"})
	assert.Contains(t, v.send(t, hospital+"/disaster", query[:4]...).html, "住所または保険者名を入力してください。", "P5-1")
	found := v.send(t, hospital+"/disaster", query...)
	assert.Contains(t, found.text(), "架空県仮想市標準町一 架空健康保険組合", "P5-3: ten characters of the address")
	candidate := v.follow(t, found, "標準　一郎")
	assert.Contains(t, v.open(t, candidate.path+"/records").text(), "24時間以内の口頭同意の登録がありません。", "P5-4")
	records := v.send(t, candidate.path, "askedBy", "看護師", "medicines", "1").text()
	assert.Contains(t, records, "同意を登録しました。")
	medicines, checkups, _ := strings.Cut(records, "特定健診情報等")
	assert.NotContains(t, medicines, "24時間以内")
	assert.Contains(t, checkups, "24時間以内", "to checkups nobody consented")
}

func TestTheAgencysScreens(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	v.setFlags(t, "標準　一郎", "set", "")
	ichiro := h.plane(t, http.MethodGet, "/worlds/default/persons/ichiro", nil)
	subject := v.send(t, "/room/agencies/welfare", "individualNumber", ichiro["individualNumber"].(string))
	answer := v.send(t, "/room/agencies/welfare/inquiry", "institutionSpecificCode", formOf(subject).Get("institutionSpecificCode"), "providerInsurerNumber", "06990014", "item", "eligibility").text()
	assert.Contains(t, answer, "不開示コード あり", "P6-2")
	assert.Contains(t, answer, "架空健康保険組合", "P6-3: the agency gets its answer all the same")
	v.logIn(t, "card-ichiro-1", "1101")
	assert.Equal(t, "表示するやりとり履歴はありません。", v.open(t, "/room/mynaportal/exchange-records").text(), "P6-4")
}

func TestAProxySeesWhatThePrincipalSees(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	v.logIn(t, "card-ichiro-1", "1101")
	taro := h.plane(t, http.MethodGet, "/worlds/default/persons/taro", nil)
	assert.Contains(t, v.send(t, "/room/mynaportal/proxies", "portalUserId", taro["portalUserId"].(string)).text(), "代理人を設定しました。")
	v.send(t, "/room/mynaportal/leave")
	v.logIn(t, "card-taro-1", "7707")
	top := v.open(t, "/room/mynaportal").html
	_, ofIchiro, found := strings.Cut(top, "標準　一郎 さん")
	require.True(t, found)
	assert.Contains(t, v.follow(t, screen{html: ofIchiro}, "資格情報").text(), "標準　一郎")
	assert.NotContains(t, v.open(t, "/room/mynaportal/eligibility").text(), "標準　一郎", "oneself is oneself")
	assert.Equal(t, http.StatusNotFound, v.open(t, "/room/mynaportal/eligibility?for=made-up").status, "who asks for another is never shown oneself")
}

// TestAWithheldPersonLooksLikeOneWithoutTheData holds screens of twins against each other (QA-3).
func TestAWithheldPersonLooksLikeOneWithoutTheData(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	withheld, unregistered := v.readCard(t, "card-hanako-1", "2202"), v.readCard(t, "card-nashi-1", "4404")
	alike := func(s screen) string {
		return regexp.MustCompile(`visits/[0-9a-f]+`).ReplaceAllString(s.html, "visits/X")
	}
	assert.Equal(t, alike(unregistered), alike(withheld))
	assert.Equal(t, alike(v.open(t, unregistered.path+"/consultation")), alike(v.open(t, withheld.path+"/consultation")))
}

func TestAddressesTellNothing(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	h.plane(t, http.MethodPut, "/worlds/default/mode", map[string]any{"mode": "disaster"})
	v := h.trainee(t, "default")
	v.logIn(t, "card-ichiro-1", "1101")
	person := h.plane(t, http.MethodGet, "/worlds/default/persons/ichiro", nil)
	member := person["members"].([]any)[0].(map[string]any)
	v.send(t, "/room/mynaportal/proxies", "portalUserId", "portal-taro")
	v.readCard(t, "card-ichiro-1", "1101")
	v.send(t, hospital+"/certificate", "insurerNumber", "06990014", "insuredCardSymbol", "1001", "insuredIdentificationNumber", "10001", "birthdate", "1980-05-15")
	found := v.send(t, hospital+"/disaster", "name", "標準　一郎", "birthdate", "1980-05-15", "address", "標準町")
	v.follow(t, found, "標準　一郎")
	v.send(t, healthUnion+"/find", "personalInsuredNumber", member["personalInsuredNumber"].(string))
	v.send(t, "/room/card-office", "cardSerial", "card-ichiro-1")
	v.send(t, "/room/agencies/welfare", "individualNumber", person["individualNumber"].(string))
	led := v.led
	v.walk(t, func(s screen) {
		links, forms := s.links()
		led = append(append(append(led, s.path), links...), forms...)
	})
	require.Greater(t, len(led), 100)
	for _, address := range led {
		for _, protected := range []string{
			person["individualNumber"].(string), member["personalInsuredNumber"].(string), "portal-", "card-ichiro", "1101", "10001", "1980", "%E6%A8%99", "標準",
		} {
			assert.NotContains(t, strings.ReplaceAll(address, "9919990011", ""), protected)
		}
	}
}

func TestBadInputNamesItsField(t *testing.T) {
	t.Parallel()
	v := open(t, "default", "base").trainee(t, "default")
	member := v.follow(t, v.open(t, healthUnion+"/members"), "標準　一郎")
	for _, c := range []struct {
		path, field, says string
		form              []string
	}{
		{member.path + "/flags", "reason", "入力してください。", []string{"nonDisclosure", "set", "appliedOn", "2021-04-01"}},
		{member.path + "/flags", "appliedOn", "実在する日付を入力してください。", []string{"nonDisclosure", "set", "appliedOn", "2021-02-30", "reason", "x"}},
		{member.path + "/checkup", "checkupId", "健診の管理番号を入力してください。", []string{"itemName", "身長"}},
		{member.path + "/checkup", "date", "入力してください。", []string{"checkupId", "x", "itemName", "身長"}},
		{healthUnion + "/new", "individualNumber", "新しい加入者には個人番号が要ります。", []string{"personalInsuredNumber", "0699001499990101"}},
		{healthUnion + "/new", "personalInsuredNumber", "個人単位被保険者番号を入力してください。", []string{"name", "新人"}},
		{"/room/mynaportal", "pin", "数字4桁で入力してください。", []string{"cardSerial", "card-ichiro-1", "pin", "12"}},
		{"/room/mynaportal", "cardSerial", "入力してください。", []string{"pin", "1234"}},
		{hospital, "pin", "", []string{"cardSerial", "card-ichiro-1", "method", "pin"}},
		{hospital + "/certificate", "birthdate", "実在する日付を入力してください。", []string{"insurerNumber", "06990014", "insuredIdentificationNumber", "10001", "birthdate", "x"}},
		{hospital + "/reference-number", "insuredIdentificationNumber", "この保険証に当たる人がいないか", []string{
			"insurerNumber", "06990014", "insuredIdentificationNumber", "nobody", "referenceNumber", "1",
		}},
		{"/room/agencies/welfare", "individualNumber", "数字12桁で入力してください。", []string{"individualNumber", "1"}},
	} {
		s := v.send(t, c.path, c.form...)
		assert.GreaterOrEqual(t, s.status, 400, c.path)
		assert.Regexp(t, `name="`+c.field+`"[^>]*aria-invalid="true" aria-describedby="e-`+c.field+`"`, s.html, c.path)
		assert.Regexp(t, `id="e-`+c.field+`">[^<]*`+c.says, s.html, c.path)
		for i := 0; i+1 < len(c.form); i += 2 {
			if c.form[i] == "pin" {
				assert.NotContains(t, s.html, `value="`+c.form[i+1]+`"`, "a PIN is never written back")
			} else if c.form[i] != "method" && c.form[i] != "nonDisclosure" {
				assert.Contains(t, s.html, `value="`+c.form[i+1]+`"`, "%s: what was written stays", c.path)
			}
		}
	}
	neither := v.send(t, member.path+"/flags", "appliedOn", "2021-04-01", "reason", "x")
	assert.Contains(t, neither.text(), "どちらかのフラグについて、「設定する」か「解除する」を選んでください。", "what no one field is to blame for")
	assert.Contains(t, v.follow(t, v.open(t, healthUnion+"/members"), "標準　一郎").text(), "この加入者のフラグを設定・解除した記録はありません。")
}

func TestASessionThatIsOverAsksForTheCardAgain(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	v.logIn(t, "card-ichiro-1", "1101")
	h.plane(t, http.MethodPost, "/worlds/default/clock/advance", map[string]any{"duration": "1h"})
	s := v.open(t, "/room/mynaportal/medicines")
	assert.Equal(t, http.StatusUnauthorized, s.status)
	assert.Equal(t, "マイナンバーカードでログイン", s.title())
}

func TestASystemThatIsDownIsSaidToBe(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	v := h.trainee(t, "default")
	h.plane(t, http.MethodPut, "/worlds/default/mode", map[string]any{"mode": "failure", "institutions": []string{}, "systems": []string{"terminal"}})
	assert.Contains(t, v.readCard(t, "card-ichiro-1", "1101").text(), "このシステムは停止しています。")
	h.plane(t, http.MethodPut, "/worlds/default/mode", map[string]any{"mode": "normal"})
	for _, fault := range []map[string]any{{"garbage": true}, {"dropConnection": true}, {"status": 500}} {
		fault["system"], fault["count"] = "terminal", 1
		h.plane(t, http.MethodPost, "/worlds/default/faults", fault)
		assert.Contains(t, v.readCard(t, "card-ichiro-1", "1101").text(), "システムから正しい応答がありません。", "%v", fault)
	}
}

func TestTheJournalHoldsWhatTheScreensAsked(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	h.trainee(t, "default").readCard(t, "card-hanako-1", "2202")
	page := h.plane(t, http.MethodGet, "/worlds/default/journal?operation=read-card", nil)
	require.Len(t, page["entries"], 1)
	assert.Equal(t, "9919990011", page["entries"].([]any)[0].(map[string]any)["actor"].(map[string]any)["code"])
}

func TestTheScreensOfOtherWorlds(t *testing.T) {
	t.Parallel()
	h := open(t, "default", "base")
	h.add(t, "tanaka", "base")
	v := h.trainee(t, "tanaka")
	v.setFlags(t, "標準　一郎", "set", "set")
	assert.Contains(t, v.readCard(t, "card-ichiro-1", "1101").text(), "該当資格なし")
	assert.Contains(t, h.trainee(t, "default").readCard(t, "card-ichiro-1", "1101").text(), "標準　一郎", "worlds share nothing")
	v.walk(t, func(s screen) { assert.True(t, strings.HasPrefix(s.path, "/w/tanaka/"), s.path) })
}
