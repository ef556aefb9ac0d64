package journal

import "strings"

// glob is a text in which each * stands for any run of characters, also for none: what stands between the stars. A star
// itself is written \*, and a backslash anywhere else is one.
type glob []string

func newGlob(pattern string) glob {
	var parts glob
	var part strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch {
		case pattern[i] == '*':
			parts = append(parts, part.String())
			part.Reset()
		case pattern[i] == '\\' && strings.HasPrefix(pattern[i+1:], "*"):
			i++
			part.WriteByte('*')
		default:
			part.WriteByte(pattern[i])
		}
	}
	return append(parts, part.String())
}

// matches is linear: what stands between two stars is taken where it comes first, since more can follow then.
func (g glob) matches(text string) bool {
	if len(g) == 1 {
		return g[0] == text
	}
	text, ok := strings.CutPrefix(text, g[0])
	if !ok {
		return false
	}
	for _, part := range g[1 : len(g)-1] {
		if _, text, ok = strings.Cut(text, part); !ok {
			return false
		}
	}
	return strings.HasSuffix(text, g[len(g)-1])
}
