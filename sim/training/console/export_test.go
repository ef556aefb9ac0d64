package console

import "strings"

// Routes are the patterns of all pages for instructors, each with its method and a path that leads there.
func Routes() (list [][2]string) {
	for _, r := range routes {
		method, path, _ := strings.Cut(r.pattern, " ")
		path = strings.NewReplacer("{$}", "", "{world}", "default", "{id}", "ichiro", "{number}", "1").Replace(path)
		list = append(list, [2]string{method, path})
	}
	return list
}
