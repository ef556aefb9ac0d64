package web

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// api is huma's API with JSON as the only format, whatever the client says it accepts. An answer is encoded before its
// status is sent, so that one that can't be encoded is a clean 500 and every answer tells its length.
type api struct {
	huma.API
	server *Server
}

type encoded []byte

// Negotiate always agrees on JSON.
func (a *api) Negotiate(string) (string, error) { return "application/json", nil }

// Transform encodes the answer, and logs what it came from if it is a failure.
func (a *api) Transform(ctx huma.Context, _ string, v any) (any, error) {
	if p, ok := v.(*Problem); ok {
		a.server.report(ctx.Context(), p)
	}
	text, err := encode(v)
	if err != nil { // huma would send 200 with an error text in the body
		panic(fmt.Errorf("encoding the answer: %w", err))
	}
	text = AccessOf(ctx.Context()).answering(v, text)
	ctx.SetHeader("Content-Length", strconv.Itoa(len(text)))
	return text, nil
}

// Marshal writes what Transform encoded. When that fails, the client is gone and there is nobody to tell.
func (a *api) Marshal(w io.Writer, _ string, v any) error {
	_, _ = w.Write(v.(encoded))
	return nil
}

func encode(v any) (encoded, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return text.Bytes(), err
}

// write sends a problem where huma is not at work.
func (p *Problem) write(ctx context.Context, w http.ResponseWriter) {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok { // not where Worlds stands before something else
		x.code = p.Code
	}
	text, _ := encode(p) // strings and a number always encode
	h := w.Header()
	stamp(h)
	for name, values := range p.GetHeaders() {
		h[name] = values
	}
	h.Set("Content-Type", p.ContentType(""))
	h.Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(text) // fails when the client is gone
}

// schemaName puts the package before a type's name, since two systems may use the same one.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	owner := path.Base(t.PkgPath())
	if t.PkgPath() == "" || owner == "web" {
		return name
	}
	return strings.ToUpper(owner[:1]) + owner[1:] + name
}
