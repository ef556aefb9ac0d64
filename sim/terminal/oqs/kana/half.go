// Package kana gives names the widths that the terminal's files have: NameKana in half-width katakana, Name in full-width
// characters. Unlike a Unicode normal form it leaves all else as it is: ① stays ①, 髙 stays 髙, a compatibility ideograph
// stays one.
package kana

import "unicode/utf8"

// Half gives the half-width form: hiragana and katakana become half-width katakana with their sound marks apart (ガ and が
// become ｶﾞ), full-width signs of ASCII become ASCII, a full-width space a space. What has no half-width form stays as it
// is: kanji, and the kana ヰ ヱ ヮ ヵ ヶ ヽ (ヸ becomes ヰﾞ), whose hiragana become katakana all the same.
func Half(text string) string {
	half := make([]byte, 0, len(text))
	for _, r := range text {
		r = katakana(r)
		mark := rune(0)
		if v, ok := parts[r]; ok {
			r, mark = v.plain, v.mark
		}
		half = utf8.AppendRune(half, halfForm(r))
		if mark != 0 {
			half = utf8.AppendRune(half, mark)
		}
	}
	return string(half)
}

// katakana gives hiragana as katakana.
func katakana(r rune) rune {
	if 'ぁ' <= r && r <= 'ゖ' || r == 'ゝ' || r == 'ゞ' {
		return r + ('ア' - 'あ')
	}
	return r
}

func halfForm(r rune) rune {
	if mark, ok := halfMark(r); ok {
		return mark
	}
	if half, ok := halfForms[r]; ok {
		return half
	}
	switch {
	case r == fullSpace:
		return ' '
	case '！' <= r && r <= '～':
		return r - fullASCII
	}
	return r
}
