package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Difference is where a replay first parts from what was recorded.
type Difference struct {
	Place    string // 手順 or イベント with its number, or 世界
	Path     string // within the answer or the event
	Recorded string
	Now      string
}

// nothing is what a difference says in the place of a value that is not there.
const nothing = "(なし)"

// longest is how many characters of a value a difference shows.
const longest = 200

// differText compares two texts, each shown as it is.
func differText(place, path, recorded, now string) *Difference {
	if recorded == now {
		return nil
	}
	return &Difference{Place: place, Path: path, Recorded: shown(recorded), Now: shown(now)}
}

// differJSON compares two JSON values byte by byte, white space aside, and finds the path of the first value that
// differs. Of two that say the same in other bytes it shows the whole.
func differJSON(place, path string, recorded, now []byte) *Difference {
	recorded, now = compacted(recorded), compacted(now)
	if bytes.Equal(recorded, now) {
		return nil
	}
	if d := differValue(place, path, decoded(recorded), decoded(now)); d != nil {
		return d
	}
	return differText(place, path, string(recorded), string(now))
}

// absent stands for a value that one side does not have.
type absent struct{}

// differValue finds the first difference of two values: fields by name, lists from their beginning.
func differValue(place, path string, recorded, now any) *Difference {
	switch a := recorded.(type) {
	case map[string]any:
		if b, ok := now.(map[string]any); ok {
			return differFields(place, path, a, b)
		}
	case []any:
		if b, ok := now.([]any); ok {
			return differLists(place, path, a, b)
		}
	}
	return differText(place, path, written(recorded), written(now))
}

func differFields(place, path string, recorded, now map[string]any) *Difference {
	names := maps.Clone(recorded)
	maps.Copy(names, now)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, inRecorded := recorded[name]
		b, inNow := now[name]
		if !inRecorded {
			a = absent{}
		}
		if !inNow {
			b = absent{}
		}
		if d := differValue(place, strings.TrimPrefix(path+"."+name, "."), a, b); d != nil {
			return d
		}
	}
	return nil
}

func differLists(place, path string, recorded, now []any) *Difference {
	for i := range max(len(recorded), len(now)) {
		a, b := any(absent{}), any(absent{})
		if i < len(recorded) {
			a = recorded[i]
		}
		if i < len(now) {
			b = now[i]
		}
		if d := differValue(place, fmt.Sprintf("%s[%d]", path, i), a, b); d != nil {
			return d
		}
	}
	return nil
}

// written is a value as JSON on one line, Japanese readable.
func written(value any) string {
	if _, none := value.(absent); none {
		return nothing
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(text.String())
}

// shown is a text as a difference shows it.
func shown(text string) string {
	if text == "" {
		return nothing
	}
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

// compacted is JSON without the white space that a report puts in for its readers.
func compacted(text []byte) []byte {
	var out bytes.Buffer
	if json.Compact(&out, text) != nil {
		return text
	}
	return out.Bytes()
}

// decoded is a JSON value, numbers as they were written; of what is no JSON the text.
func decoded(text []byte) (value any) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return string(text)
	}
	return value
}
