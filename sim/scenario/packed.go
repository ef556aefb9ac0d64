package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// packed is a scenario in one piece, its keys in the order of the documentation.
type packed struct {
	Title    any             `json:"title"`
	Summary  any             `json:"summary,omitempty"`
	Exercise any             `json:"exercise,omitempty"`
	Rules    any             `json:"rules,omitempty"`
	World    json.RawMessage `json:"world"`
	Steps    any             `json:"steps,omitempty"`
}

// Packed writes the scenario so that it plays again alone and exactly: with its base's world in its place, and in it the
// seed and the clock of a play. It is JSON, which a scenario file may be as well as YAML.
func (s *Scenario) Packed(seed uint64, now string) ([]byte, error) {
	given, err := pinned(s.given, seed, now)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(packed{
		Title: s.written["title"], Summary: s.written["summary"], Exercise: s.written["exercise"], Rules: s.written["rules"], World: given, Steps: s.written["steps"],
	})
	return text.Bytes(), err
}

// Unpack reads what Packed wrote, however large it has become. Lines of it are not told apart.
func Unpack(name string, data []byte) (*Scenario, error) {
	t := &tree{file: name + extension, spots: map[string]spot{"": {line: 1, column: 1}}}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&t.value); err != nil {
		return nil, fmt.Errorf("%s is not JSON: %w", t.file, err)
	}
	return t.scenario(nil)
}
