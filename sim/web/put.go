package web

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Put is the answer to a PUT that adds what is not there yet.
type Put[T any] struct {
	Status int
	Body   T
}

// AnswerPut is 201 for what was added and 200 for what was there.
func AnswerPut[T any](added bool, body T) *Put[T] {
	if added {
		return &Put[T]{http.StatusCreated, body}
	}
	return &Put[T]{http.StatusOK, body}
}

// Created documents the 201 of such a PUT: of the statuses that a handler chooses, huma sees only the one by default.
func Created[T any](to huma.API) map[string]*huma.Response {
	schema := to.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[T](), true, "")
	return map[string]*huma.Response{"201": {
		Description: http.StatusText(http.StatusCreated),
		Content:     map[string]*huma.MediaType{"application/json": {Schema: schema}},
	}}
}
