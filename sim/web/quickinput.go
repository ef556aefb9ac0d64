package web

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/wire"
)

// inputPlan says how a request without a query becomes a handler's input.
type inputPlan struct {
	body, raw []int // indexes of the fields; nil: there is none
	decoder   *wire.Decoder
	params    []inputParam // in the order of the path
}

type inputParam struct {
	index []int
	fits  func(value string) bool
}

func newInputPlan(t reflect.Type, path string) (*inputPlan, error) {
	plan := &inputPlan{}
	fields := map[string]reflect.StructField{} // by the parameters that they take
	for _, f := range reflect.VisibleFields(t) {
		switch param := f.Tag.Get("path"); {
		case reflect.PointerTo(f.Type).Implements(reflect.TypeFor[huma.Resolver]()):
			return nil, fmt.Errorf("web: %s reads its request itself", t)
		case f.Anonymous && f.IsExported() && f.Type.Kind() == reflect.Struct: // its fields come as well
		case len(f.Index) == 1 && f.Name == "Body":
			decoder, err := wire.NewValidator(f.Type)
			if err != nil {
				return nil, err
			}
			plan.body, plan.decoder = f.Index, decoder
		case len(f.Index) == 1 && f.Name == "RawBody" && f.Type == reflect.TypeFor[[]byte]() && f.Tag.Get("contentType") == "":
			plan.raw = f.Index
		case param != "" && f.Type.Kind() == reflect.String:
			fields[param] = f
		case f.Tag.Get("query") != "" && f.Tag.Get("default") == "" && f.Tag.Get("required") == "": // is zero without a query
		default:
			return nil, fmt.Errorf("web: %s.%s is not on the quick way", t, f.Name)
		}
	}
	if plan.raw != nil && plan.body == nil {
		return nil, fmt.Errorf("web: the body of %s has no form", t)
	}
	for segment := range strings.SplitSeq(path, "/") {
		name, isParam := strings.CutPrefix(segment, "{")
		if !isParam {
			continue
		}
		f, known := fields[strings.TrimSuffix(name, "}")]
		if !known || len(plan.params) == mostParameters {
			return nil, fmt.Errorf("web: %s does not take the parameter %s", t, segment)
		}
		fits, err := wire.Rules(f)
		if err != nil {
			return nil, err
		}
		plan.params = append(plan.params, inputParam{f.Index, fits})
	}
	if len(plan.params) != len(fields) {
		return nil, fmt.Errorf("web: %s takes parameters that are not in its path", t)
	}
	return plan, nil
}

// read reads a request into an input that is zero, and says whether it is clean.
func (plan *inputPlan) read(x *exchange, body []byte, in reflect.Value) bool {
	for i := range plan.params {
		param := &plan.params[i]
		if !param.fits(x.params[i]) {
			return false
		}
		in.FieldByIndex(param.index).SetString(x.params[i])
	}
	if plan.raw != nil {
		in.FieldByIndex(plan.raw).SetBytes(body)
	}
	return plan.body == nil || plan.decoder.Decode(body, in.FieldByIndex(plan.body).Addr().Interface())
}
