package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"onshisim/fixtures"
	"onshisim/sim/world"
)

// extension is that of a scenario file.
const extension = ".yaml"

// Load reads a scenario of a file system, by its path with or without .yaml. A base is looked up at the file system's root.
func Load(fsys fs.FS, name string) (*Scenario, error) {
	name = strings.TrimSuffix(name, extension)
	data, err := fs.ReadFile(fsys, name+extension)
	if err != nil {
		return nil, fmt.Errorf("scenario %s can't be read: %w", name, err)
	}
	return parse(name+extension, data, fsys)
}

// LoadFile reads a scenario from a path. A base is looked up beside the file, then among the fixtures of the program.
func LoadFile(file string) (*Scenario, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("scenario can't be read: %w", err)
	}
	return parse(file, data, os.DirFS(filepath.Dir(file)), fixtures.FS)
}

// LoadAll reads all scenarios of a file system, sorted by path. The error joins those of all files.
func LoadAll(fsys fs.FS) ([]*Scenario, error) {
	var all []*Scenario
	var failures []error
	err := fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != extension {
			return err
		}
		s, err := Load(fsys, file)
		if err != nil {
			failures = append(failures, err)
			return nil
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("scenarios can't be listed: %w", err)
	}
	slices.SortFunc(all, func(a, b *Scenario) int { return strings.Compare(a.Name, b.Name) })
	return all, errors.Join(failures...)
}

// Parse reads a scenario from its text. A base is looked up among the fixtures of the program. A file that is not right
// gives Mistakes, all that it has.
func Parse(name string, data []byte) (*Scenario, error) {
	return parse(name, data, fixtures.FS)
}

// parse reads a scenario; the first of the places that has its base gives it.
func parse(file string, data []byte, places ...fs.FS) (*Scenario, error) {
	t := parseTree(file, data)
	if t.value == nil {
		return nil, t.mistakes.orNil()
	}
	return t.scenario(places)
}

// scenario turns a tree into the scenario, or gives all mistakes that it has.
func (t *tree) scenario(places []fs.FS) (*Scenario, error) {
	t.validate()
	doc, given := t.world(places)
	t.check(doc)
	if err := t.mistakes.orNil(); err != nil {
		return nil, err
	}
	s, err := t.decode()
	if err != nil {
		return nil, err
	}
	s.Name = strings.TrimSuffix(filepath.ToSlash(t.file), extension)
	s.World, s.given = *doc, given
	return s, nil
}

// decode turns a tree without mistakes into the scenario, except for its world.
func (t *tree) decode() (*Scenario, error) {
	root := t.value.(map[string]any)
	withoutWorld := make(map[string]any, len(root))
	for key, value := range root {
		if key != "world" {
			withoutWorld[key] = value
		}
	}
	s := &Scenario{written: withoutWorld}
	if err := recode(withoutWorld, s); err != nil {
		return nil, fmt.Errorf("%s: %w", t.file, err)
	}
	for i := range s.Steps {
		s.Steps[i].Line = t.at("steps", fmt.Sprint(i)).line
	}
	return s, nil
}

// recode moves a value from one form to another by way of JSON.
func recode(from, to any) error {
	data, err := json.Marshal(from)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	return decoder.Decode(to)
}

// world gives the world that the steps are played in, and the JSON it was given as; nil when it has mistakes.
func (t *tree) world(places []fs.FS) (doc *world.Document, given json.RawMessage) {
	root, _ := t.value.(map[string]any)
	base, ok := root["base"].(string)
	if !ok {
		return documentOf(root["world"])
	}
	for _, place := range places {
		data, err := fs.ReadFile(place, base+extension)
		if err != nil {
			continue
		}
		other := parseTree(base+extension, data)
		other.validate()
		if root, _ := other.value.(map[string]any); len(other.mistakes) == 0 && root["world"] != nil {
			return documentOf(root["world"])
		}
		t.add(t.at("base"), "%s has mistakes or no world of its own; expected a scenario with world:", base+extension)
		return nil, nil
	}
	t.add(t.at("base"), "there is no such scenario; %s", expectOneOf(base, worldsIn(places)))
	return nil, nil
}

// documentOf reads a world document; nil when it is none.
func documentOf(value any) (doc *world.Document, given json.RawMessage) {
	if value == nil {
		return nil, nil
	}
	given, err := json.Marshal(value)
	if err != nil {
		return nil, nil
	}
	doc = new(world.Document)
	if json.Unmarshal(given, doc) != nil {
		return nil, nil
	}
	return doc, given
}

// worldsIn lists the scenarios that may be a base.
func worldsIn(places []fs.FS) []string {
	var found []string
	for _, place := range places {
		files, err := fs.Glob(place, "*"+extension)
		if err != nil {
			continue
		}
		for _, file := range files {
			found = append(found, strings.TrimSuffix(file, extension))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
