package leakscan

import (
	"slices"
	"strings"
)

const (
	shortest = 4
	longest  = 1000
)

// dictionary is what a scanner looks for.
type dictionary struct {
	items     []Item
	patterns  []pattern
	forms     *[1 << 16]folded
	symbols   [1 << 16]symbol
	beyond    map[rune]symbol // beyond the basic plane
	automaton *automaton
	dull      [256]bool // ASCII characters that are no escape and no line break, and begin no pattern
	depth     int       // symbols of the longest pattern
}

// pattern is a folded text and all items that have it.
type pattern struct {
	length int
	last   rune
	digits bool  // is a number, which must not be part of a longer one
	items  []int // in the order in which New got them
	owners map[string]bool
}

func newDictionary(items []Item) (d *dictionary, ignored []Item) {
	d = &dictionary{forms: foldings(), beyond: map[rune]symbol{}}
	known := map[string]int{}
	var texts [][]symbol
	count := 0
	for _, item := range items {
		text, characters := foldText(d.forms, item.Text)
		if characters < shortest || characters > longest {
			ignored = append(ignored, item)
			continue
		}
		at, ok := known[string(text)]
		if !ok {
			at = len(d.patterns)
			known[string(text)] = at
			d.patterns = append(d.patterns, pattern{
				length: len(text), last: text[len(text)-1], digits: isNumber(text), owners: map[string]bool{},
			})
			texts = append(texts, d.number(text, &count))
			d.depth = max(d.depth, len(text))
		}
		d.add(&d.patterns[at], item)
	}
	d.automaton = newAutomaton(texts, count)
	for c := range d.dull[:0x80] {
		d.dull[c] = !strings.ContainsRune("%\\&\n", rune(c)) && d.automaton.start[d.symbol(d.forms[c].base)] == root
	}
	return d, ignored
}

// Key gives the form in which texts are compared here: two texts with one key are found by one another.
func Key(text string) string {
	runes, _ := foldText(foldings(), text)
	return string(runes)
}

// foldText gives the folded text, and the number of its characters, where a kana with its mark is one.
func foldText(forms *[1 << 16]folded, text string) (runes []rune, characters int) {
	for _, r := range text {
		f := fold(forms, r)
		if f.base == 0 {
			continue
		}
		runes = append(runes, f.base)
		if f.base != dakuten && f.base != handakuten {
			characters++
		}
		if f.mark != 0 {
			runes = append(runes, f.mark)
		}
	}
	return runes, characters
}

// number gives a text in symbols, of which count tells how many there are.
func (d *dictionary) number(text []rune, count *int) []symbol {
	numbered := make([]symbol, len(text))
	for i, r := range text {
		if d.symbol(r) == 0 {
			*count++
			if r >= 0 && int(r) < len(d.symbols) {
				d.symbols[r] = symbol(*count)
			} else {
				d.beyond[r] = symbol(*count)
			}
		}
		numbered[i] = d.symbol(r)
	}
	return numbered
}

func (d *dictionary) symbol(r rune) symbol {
	if r >= 0 && int(r) < len(d.symbols) {
		return d.symbols[r]
	}
	return d.beyond[r]
}

// add gives a pattern one more item, if it tells anything new. The beginning of an address that is no longer than that is
// the address.
func (d *dictionary) add(p *pattern, item Item) {
	for _, i := range p.items {
		if other := d.items[i]; other.Person == item.Person {
			switch {
			case other.Kind == item.Kind, other.Kind == Address && item.Kind == AddressBeginning:
				return
			case other.Kind == AddressBeginning && item.Kind == Address:
				d.items[i] = item
				return
			}
		}
	}
	p.items = append(p.items, len(d.items))
	p.owners[item.Person] = true
	d.items = append(d.items, item)
}

func isNumber(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}
