package matching

// The sound marks: the combining ones, which width folding makes of the half-width ﾞ and ﾟ, and their full-width forms.
const (
	dakuten             = '\u3099'
	handakuten          = '\u309A'
	fullwidthDakuten    = '\u309B'
	fullwidthHandakuten = '\u309C'
)

// The kana that take a sound mark, each above the one that it becomes.
var (
	withDakuten = pairs(
		"うかきくけこさしすせそたちつてとはひふへほゝ"+"ウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽ",
		"ゔがぎぐげござじずぜぞだぢづでどばびぶべぼゞ"+"ヴガギグゲゴザジズゼゾダヂヅデドバビブベボヷヸヹヺヾ",
	)
	withHandakuten = pairs(
		"はひふへほ"+"ハヒフヘホ",
		"ぱぴぷぺぽ"+"パピプペポ",
	)
)

// compose makes one kana of a kana and the combining sound mark after it; ok is false where there is no such kana.
// What it gives takes no further mark.
func compose(kana, mark rune) (composed rune, ok bool) {
	switch mark {
	case dakuten:
		composed, ok = withDakuten[kana]
	case handakuten:
		composed, ok = withHandakuten[kana]
	}
	return composed, ok
}

// pairs maps the runes of one text to those at the same place in another.
func pairs(from, to string) map[rune]rune {
	targets := []rune(to)
	mapping := make(map[rune]rune, len(targets))
	for i, r := range []rune(from) {
		mapping[r] = targets[i]
	}
	return mapping
}
