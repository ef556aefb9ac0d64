package population

import (
	"strings"

	"onshisim/sim/numbers"
)

// Institution is a medical institution or pharmacy (保険医療機関・保険薬局) of the nation.
type Institution struct{ MedicalInstitutionCode, InstitutionName, Kind, Area string }

// institutions is how many there are. They go through the towns in turn, so that each town has 202 or 203.
const institutions = 200_000

// firstInstitution leaves the codes before it to fixtures.
const firstInstitution = 100_000

// institutionKind is a kind with its 点数表番号 and how many of twenty there are.
type institutionKind struct {
	name     string
	fee      string
	ofTwenty int
	endings  []string
}

// The lists of names were put together by this project's authors from words of common knowledge, not from any database.
// They are under the project's licence, Apache-2.0.
var (
	nameWords = strings.Fields(`
		ひかり こもれび あおぞら ひだまり せせらぎ そよかぜ みずいろ わかば たんぽぽ すみれ こすもす あさがお りんどう つばめ かもめ
		ひばり うぐいす ほたる こぐま こりす はるかぜ あきぞら ゆうやけ あさやけ ほしぞら にじいろ しろつめ くるみ どんぐり まつぼっくり
		かえで けやき いちょう つばき さざんか すいせん みかん れもん ぶどう こだま`)
	institutionKinds = [...]institutionKind{
		{"medical", "1", 9, strings.Fields("内科医院 クリニック 整形外科 小児科 皮膚科 眼科 耳鼻咽喉科 診療所 病院")},
		{"dental", "3", 5, strings.Fields("歯科医院 歯科クリニック デンタルクリニック")},
		{"pharmacy", "4", 6, strings.Fields("薬局 調剤薬局 薬局駅前店")},
	}
)

// Institutions is how many there are, whatever the number of persons.
func (n *Nation) Institutions() int { return institutions }

// Institution gives one of them; the index is from 0 to Institutions()-1.
func (n *Nation) Institution(index int) Institution {
	var t text
	code, name := t.writeInstitution(index)
	return Institution{code, name, kindOf(index / towns).name, prefectureAndTown[index%towns]}
}

// writeInstitution writes code and name. The code has prefecture 99, the kind, six digits that no fixture has, and the
// check digit.
func (t *text) writeInstitution(index int) (code, name string) {
	kind := kindOf(index / towns)
	t.write("99")
	t.write(kind.fee)
	t.writeDigits(uint64(firstInstitution+index), 6)
	check, _ := numbers.InstitutionCodeCheckDigit(t.written())
	t.WriteByte(check)
	code = t.end()
	draws := mix(uint64(index))
	t.write(townNames[index%towns])
	t.write(nameWords[draws%uint64(len(nameWords))])
	t.write(kind.endings[draws>>32%uint64(len(kind.endings))])
	return code, t.end()
}

// kindOf tells what the so-manieth institution of a town is.
func kindOf(ordinal int) *institutionKind {
	at := ordinal % 20
	for k := range institutionKinds {
		if at < institutionKinds[k].ofTwenty {
			return &institutionKinds[k]
		}
		at -= institutionKinds[k].ofTwenty
	}
	panic("the kinds don't make twenty")
}

// InstitutionByCode finds one by its code (医療機関コード).
func (n *Nation) InstitutionByCode(code string) (index int, ok bool) {
	if len(code) != 10 {
		return 0, false
	}
	digits, ok := parseDigits(code[3:9])
	index = int(digits) - firstInstitution
	if !ok || index < 0 || index >= institutions {
		return 0, false
	}
	var t text
	written, _ := t.writeInstitution(index)
	return index, written == code
}

// institutionIn gives one of a kind (an index of institutionKinds) in a town, drawn by number.
func institutionIn(town, kind int, draw uint64) int {
	first := 0
	for k := range kind {
		first += institutionKinds[k].ofTwenty
	}
	const full = institutions / towns / 20 // twenties that every town has in full
	ordinal := int(draw>>32%full)*20 + first + int(draw%uint64(institutionKinds[kind].ofTwenty))
	return ordinal*towns + town
}
