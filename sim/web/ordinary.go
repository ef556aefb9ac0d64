package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// ordinary is the ordinary way to an operation: it finds words for everything that is wrong with a request, by the schemas
// that the document shows.
type ordinary struct {
	*operation
	to    huma.API
	op    *huma.Operation
	limit int64 // of a body, in bytes

	params    []param
	known     map[string]bool // the parameters of the query
	body, raw []int           // indexes of the input's fields; nil: there is none
	schema    *huma.Schema    // of the body

	status, shown []int // indexes of the output's fields; nil: there is none
	headers       []header
}

// param is a parameter of the path, the query or the header.
type param struct {
	index    []int
	place    string
	name     string
	usual    string // in place of one that is absent
	required bool
	schema   *huma.Schema
}

// header is one of an answer.
type header struct {
	index []int
	name  string
}

func (o *ordinary) serve(ctx huma.Context) {
	body, err := o.readBody(ctx)
	if err != nil {
		Refuse(o.to, ctx, err)
		return
	}
	in := reflect.New(o.in)
	if errs := o.read(ctx, body, in); len(errs) > 0 {
		_ = huma.WriteErr(o.to, ctx, http.StatusUnprocessableEntity, "", errs...) // fails only when the client is gone
		return
	}
	switch out, err := o.handle(ctx.Context(), in); {
	case err != nil:
		Refuse(o.to, ctx, err)
	case out.IsNil():
		ctx.SetStatus(o.op.DefaultStatus)
	default:
		o.answer(ctx, out.Elem())
	}
}

// read reads a request into an input, and tells everything that is wrong with it.
func (o *ordinary) read(ctx huma.Context, body []byte, in reflect.Value) []error {
	var found huma.ValidateResult
	path := huma.NewPathBuffer(make([]byte, 0, 128), 0)
	at := func(place ...string) *huma.PathBuffer {
		path.Reset()
		for _, part := range place {
			path.Push(part)
		}
		return path
	}
	url := ctx.URL()
	for name := range url.Query() {
		if !o.known[name] {
			found.Add(at("query", name), "", "unknown query parameter")
		}
	}
	if len(found.Errors) > 0 {
		return found.Errors
	}

	schemas := o.to.OpenAPI().Components.Schemas
	for i := range o.params {
		p := &o.params[i]
		switch value, err := p.read(ctx, in.Elem().FieldByIndex(p.index)); {
		case err != nil:
			found.Add(at(p.place, p.name), "", err.Error())
		case value != nil:
			huma.Validate(schemas, p.schema, at(p.place, p.name), huma.ModeWriteToServer, value, &found)
		}
	}
	if o.raw != nil {
		in.Elem().FieldByIndex(o.raw).SetBytes(body)
	}
	if o.body != nil && len(body) > 0 {
		before := len(found.Errors)
		var parsed any
		if unmarshal(body, &parsed) == nil { // else the next line says so
			huma.Validate(schemas, o.schema, at("body"), huma.ModeWriteToServer, parsed, &found)
		}
		err := unmarshal(body, in.Elem().FieldByIndex(o.body).Addr().Interface())
		if err != nil && len(found.Errors) == before {
			found.Add(at("body"), "", err.Error())
		}
	}
	if resolver, ok := in.Interface().(huma.Resolver); ok {
		found.Errors = append(found.Errors, resolver.Resolve(ctx)...)
	}
	return found.Errors
}

// read gives the parameter's value as the schema knows it; nil: the request has none.
func (p *param) read(ctx huma.Context, into reflect.Value) (any, error) {
	var text string
	switch p.place {
	case "path":
		text = ctx.Param(p.name)
	case "query":
		text = ctx.Query(p.name)
	case "header":
		text = ctx.Header(p.name)
	}
	if text == "" {
		text = p.usual
	}
	switch {
	case text == "" && p.required:
		return nil, fmt.Errorf("required %s parameter is missing", p.place)
	case text == "":
		return nil, nil
	case into.CanInt():
		value, err := strconv.ParseInt(text, 10, into.Type().Bits())
		if err != nil {
			return nil, errors.New("invalid integer")
		}
		into.SetInt(value)
		return value, nil
	case into.CanUint():
		value, err := strconv.ParseUint(text, 10, into.Type().Bits())
		if err != nil {
			return nil, errors.New("invalid integer")
		}
		into.SetUint(value)
		return value, nil
	default:
		into.SetString(text)
		return text, nil
	}
}

func (o *ordinary) answer(ctx huma.Context, out reflect.Value) {
	for _, h := range o.headers {
		if value := out.FieldByIndex(h.index).String(); value != "" {
			ctx.SetHeader(h.name, value)
		}
	}
	status := o.op.DefaultStatus
	if o.status != nil {
		status = int(out.FieldByIndex(o.status).Int())
	}
	if o.shown == nil {
		ctx.SetStatus(status)
		return
	}
	switch body := out.FieldByIndex(o.shown).Interface().(type) {
	case func(huma.Context):
		body(ctx)
	case []byte:
		ctx.SetStatus(status)
		_, _ = ctx.BodyWriter().Write(body) // fails when the client is gone
	default:
		text, err := o.to.Transform(ctx, "", body)
		if err != nil {
			panic(err)
		}
		ctx.SetHeader("Content-Type", jsonType[0])
		ctx.SetStatus(status)
		_ = o.to.Marshal(ctx.BodyWriter(), "", text) // fails when the client is gone
	}
}

// readBody reads a body up to its bound and, if it is structured, refuses what Go's decoder would let pass.
func (o *ordinary) readBody(ctx huma.Context) ([]byte, error) {
	if o.body == nil && o.raw == nil {
		return nil, nil
	}
	body, err := exchangeOf(ctx.Context()).body(humaecho.Unwrap(ctx).Request(), o.limit)
	_ = ctx.SetReadDeadline(time.Time{}) // a handler may take longer than a request may take to come
	switch {
	case err != nil:
		return nil, err
	case len(body) > 0 && o.body != nil:
		return body, checkStructured(ctx.Header("Content-Type"), body)
	case len(body) == 0 && o.op.RequestBody.Required:
		return nil, unreadable("body", "is required")
	}
	return body, nil
}

// unmarshal reads a body that is known to be good JSON. What Go's errors say holds the value that was sent, so it is told
// in other words.
func unmarshal(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return errors.New(unsuitable + wrong.Field)
	}
	return errors.New("a value is not what the schema says")
}
