package population

import "strings"

// These lists were put together by this project's authors from words of common knowledge, not from any database. They are
// under the project's licence, Apache-2.0. A town's name begins with a word for what is not real, so that it stands on no
// map and nobody takes it for one that does.

const prefecture = "架空県"

var (
	townBeginnings = strings.Fields(`
		仮想 想像 虚構 夢想 幻影 空想 仮定 例題 見本 模擬 試作
		仮題 習作 寓話 童話 夢路 蜃気 陽炎 空耳 幻日 逃水 白昼
		絵空 作話 仮名 無名 未知 未踏 未詳 不詳 架橋 虚数 仮説`)
	townEndings = strings.Fields(`
		丘 原 浜 台 森 谷 橋 泉 島 沢
		野 里 坂 崎 川 山 池 峰 港 園
		岡 林 根 窪 平 松 杉 梅 竹 桜`)
	townRanks = [...]string{"市", "町", "市", "村"}

	districts = strings.Fields(`
		風待町 星見町 月影町 雲居町 花守町 鈴音町 木霊町 鳥笛町 虹見町 霧笛町
		朝凪町 夕凪町 雨宿町 雪待町 糸車町 水鏡町 紙風船町 風車町 影踏町 草笛町
		灯台町 色紙町 万華町 折鶴町 文机町 砂時計町 羅針町 望遠町 天秤町 歯車町
		振子町 独楽町 積木町 鞠付町 千代紙町 絵筆町 硯町 行灯町 風鈴町 蛍火町`)
	streetNames = [...]string{"一丁目", "二丁目", "三丁目", "四丁目", "五丁目", "六丁目", "七丁目", "八丁目"}
)

// townNames are 33 beginnings with 30 endings.
var (
	townNames         = nameTowns()
	prefectureAndTown = nameTownsInFull()
)

func nameTowns() (all [towns]string) {
	for t := range all {
		all[t] = townBeginnings[t%len(townBeginnings)] + townEndings[t/len(townBeginnings)] + townRanks[mix(uint64(t))%4]
	}
	return all
}

func nameTownsInFull() (all [towns]string) {
	for t := range all {
		all[t] = prefecture + townNames[t]
	}
	return all
}
