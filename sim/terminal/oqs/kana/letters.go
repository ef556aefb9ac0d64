package kana

// The sound marks (濁点, 半濁点): half-width, full-width, and combining.
const (
	halfDakuten, halfHandakuten           = 'ﾞ', 'ﾟ'
	fullDakuten, fullHandakuten           = '゛', '゜'
	combiningDakuten, combiningHandakuten = '\u3099', '\u309A'
)

// fullForms are the full-width forms of the half-width katakana and their punctuation, from U+FF61 to U+FF9F.
var fullForms = []rune("。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜")

// halfForms is fullForms read the other way round.
var halfForms = func() map[rune]rune {
	forms := make(map[rune]rune, len(fullForms))
	for i, full := range fullForms {
		forms[full] = firstHalf + rune(i)
	}
	return forms
}()

const (
	firstHalf, lastHalf = '｡', 'ﾟ'
	fullSpace           = '\u3000'
	fullASCII           = '！' - '!' // how far a sign of ASCII is from its full-width form
)

// A voiced kana is a plain one and its mark.
type voiced struct{ plain, mark rune }

// parts takes a voiced kana apart; whole puts it together.
var parts, whole = func() (map[rune]voiced, map[voiced]rune) {
	parts, whole := map[rune]voiced{}, map[voiced]rune{}
	for _, row := range []struct {
		mark           rune
		plain, sounded string
	}{
		{
			halfDakuten,
			"ウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽうかきくけこさしすせそたちつてとはひふへほゝ",
			"ヴガギグゲゴザジズゼゾダヂヅデドバビブベボヷヸヹヺヾゔがぎぐげござじずぜぞだぢづでどばびぶべぼゞ",
		},
		{halfHandakuten, "ハヒフヘホはひふへほ", "パピプペポぱぴぷぺぽ"},
	} {
		sounded := []rune(row.sounded)
		for i, plain := range []rune(row.plain) {
			parts[sounded[i]] = voiced{plain, row.mark}
			whole[voiced{plain, row.mark}] = sounded[i]
		}
	}
	return parts, whole
}()

// halfMark gives a sound mark in its half-width form, whichever of its forms it has.
func halfMark(r rune) (rune, bool) {
	switch r {
	case halfDakuten, fullDakuten, combiningDakuten:
		return halfDakuten, true
	case halfHandakuten, fullHandakuten, combiningHandakuten:
		return halfHandakuten, true
	}
	return r, false
}
