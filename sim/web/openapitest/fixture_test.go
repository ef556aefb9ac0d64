package openapitest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// petsDocument is a document of two operations.
const petsDocument = `{
	"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
	"paths": {
		"/pets/{id}": {
			"get": {"operationId": "show", "parameters": [{"name": "id", "in": "path", "required": true}], "responses": {
				"200": {"description": "A pet", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
				"default": {"description": "Error", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}},
			"delete": {"operationId": "remove", "parameters": [{"name": "id", "in": "path", "required": true}], "responses": {
				"204": {"description": "Gone"},
				"default": {"description": "Error", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
		"/pets": {
			"get": {"operationId": "export", "responses": {
				"200": {"description": "A line for each", "content": {"application/jsonl": {"schema": {"type": "string"}}}},
				"default": {"description": "Error", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}},
			"post": {"operationId": "add", "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}, "responses": {
				"201": {"description": "Added", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
				"default": {"description": "Error", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}}},
	"components": {"schemas": {
		"Pet": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
			"name": {"type": "string"}, "kind": {"type": "string", "enum": ["cat", "dog"]}, "born": {"type": "string", "format": "date"},
			"legs": {"type": "integer", "format": "int32"}, "young": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}},
		"Problem": {"type": "object", "additionalProperties": false, "required": ["code"], "properties": {"code": {"type": "string"}}}}}}`

// pets answers what the query says; its document is above.
var pets = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/openapi.json" {
		_, _ = io.WriteString(w, petsDocument)
		return
	}
	_, _ = io.Copy(io.Discard, r.Body)
	says := r.URL.Query()
	if says.Has("abort") {
		panic(http.ErrAbortHandler)
	}
	if says.Has("type") {
		w.Header().Set("Content-Type", says.Get("type"))
	}
	var status int
	if _, err := fmt.Sscan(says.Get("status"), &status); err == nil {
		w.WriteHeader(status)
	}
	if says.Has("body") {
		_, _ = io.WriteString(w, says.Get("body"))
	}
})

// failures are a test's.
type failures []string

func (f *failures) Errorf(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// send asks in memory.
func send(handler http.Handler, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}
