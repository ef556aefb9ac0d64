package matching

import "unicode"

// listed is how many characters of an address the disaster screens list (P5-3).
const listed = 10

// AddressBeginning is what the list of candidates in a disaster shows of an address (P5-3).
func AddressBeginning(address string) string { return FirstCharacters(address, listed) }

// FirstCharacters gives the first n characters of a text, the whole text if it has no more, and nothing for n below 1.
// It is what the list of candidates shows of an address (前方10文字程度, P5-3).
//
// A character is what stands in one cell of the screen: a rune with the marks that follow it, among them combining sound
// marks and the variation selectors that choose a kanji's form (異体字セレクタ). It is never cut inside, so no other
// kanji than the registered one is shown. The half-width ﾞ and ﾟ take a cell of their own, and count as characters.
func FirstCharacters(s string, n int) string {
	if n < 1 {
		return ""
	}
	characters := 0
	for at, r := range s {
		if at > 0 && unicode.IsMark(r) {
			continue
		}
		if characters == n {
			return s[:at]
		}
		characters++
	}
	return s
}
