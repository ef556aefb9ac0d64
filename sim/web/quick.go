package web

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/telemetry"
	"onshisim/sim/wire"
)

// The quick way. Nearly every request is one that nothing is to be said about: let in, of sound JSON, with every field as
// it has to be. It needs no router that finds words for 405, and no validation that finds words for each field. So it is
// read and answered by plans that sim/wire has made of the operation's types, and goes through the same admissions and to
// the same handler. Any other request, one that a fault may strike, and an operation of which there is no plan, or with a
// middleware that is no Admission, goes the ordinary way, through echo and huma, as if it had not been here.

// shortcut is the quick way to one operation.
type shortcut struct {
	told       *telemetry.Operation
	admissions []Admission
	limit      int64
	hasBody    bool
	answer     func(x *exchange, body []byte) (answered bool) // nil: there is no quick way

	name string     // of the operation
	does *operation // its input and output are what the plans are of
}

// shorten makes the quick way to the operation that huma was told of last, if it may have one.
func shorten(s *Server, to huma.API, limit int64, may bool, does *operation) {
	op := s.added
	way := &shortcut{
		told: s.operations[op.OperationID], admissions: s.admissionsTo(to), limit: limit,
		name: op.OperationID, does: does,
	}
	s.quick.add(op.Method, op.Path, way)
	if known := len(way.admissions) + 1; !may || len(to.Middlewares()) != known { // each admission is one, and noteOperation
		return
	}
	input, err := newInputPlan(does.in, op.Path)
	if err != nil {
		return
	}
	output, err := newOutputPlan(does.out, op.DefaultStatus)
	if err != nil {
		return
	}
	way.hasBody = input.body != nil
	way.answer = func(x *exchange, body []byte) bool {
		in := reflect.New(does.in)
		if !input.read(x, body, in.Elem()) {
			return false
		}
		switch out, err := does.handle(x, in); {
		case err != nil:
			x.refuse(err)
		case out.IsNil():
			x.WriteHeader(op.DefaultStatus)
		default:
			output.write(x, out.Elem())
		}
		return true
	}
}

// quickly answers a request by the quick way, if it leads there.
func (s *Server) quickly(x *exchange, r *http.Request) (answered bool) {
	if r.URL.RawQuery != "" || r.URL.ForceQuery || x.refusal != nil {
		return false
	}
	way := s.quick.find(r.Method, r.URL.Path, &x.params)
	if way == nil || way.answer == nil || x.arrival.Faults {
		return false
	}
	defer func() {
		if reason := recover(); reason != nil {
			s.fail(x, x, x.told.Status != 0, errorOf(reason))
			answered = true
		}
	}()
	x.told.Operation = way.told
	if x.World != nil {
		x.operation = way.told.Name
	}
	for _, admit := range way.admissions {
		if err := admit(x, &x.Access, r); err != nil {
			x.refuse(err)
			return true
		}
	}
	if !way.hasBody {
		return way.answer(x, nil)
	}
	x.pages = newPages()
	body, err := x.body(r, way.limit)
	if err != nil {
		x.refuse(err)
		return true
	}
	if x.World == nil { // what the control plane is told to do may take longer than a request may take to come
		_ = http.NewResponseController(x).SetReadDeadline(time.Time{}) // where there is no connection, nothing is late
	}
	if isJSON(r.Header.Get("Content-Type")) && way.answer(x, body) {
		return true
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return false
}

// refuse answers with an error.
func (x *exchange) refuse(err error) {
	p := problemOf(err)
	x.server.report(x, p)
	text, _ := encode(p) // strings and a number always encode
	for name, values := range p.GetHeaders() {
		x.Header()[name] = values
	}
	x.send(p.Status, problemType, x.answering(p, text))
}

// send sends an answer whose text is there.
func (x *exchange) send(status int, contentType []string, text []byte) {
	h := x.Header()
	x.length[0] = strconv.Itoa(len(text))
	h["Content-Type"], h["Content-Length"] = contentType, x.length[:]
	x.WriteHeader(status)
	_, _ = x.Write(text) // fails when the client is gone
}

// The values of Content-Type, which all answers share and nobody changes.
var (
	jsonType    = []string{"application/json"}
	problemType = []string{(&Problem{}).ContentType("")}
)

// outputPlan says how what a handler gives becomes an answer.
type outputPlan struct {
	status, body []int // indexes of the fields; nil: there is none
	usual        int   // the status without a field for it
	encoder      *wire.Encoder
}

func newOutputPlan(t reflect.Type, status int) (*outputPlan, error) {
	plan := &outputPlan{usual: status}
	for i := range t.NumField() {
		switch f := t.Field(i); {
		case f.Name == "Status" && f.Type.Kind() == reflect.Int:
			plan.status = f.Index
		case f.Name == "Body" && isShown(f.Type):
			plan.body, plan.encoder = f.Index, wire.NewEncoder(f.Type, wire.EscapeLess)
		default:
			return nil, fmt.Errorf("web: %s.%s is not on the quick way", t, f.Name)
		}
	}
	return plan, nil
}

// isShown says whether values of a type are shown as JSON and as nothing else.
func isShown(t reflect.Type) bool {
	return t.Kind() != reflect.Func && t != reflect.TypeFor[[]byte]() && !t.Implements(reflect.TypeFor[huma.ContentTypeFilter]())
}

func (plan *outputPlan) write(x *exchange, out reflect.Value) {
	status := plan.usual
	if plan.status != nil {
		status = int(out.FieldByIndex(plan.status).Int())
	}
	if plan.body == nil {
		x.WriteHeader(status)
		return
	}
	body := out.FieldByIndex(plan.body).Addr().Interface()
	if x.pages == nil {
		x.pages = newPages()
	}
	text, err := plan.encoder.Append(x.pages.answer[:0], body)
	if err != nil {
		panic(fmt.Errorf("encoding the answer: %w", err)) // a mistake in its type; the recovery around it answers 500
	}
	text = append(text, '\n')
	x.pages.answer = text
	x.send(status, jsonType, x.answering(body, text))
}
