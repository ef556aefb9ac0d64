package matching

import "strings"

// Contains says whether part occurs in text, both folded: the partial match (部分一致) of address and insurer name
// (P5-2). An empty part, or one of spaces alone, matches nothing, for it would match everybody.
func Contains(text, part string) bool {
	part = Fold(part)
	return part != "" && strings.Contains(Fold(text), part)
}
