package openapitest

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// exchange is a request with its answer.
type exchange struct {
	method, path string // the path as it was sent
	requestType  string
	request      []byte // what was read of it
	status       int
	answerType   string
	answer       []byte
}

// problemType and problemSchema are those of every answer that is not a success.
const problemType = "application/problem+json"

var problemSchema = place("components", "schemas", "Problem")

// check says in what an exchange departs from the document.
func (d *document) check(x *exchange) error {
	if path := inner(x.path); path == documentPath || path == "/docs" || strings.HasPrefix(path, "/docs/") {
		return nil // pages, not operations
	}
	template := d.template(x.path)
	op := d.Paths[template][strings.ToLower(x.method)]
	var err error
	switch {
	case op == nil:
		err = d.checkUnknown(x, template != "")
	case x.status >= http.StatusBadRequest:
		err = d.checkProblem(x, op)
	default:
		if err = d.checkSuccess(x, op, template); err == nil {
			err = d.checkRequest(x, op, template)
		}
	}
	if err != nil {
		return fmt.Errorf("%s %s: %d is not as documented: %w", x.method, x.path, x.status, err)
	}
	return nil
}

// checkUnknown wants a refusal, or for OPTIONS the methods that the path has.
func (d *document) checkUnknown(x *exchange, hasOthers bool) error {
	if hasOthers && x.method == http.MethodOptions && x.status == http.StatusNoContent {
		return x.wantNothing()
	}
	refusals := []int{http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed}
	if !slices.Contains(refusals, x.status) {
		return fmt.Errorf("there is no such operation")
	}
	return d.checkProblem(x, nil)
}

// checkProblem wants a problem of RFC 9457, and one that the operation documents.
func (d *document) checkProblem(x *exchange, op *operation) error {
	if op != nil {
		if _, ok := op.Responses[op.response(x.status)].Content[problemType]; !ok {
			return fmt.Errorf("no problem of this status is documented")
		}
	}
	if media := mediaOf(x.answerType); media != problemType {
		return fmt.Errorf("a problem is sent as %q", media)
	}
	if x.method == http.MethodHead {
		return nil // net/http sends no body, whatever a handler writes
	}
	return d.checkBody("the answer", problemSchema, x.answer)
}

// checkSuccess wants a status with an entry of its own, since default stands for problems, and what is documented for it.
func (d *document) checkSuccess(x *exchange, op *operation, template string) error {
	status := op.response(x.status)
	if status == otherwise {
		return fmt.Errorf("the status is not documented")
	}
	content := op.Responses[status].Content
	if len(content) == 0 {
		return x.wantNothing()
	}
	media := mediaOf(x.answerType)
	if _, ok := content[media]; !ok {
		return fmt.Errorf("the media type %q is not documented", media)
	}
	if !isJSON(media) {
		return nil
	}
	return d.checkBody("the answer", place("paths", template, strings.ToLower(x.method), "responses", status, "content", media, "schema"), x.answer)
}

// checkRequest wants that what was taken is what the document says is taken. A null for a field that may be absent is
// taken as its absence everywhere, which no schema says of each.
func (d *document) checkRequest(x *exchange, op *operation, template string) error {
	if op.RequestBody == nil {
		return nil
	}
	if len(x.request) == 0 {
		if op.RequestBody.Required {
			return fmt.Errorf("the request was taken without its body")
		}
		return nil
	}
	media := mediaOf(x.requestType)
	if _, ok := op.RequestBody.Content["application/json"]; media == "" && ok {
		media = "application/json"
	}
	if _, any := op.RequestBody.Content["*/*"]; any {
		return nil
	}
	if _, ok := op.RequestBody.Content[media]; !ok && media != "" {
		return fmt.Errorf("the request was taken as %q", media)
	}
	if !isJSON(media) {
		return nil
	}
	return d.checkBody("the request, which was taken,",
		place("paths", template, strings.ToLower(x.method), "requestBody", "content", media, "schema"), x.request, flaw.ofNull)
}

// checkBody wants no flaw in a body but those that are allowed.
func (d *document) checkBody(what, place string, text []byte, allowed ...func(flaw) bool) error {
	found, err := d.schemas.flaws(place, text)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f flaw) bool {
		return slices.ContainsFunc(allowed, func(allows func(flaw) bool) bool { return allows(f) })
	})
	if len(found) == 0 {
		return nil
	}
	return fmt.Errorf("%s %v\n%s", what, found, text)
}

// otherwise is the answer that is documented for every status without one of its own.
const otherwise = "default"

// response is the name under which a status is documented.
func (op *operation) response(status int) string {
	if _, known := op.Responses[strconv.Itoa(status)]; known {
		return strconv.Itoa(status)
	}
	return otherwise
}

func (x *exchange) wantNothing() error {
	if len(x.answer) > 0 {
		return fmt.Errorf("no body is documented, but there is one\n%s", x.answer)
	}
	return nil
}

func mediaOf(contentType string) string {
	media, _, _ := mime.ParseMediaType(contentType)
	return media
}

func isJSON(media string) bool {
	return media == "application/json" || strings.HasSuffix(media, "+json")
}
