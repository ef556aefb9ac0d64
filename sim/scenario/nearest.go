package scenario

import (
	"fmt"
	"strings"
)

// listed is how many words an expectation names before it names only the nearest.
const listed = 16

// expectOneOf says which words are known, and which of them was probably meant.
func expectOneOf(got string, known []string) string {
	var text string
	switch {
	case len(known) == 0:
		return "none is known here"
	case len(known) <= listed:
		text = "expected one of " + strings.Join(known, ", ")
	}
	if near := nearest(got, known); near != "" {
		if text != "" {
			text += "; "
		}
		text += fmt.Sprintf("did you mean %q?", near)
	}
	if text == "" {
		text = fmt.Sprintf("expected a known one, as in %q", known[0])
	}
	return text
}

// nearest gives the known word that differs least from a misspelt one; empty when none is near.
func nearest(got string, known []string) string {
	best, near := len([]rune(got))/3+1, ""
	for _, word := range known {
		distance := editDistance(strings.ToLower(got), strings.ToLower(word))
		if distance < best || distance == best && near == "" {
			best, near = distance, word
		}
	}
	return near
}

// editDistance counts the characters to insert, remove, replace or swap to make a from b.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, above, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(from); i++ {
		row[0] = i
		for j := 1; j <= len(to); j++ {
			replaced := above[j-1]
			if from[i-1] != to[j-1] {
				replaced++
			}
			row[j] = min(above[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(to)]
}
