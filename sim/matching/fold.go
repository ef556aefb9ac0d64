// Package matching compares and shortens texts as the screens for a disaster (災害・障害時の画面) do: a person's name is
// looked for exactly, an address or an insurer's name in part, and of an address only the first characters are shown
// (P5-1, P5-2, P5-3).
//
// Two texts are the same when a clerk, typing what the certificate says, could not have known in which width to type
// it. A kanji is what it is: 髙 is not 高, because the registers keep the two apart.
package matching

import (
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Fold gives the form in which texts are compared (P5-2):
//   - half-width katakana become full-width, full-width ASCII and signs become half-width;
//   - a kana and its sound mark (濁点, 半濁点) become one kana, whether the mark is half-width (ｶﾞ), full-width (カ゛) or
//     combining (U+3099, U+309A); a mark that no kana takes stays, in its combining form;
//   - an ideographic space is a space, spaces in a row are one, and none stands at either end;
//   - bytes that aren't UTF-8 become U+FFFD.
//
// All else stays: old and new kanji (髙 高, 﨑 崎, 邉 邊), compatibility ideographs (神), variation selectors, ①, small
// and large letters, hiragana and katakana. So no Unicode normal form is taken of the whole text: NFC already replaces
// compatibility ideographs, and NFKC also turns ① into 1.
//
// A text that is folded already is returned as it is, without allocation.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var room [roomForName]byte
	return string(appendFolded(room[:0], s))
}

// Same says whether a text, folded, is another that is folded already.
func Same(text, folded string) bool {
	if text == folded || isFolded(text) {
		return text == folded
	}
	var room [roomForName]byte
	return string(appendFolded(room[:0], text)) == folded
}

// roomForName is how many bytes almost every name takes.
const roomForName = 96

func appendFolded(folded []byte, s string) []byte {
	last, at := ' ', len(folded) // the rune that was appended last, and where
	for _, r := range s {
		r = foldRune(r)
		if r == ' ' && last == ' ' {
			continue
		}
		if kana, ok := compose(last, r); ok {
			folded, last = utf8.AppendRune(folded[:at], kana), kana
			continue
		}
		at, last = len(folded), r
		folded = utf8.AppendRune(folded, r)
	}
	if last == ' ' {
		return folded[:at]
	}
	return folded
}

// isFolded says whether Fold would change nothing. Numbers, symbols and dates are ASCII, of which only spaces are folded.
func isFolded(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return isFoldedText(s)
		}
		if c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' ' || s == ""
}

// isFoldedText is isFolded for a text that is not ASCII alone.
func isFoldedText(s string) bool {
	last := ' '
	for _, r := range s {
		if foldRune(r) != r || r == ' ' && last == ' ' {
			return false
		}
		if _, ok := compose(last, r); ok {
			return false
		}
		last = r
	}
	return last != ' ' && utf8.ValidString(s)
}

// foldRune gives a rune the width that texts are compared in. Outside the ranges named here nothing has another width,
// and asking for it would cost more than the rest of Fold.
func foldRune(r rune) rune {
	switch {
	case r == fullwidthDakuten:
		return dakuten
	case r == fullwidthHandakuten:
		return handakuten
	case r == '\u3000', r >= '\uFF00' && r <= '\uFFEF':
		if folded := width.LookupRune(r).Folded(); folded != 0 {
			return folded
		}
	}
	return r
}
