package openapitest

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Sound fails t where the document that handler serves is no OpenAPI 3.1 that a client could be made from: every reference
// leads somewhere, every schema is one, and every operation has its own name, its parameters, a success and its problems.
func Sound(t T, handler http.Handler) {
	d, err := documentOf(handler)
	if err != nil {
		t.Errorf("%v", err)
		return
	}
	for _, fault := range d.faults() {
		t.Errorf("%s: %s", documentPath, fault)
	}
}

func (d *document) faults() (found []string) {
	if !strings.HasPrefix(d.OpenAPI, "3.1.") || d.Info.Title == "" || d.Info.Version == "" {
		found = append(found, "openapi 3.1, info.title and info.version have to be there")
	}
	found = append(found, danglingIn(d.whole, d.whole)...)
	named := map[string]string{}
	for _, template := range d.templates {
		for _, method := range slices.Sorted(maps.Keys(d.Paths[template])) {
			op, where := d.Paths[template][method], method+" "+template
			if other := named[op.OperationID]; op.OperationID == "" || other != "" {
				found = append(found, fmt.Sprintf("%s: operationId %q is empty or that of %q", where, op.OperationID, other))
			}
			named[op.OperationID] = where
			for _, fault := range slices.Concat(op.faults(d), op.parameterFaults(template), d.schemaFaults(op, template, method)) {
				found = append(found, where+": "+fault)
			}
		}
	}
	return found
}

// danglingIn are the references below a value that lead nowhere in the whole.
func danglingIn(value, whole any) (found []string) {
	switch value := value.(type) {
	case map[string]any:
		if ref, ok := value["$ref"].(string); ok && !leads(ref, whole) {
			found = append(found, "$ref leads nowhere: "+ref)
		}
		for _, name := range slices.Sorted(maps.Keys(value)) {
			found = append(found, danglingIn(value[name], whole)...)
		}
	case []any:
		for _, inner := range value {
			found = append(found, danglingIn(inner, whole)...)
		}
	}
	return found
}

// leads says whether a reference names something in the document; no others are wanted, since they would be fetched.
func leads(ref string, to any) bool {
	names, local := strings.CutPrefix(ref, "#/")
	for _, name := range strings.Split(names, "/") {
		object, _ := to.(map[string]any)
		to = object[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)]
	}
	return local && to != nil
}

// faults are those of an operation's answers and of who may call it.
func (op *operation) faults(d *document) (found []string) {
	succeeds := false
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		succeeds = succeeds || strings.HasPrefix(status, "2")
		if op.Responses[status].Description == "" {
			found = append(found, status+" has no description")
		}
	}
	if !succeeds {
		found = append(found, "no success is documented")
	}
	if _, fails := op.Responses[otherwise].Content[problemType]; !fails {
		found = append(found, "no problem is documented as default")
	}
	if op.RequestBody != nil && len(op.RequestBody.Content) == 0 {
		found = append(found, "the request's body has no media type")
	}
	for _, alternative := range op.Security {
		for scheme := range alternative {
			if d.Components.SecuritySchemes[scheme] == nil {
				found = append(found, "there is no security scheme "+scheme)
			}
		}
	}
	return found
}

var templated = regexp.MustCompile(`\{([^}]*)\}`)

// parameterFaults are differences between the parameters in the path and those that are documented.
func (op *operation) parameterFaults(template string) (found []string) {
	want, got := []string{}, []string{}
	for _, match := range templated.FindAllStringSubmatch(template, -1) {
		want = append(want, match[1])
	}
	for _, p := range op.Parameters {
		if p.In == "path" {
			got = append(got, p.Name)
			if !p.Required {
				found = append(found, "the path parameter "+p.Name+" is not required")
			}
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		found = append(found, fmt.Sprintf("the path has the parameters %v, documented are %v", want, got))
	}
	return found
}

// schemaFaults are schemas of an operation's bodies that are none, and problems that have another than Problem.
func (d *document) schemaFaults(op *operation, template, method string) (found []string) {
	try := func(names ...string) {
		if _, err := d.schemas.at(place(append([]string{"paths", template, method}, names...)...)); err != nil {
			found = append(found, err.Error())
		}
	}
	if op.RequestBody != nil {
		for media := range op.RequestBody.Content {
			try("requestBody", "content", media, "schema")
		}
	}
	for status, documented := range op.Responses {
		for media, content := range documented.Content {
			try("responses", status, "content", media, "schema")
			if media == problemType && !isProblem(content) {
				found = append(found, status+": a problem is not of the schema Problem")
			}
		}
	}
	slices.Sort(found)
	return found
}

func isProblem(content any) bool {
	object, _ := content.(map[string]any)
	schema, _ := object["schema"].(map[string]any)
	return schema["$ref"] == "#"+problemSchema
}
