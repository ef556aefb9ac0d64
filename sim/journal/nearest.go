package journal

import "strings"

// nearest gives the known word that differs least from a misspelt one, whatever its case.
func nearest(got string, known []string) string {
	word, least := "", -1
	for _, candidate := range known {
		if candidate == "" {
			continue // nobody misspells nothing
		}
		distance := editDistance(strings.ToLower(got), strings.ToLower(candidate))
		if least < 0 || distance < least {
			word, least = candidate, distance
		}
	}
	return word
}

// editDistance counts the characters to insert, remove or replace to make a from b.
func editDistance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j := range to {
			replaced := diagonal
			if from[i] != to[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(row[j+1]+1, row[j]+1, replaced)
		}
	}
	return row[len(to)]
}
