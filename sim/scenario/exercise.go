package scenario

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Exercise makes a scenario one whose steps a trainee does on the screens, in a world made of the scenario's.
type Exercise struct {
	Brief string `json:"brief"` // what the trainee is told before; it does not give away what will be seen
}

// Listed is a scenario as it stands in a list to choose from.
type Listed struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Exercises lists the exercises of a file system by path, without checking them: Load does when one is chosen.
func Exercises(fsys fs.FS) ([]Listed, error) {
	found := []Listed{}
	err := fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != extension {
			return err
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		if title, is := exerciseTitle(file, data); is {
			found = append(found, Listed{strings.TrimSuffix(file, extension), title})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("exercises can't be listed: %w", err)
	}
	return found, nil
}

// exerciseTitle is the title of a file that is an exercise. Of most files the head tells, before the long part.
func exerciseTitle(file string, data []byte) (title string, is bool) {
	if !bytes.Contains(data, []byte("exercise")) {
		return "", false
	}
	head, _, _ := bytes.Cut(data, []byte("\nsteps:"))
	for _, part := range [][]byte{head, data} {
		root, _ := parseTree(file, part).value.(map[string]any)
		title, _ = root["title"].(string)
		if _, is = root["exercise"].(map[string]any); is {
			return title, true
		}
	}
	return "", false
}
