// Package page reads documents whose blocks of commands are run by tests, and holds what they show against what is printed.
package page

import (
	"regexp"
	"slices"
	"strings"
)

// Block is a fenced block of a document.
type Block struct {
	Line           int // of its fence in the document, from 1
	Language, Text string
}

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// Blocks are the fenced blocks of a document, in order.
func Blocks(document string) (blocks []Block) {
	for _, at := range fence.FindAllStringSubmatchIndex(document, -1) {
		blocks = append(blocks, Block{1 + strings.Count(document[:at[0]], "\n"), document[at[2]:at[3]], document[at[4]:at[5]]})
	}
	return blocks
}

// Shown is what the document says that the nth block prints: the text or json block that follows it; empty if there is none.
func Shown(blocks []Block, nth int) string {
	if next := nth + 1; next < len(blocks) && slices.Contains([]string{"text", "json"}, blocks[next].Language) {
		return blocks[next].Text
	}
	return ""
}

// Missing is the first line that is shown and not printed: line by line in that order, with … for anything, and other lines
// between. It is empty if none is missing.
func Missing(shown, printed string) string {
	rest := strings.Split(printed, "\n")
	for line := range strings.Lines(shown) {
		found := slices.IndexFunc(rest, like(line))
		if found < 0 {
			return line
		}
		rest = rest[found+1:]
	}
	return ""
}

// like says whether a line is as shown, with … for anything.
func like(shown string) func(line string) bool {
	pattern := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(shown)), "…", ".*") + "$")
	return func(line string) bool { return pattern.MatchString(strings.TrimSpace(line)) }
}
