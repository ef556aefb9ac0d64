package main

// outcomeWords are the outcomes as short as the cells of page 12, in Japanese and English.
var outcomeWords = map[string][2]string{
	"notOffered":    {"ー", "-"},
	"provided":      {"○", "shown"},
	"addressHidden": {"○(住所・郵便番号は非表示)", "shown without address"},
	"withheld":      {"×", "withheld"},
}

// word is a word of the table in the language; what has none stands as it is.
func (l language) word(words map[string][2]string, name string) string {
	known, ok := words[name]
	if !ok {
		return name
	}
	return l.say(known[0], known[1])
}
