package web

import (
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Operations lists the operations of each national system that is registered, under the ids by which the journal and
// faults know them: without the system's name before them.
func Operations(of huma.API) map[string][]string {
	operations := map[string][]string{}
	for _, path := range of.OpenAPI().Paths {
		for _, op := range []*huma.Operation{path.Get, path.Put, path.Post, path.Patch, path.Delete} {
			if op == nil || len(op.Tags) == 0 || serverOf(of).systems[op.Tags[0]] == nil {
				continue
			}
			system := op.Tags[0]
			operations[system] = append(operations[system], strings.TrimPrefix(op.OperationID, system+"-"))
		}
	}
	for system := range operations {
		slices.Sort(operations[system])
	}
	return operations
}
