package kana

import "unicode/utf8"

// Full gives the full-width form: half-width katakana become full-width, one with the sound mark behind it (ｶﾞ becomes ガ),
// ASCII becomes full-width, a space U+3000. All else stays as it is, hiragana and control characters among it.
func Full(text string) string {
	full := make([]byte, 0, 3*len(text))
	last, at := rune(0), 0 // the kana that a mark would belong to, and where it stands
	for _, r := range text {
		if mark, ok := halfMark(r); ok {
			if sounded, ok := whole[voiced{last, mark}]; ok {
				full, last = utf8.AppendRune(full[:at], sounded), sounded
				continue
			}
		}
		last, at = fullForm(r), len(full)
		full = utf8.AppendRune(full, last)
	}
	return string(full)
}

func fullForm(r rune) rune {
	switch {
	case firstHalf <= r && r <= lastHalf:
		return fullForms[r-firstHalf]
	case r == combiningDakuten:
		return fullDakuten
	case r == combiningHandakuten:
		return fullHandakuten
	case r == ' ':
		return fullSpace
	case '!' <= r && r <= '~':
		return r + fullASCII
	}
	return r
}
