package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// mostMisses bounds Verification.NearMisses.
const mostMisses = 3

// closest are the entries that came closest so far, closest first; of equals the latest, which a test is likely to mean.
type closest []candidate

type candidate struct {
	entry       *Entry
	differences []difference
	weight      int
}

func (c *closest) add(e *Entry, differences []difference, weight int) {
	place := slices.IndexFunc(*c, func(other candidate) bool { return weight <= other.weight })
	if place < 0 {
		place = len(*c)
	}
	if place < mostMisses {
		*c = slices.Insert(*c, place, candidate{e, differences, weight})
		*c = (*c)[:min(len(*c), mostMisses)]
	}
}

// misses puts the candidates into words.
func (c closest) misses() []NearMiss {
	misses := make([]NearMiss, 0, len(c))
	for _, candidate := range c {
		miss := NearMiss{Number: candidate.entry.Number, Method: candidate.entry.Method, Path: valid(candidate.entry.Path)}
		for _, d := range candidate.differences {
			miss.Differences = append(miss.Differences, d.words())
		}
		misses = append(misses, miss)
	}
	return misses
}

func (d *difference) words() Difference {
	words := Difference{Field: d.field, Expected: compact(d.want), Got: compact(d.got)}
	if d.absent {
		words.Got = "nothing"
		if list, isList := d.got.([]any); isList {
			words.Expected, words.Got = "an element "+words.Expected, fmt.Sprintf("none left of %d", len(list))
		}
	}
	return words
}

// compact writes a value as JSON on one line, shortened.
func compact(value any) string {
	const longest = 200
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // what was read from JSON can be written as JSON
	text := []rune(string(bytes.TrimRight(line.Bytes(), "\n")))
	if len(text) > longest {
		text = append(text[:longest], '…')
	}
	return string(text)
}
