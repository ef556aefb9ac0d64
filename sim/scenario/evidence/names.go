package evidence

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"onshisim/sim/scenario"
)

// fileNames gives each scenario a name for its files, which stays within the pack whatever path the scenario was read
// from, and which no other has, also where large and small letters are the same.
func fileNames(results []scenario.Result) []string {
	names := make([]string, 0, len(results))
	taken := map[string]bool{}
	for _, r := range results {
		plain := fileName(r.Scenario.Name)
		name := plain
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s-%d", plain, n)
		}
		taken[strings.ToLower(name)] = true
		names = append(names, name)
	}
	return names
}

// fileName keeps the folders of a path that leads downwards, and of any other the last part alone.
func fileName(name string) string {
	clean := path.Clean(strings.Map(portable, name))
	if !filepath.IsLocal(filepath.FromSlash(clean)) {
		clean = path.Base(clean)
	}
	if strings.Trim(clean, "./") == "" {
		return "scenario"
	}
	return clean
}

// portable replaces what some file system takes in no name.
func portable(r rune) rune {
	if r < ' ' || strings.ContainsRune(`<>:"\|?*`, r) {
		return '_'
	}
	return r
}
