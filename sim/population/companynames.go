package population

import "strings"

// These lists were put together by this project's authors from words of common knowledge, not from any database. They are
// under the project's licence, Apache-2.0.

var (
	trades = strings.Fields(`
		電機 製薬 鉄鋼 化学 食品 商事 運輸 建設 印刷 出版
		精機 繊維 造船 硝子 製紙 重工 通信 放送 百貨店 倉庫
		不動産 証券 銀行 損保 醸造 製菓 工芸 情報 警備 観光`)
	mutualKinds = [...]struct{ law, name string }{
		{"31", "国家公務員"}, {"32", "地方公務員"}, {"33", "警察"}, {"34", "学校"},
	}
)

// companyName joins the words that towns begin with, which say that nothing of it is real, and a trade.
func companyName(ordinal int) string {
	return "架空" + townBeginnings[ordinal%len(townBeginnings)] + trades[ordinal/len(townBeginnings)]
}
