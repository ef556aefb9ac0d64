package web

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// takeInput finds what the input's fields take from a request, and documents it.
func (o *ordinary) takeInput() {
	o.known = map[string]bool{}
	for _, f := range reflect.VisibleFields(o.in) {
		switch {
		case f.Anonymous: // its fields come as well
		case f.Name == "Body":
			o.body = f.Index
		case f.Name == "RawBody":
			o.raw = f.Index
		default:
			for _, place := range []string{"path", "query", "header"} {
				if name := f.Tag.Get(place); name != "" {
					o.takeParam(f, place, name)
				}
			}
		}
	}
	if o.body != nil || o.raw != nil {
		o.documentBody()
	}
}

func (o *ordinary) takeParam(f reflect.StructField, place, name string) {
	if value := reflect.Zero(f.Type); f.Type.Kind() != reflect.String && !value.CanInt() && !value.CanUint() {
		panic(fmt.Sprintf("web: the parameter %s.%s is neither text nor an integer", o.in, f.Name))
	}
	schema := huma.SchemaFromField(o.schemas(), f, "")
	p := param{f.Index, place, name, f.Tag.Get("default"), place == "path" || f.Tag.Get("required") == "true", schema}
	o.params = append(o.params, p)
	shown := &huma.Param{Name: name, In: place, Description: schema.Description, Required: p.required, Schema: schema}
	if place == "query" {
		o.known[name] = true
		shown.Explode = new(bool)
	}
	o.op.Parameters = append(o.op.Parameters, shown)
}

// documentBody says which body an operation takes. One in two forms is JSON; of a raw one, the operation may say more.
func (o *ordinary) documentBody() {
	if o.body == nil {
		media := o.in.FieldByIndex(o.raw).Tag.Get("contentType")
		if o.op.RequestBody == nil {
			octets := &huma.Schema{Type: huma.TypeString, Format: "binary"}
			o.op.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{media: {Schema: octets}}}
		}
		o.op.RequestBody.Required = true
		return
	}
	f := o.in.FieldByIndex(o.body)
	o.schema = huma.SchemaFromField(o.schemas(), f, hint(o.in, "Body", o.op.OperationID+"Request"))
	o.op.RequestBody = &huma.RequestBody{
		Required: f.Type.Kind() != reflect.Pointer || o.raw != nil,
		Content:  map[string]*huma.MediaType{"application/json": {Schema: o.schema}},
	}
}

// giveOutput finds what of an answer the output's fields are, and documents it.
func (o *ordinary) giveOutput() {
	var body *reflect.StructField
	given := map[string]*huma.Header{}
	for _, f := range reflect.VisibleFields(o.out) {
		switch name := f.Tag.Get("header"); {
		case f.Name == "Status" && f.Type.Kind() == reflect.Int:
			o.status = f.Index
		case f.Name == "Body":
			o.shown, body = f.Index, &f
		case name != "" && f.Type.Kind() == reflect.String:
			o.headers = append(o.headers, header{f.Index, name})
			given[name] = &huma.Header{Schema: huma.SchemaFromField(o.schemas(), f, "")}
		default:
			panic(fmt.Sprintf("web: %s.%s is no part of an answer", o.out, f.Name))
		}
	}
	o.op.Responses = maps.Clone(o.op.Responses)
	if o.op.Responses == nil {
		o.op.Responses = map[string]*huma.Response{}
	}
	if o.op.DefaultStatus == 0 {
		o.op.DefaultStatus = http.StatusOK
		if body == nil {
			o.op.DefaultStatus = http.StatusNoContent
		}
	}
	status := strconv.Itoa(o.op.DefaultStatus)
	response := o.op.Responses[status]
	if response == nil {
		response = &huma.Response{Description: http.StatusText(o.op.DefaultStatus)}
		o.op.Responses[status] = response
	}
	if len(given) > 0 {
		response.Headers = given
	}
	if body != nil && body.Type.Kind() != reflect.Func && response.Content == nil {
		schema := huma.SchemaFromField(o.schemas(), *body, hint(o.out, "Body", o.op.OperationID+"Response"))
		response.Content = map[string]*huma.MediaType{"application/json": {Schema: schema}}
	}
}

// documentProblems says that an operation may answer a Problem.
func (o *ordinary) documentProblems() {
	schema := o.schemas().Schema(reflect.TypeFor[Problem](), true, "")
	o.op.Responses["default"] = &huma.Response{
		Description: "Error",
		Content:     map[string]*huma.MediaType{problemType[0]: {Schema: schema}},
	}
}

func (o *ordinary) schemas() huma.Registry { return o.to.OpenAPI().Components.Schemas }

// hint is the name of the schema of a field whose type has none.
func hint(of reflect.Type, field, otherwise string) string {
	if of.Name() != "" {
		return of.Name() + field
	}
	return otherwise
}
