package openapitest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web/openapitest"
)

func TestSound(t *testing.T) {
	t.Parallel()
	openapitest.Sound(t, pets)
	for name, c := range map[string]struct{ old, new, want string }{
		"another version":         {`"openapi": "3.1.0"`, `"openapi": "3.0.3"`, "openapi 3.1"},
		"no title":                {`"title": "Pets", `, ``, "info.title"},
		"a name twice":            {`"operationId": "add"`, `"operationId": "export"`, `post /pets: operationId "export" is empty or that of "get /pets"`},
		"no name":                 {`"operationId": "add", `, ``, `post /pets: operationId ""`},
		"a parameter unsaid":      {`"parameters": [{"name": "id", "in": "path", "required": true}], `, ``, "get /pets/{id}: the path has the parameters [id], documented are []"},
		"an optional parameter":   {`"in": "path", "required": true`, `"in": "path"`, "the path parameter id is not required"},
		"a parameter of no path":  {`"/pets": {`, `"/cats/{name}": {`, "the path has the parameters [name], documented are []"},
		"no success":              {`"204": {"description": "Gone"},`, ``, "delete /pets/{id}: no success is documented"},
		"no problem":              {`"default"`, `"404"`, "no problem is documented as default"},
		"another problem":         {`/Problem"`, `/Pet"`, "default: a problem is not of the schema Problem"},
		"no description":          {`"description": "Gone"`, `"summary": "Gone"`, "204 has no description"},
		"a reference to nothing":  {`"items": {"$ref": "#/components/schemas/Pet"}`, `"items": {"$ref": "#/components/schemas/Pat"}`, "$ref leads nowhere: #/components/schemas/Pat"},
		"a reference elsewhere":   {`"items": {"$ref": "#/components`, `"items": {"$ref": "http://example.invalid/#/components`, "$ref leads nowhere: http://example.invalid/"},
		"a schema that is none":   {`"type": "string", "enum"`, `"type": "text", "enum"`, "/type"},
		"an unknown scheme":       {`"operationId": "add"`, `"operationId": "add", "security": [{"key": []}]`, "post /pets: there is no security scheme key"},
		"a body of no media type": {`"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}, "responses"`, `"content": {}}, "responses"`, "post /pets: the request's body has no media type"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, petsDocument, c.old)
			var found failures
			openapitest.Sound(&found, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, strings.ReplaceAll(petsDocument, c.old, c.new))
			}))
			require.NotEmpty(t, found)
			require.Contains(t, strings.Join(found, "\n"), c.want)
		})
	}
}
