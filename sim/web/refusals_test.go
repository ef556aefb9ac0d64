package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/danielgtaylor/huma/v2"
	"github.com/stretchr/testify/require"

	"onshisim/sim/web"
)

const (
	good     = `{"birthdate":"2021-02-28","name":"a"}`
	tooLong  = `{"birthdate":"2021-02-28","name":"` // and more than fits
	withRest = `{"birthdate":"2021-02-28","name":"a",`
)

// TestBadBodies: each names its field, none quotes what was sent.
func TestBadBodies(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for name, test := range map[string]struct {
		body   string
		status int
		fields []string
	}{
		"missing":               {"", 400, []string{"body"}},
		"blank":                 {" ", 400, []string{"body"}},
		"broken off":            {`{"name":`, 400, []string{"body"}},
		"two values":            {good + good, 400, []string{"body"}},
		"garbage after":         {good + `7731`, 400, []string{"body"}},
		"byte order mark":       {"\uFEFF" + good, 400, []string{"body"}},
		"raw NUL":               {good + "\x00", 400, []string{"body"}},
		"escaped NUL":           {withRest + `"verification":{"pin":"77\u000031"}}`, 400, []string{"body.verification.pin"}},
		"broken UTF-8":          {withRest + "\"items\":[{\"code\":\"\xff\"}]}", 400, []string{"body.items[0].code"}},
		"half a surrogate pair": {withRest + `"sex1":"\ud800"}`, 400, []string{"body.sex1"}},
		"name twice":            {withRest + `"name":"b"}`, 400, []string{"body.name"}},
		"name twice, escaped":   {withRest + `"n\u0061me":"b"}`, 400, []string{"body.name"}},
		"nested name twice":     {withRest + `"verification":{"pin":"7731","pin":"1234"}}`, 400, []string{"body.verification.pin"}},
		"too deep":              {strings.Repeat("[", 65) + strings.Repeat("]", 65), 400, []string{"body" + strings.Repeat("[0]", 64)}},
		"number beyond float":   {withRest + `"count":1e999}`, 400, []string{"body.count"}},
		"too large":             {tooLong + strings.Repeat("a", 2000) + `"}`, 413, nil},
		"null":                  {`null`, 422, []string{"body"}},
		"list":                  {`[]`, 422, []string{"body"}},
		"empty object":          {`{}`, 422, []string{"body.birthdate", "body.name"}},
		"null for required":     {`{"birthdate":"2021-02-28","name":null}`, 422, []string{"body.name"}},
		"number for text":       {`{"birthdate":"2021-02-28","name":7731}`, 422, []string{"body.name"}},
		"too long":              {tooLong + strings.Repeat("a", 21) + `"}`, 422, []string{"body.name"}},
		"no such day":           {`{"birthdate":"2021-02-30","name":"a"}`, 422, []string{"body.birthdate"}},
		"day in short":          {`{"birthdate":"2021-2-3","name":"a"}`, 422, []string{"body.birthdate"}},
		"no such instant":       {withRest + `"at":"2021-02-30T09:00:00+09:00"}`, 422, []string{"body.at"}},
		"instant without zone":  {withRest + `"seen":"2021-02-28T09:00:00"}`, 422, []string{"body.seen"}},
		"duration":              {withRest + `"wait":"7731"}`, 422, []string{"body.wait"}},
		"not of the list":       {withRest + `"sex1":"7731"}`, 422, []string{"body.sex1"}},
		"beyond int8":           {withRest + `"count":7731}`, 422, []string{"body.count"}},
		"float for integer":     {withRest + `"count":1.0}`, 422, []string{"body.count"}},
		"list for object":       {withRest + `"verification":[7731]}`, 422, []string{"body.verification"}},
		"pattern":               {withRest + `"verification":{"pin":"77310"}}`, 422, []string{"body.verification.pin"}},
		"unknown":               {withRest + `"nmae":"7731"}`, 422, []string{"body.nmae"}},
		"unknown, nested":       {withRest + `"items":[{"code":"a"},{"code":"a","codde":"7731"}]}`, 422, []string{"body.items[1].codde"}},
		"wrong case":            {`{"birthdate":"2021-02-28","Name":"7731"}`, 422, []string{"body.Name", "body.name"}},
		"wrong case besides":    {withRest + `"NAME":"7731"}`, 422, []string{"body.NAME"}},
		"name with a dot":       {withRest + `"a.b":1,"c":2}`, 422, []string{"body.a.b"}},
		"name without letters":  {withRest + `"":1}`, 422, []string{"body."}},
		"name without end":      {withRest + `"` + strings.Repeat("n", 1000) + `":1}`, 422, []string{"body." + strings.Repeat("n", 64)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := send(s, http.MethodPost, "/visits", test.body)
			p := readProblem(t, w)
			require.Equal(t, test.status, p.Status, w.Body)
			require.Equal(t, http.StatusText(test.status), p.Title)
			require.Equal(t, map[int]string{400: "SIM-REQ-400", 413: "SIM-REQ-413", 422: "SIM-REQ-422"}[test.status], p.Code)
			require.Equal(t, test.fields, fields(p), w.Body)
			require.NotContains(t, w.Body.String(), "7731", "a value that was sent")
		})
	}
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for name, test := range map[string]struct {
		method, target, body, contentType string
		status                            int
		code                              string
		fields                            []string
	}{
		"no such path":       {"GET", "/nowhere", "", "", 404, "SIM-REQ-404", nil},
		"deeper path":        {"GET", "/visits/a/b", "", "", 404, "SIM-REQ-404", nil},
		"encoded slash":      {"GET", "/visits/a%2Fb", "", "", 404, "SIM-REQ-404", nil},
		"slash at the end":   {"GET", "/visits/a/", "", "", 404, "SIM-REQ-404", nil},
		"wrong method":       {"PUT", "/visits", good, "", 405, "SIM-REQ-405", nil},
		"form":               {"POST", "/visits", good, "application/x-www-form-urlencoded", 415, "SIM-REQ-415", nil},
		"JSON of a kind":     {"POST", "/visits", good, "application/merge-patch+json", 415, "SIM-REQ-415", nil},
		"JSON in Shift_JIS":  {"POST", "/visits", good, "application/json; charset=Shift_JIS", 415, "SIM-REQ-415", nil},
		"type that is none":  {"POST", "/visits", good, "application/json; ;", 415, "SIM-REQ-415", nil},
		"path parameter":     {"GET", "/visits/A", "", "", 422, "SIM-REQ-422", []string{"path.id"}},
		"query parameter":    {"GET", "/visits/a?limit=7731", "", "", 422, "SIM-REQ-422", []string{"query.limit"}},
		"query, not integer": {"GET", "/visits/a?limit=7731a", "", "", 422, "SIM-REQ-422", []string{"query.limit"}},
		"query, unknown":     {"GET", "/visits/a?z=1&limt=7731&b=1", "", "", 422, "SIM-REQ-422", []string{"query.b", "query.limt", "query.z"}},
		"query, broken":      {"GET", "/visits/a?limit=%zz", "", "", 400, "SIM-REQ-400", nil},
		"query, semicolon":   {"GET", "/visits/a?limit=1;limit=2", "", "", 400, "SIM-REQ-400", nil},
		"query, NUL":         {"GET", "/visits/a?limit=%00", "", "", 400, "SIM-REQ-400", nil},
		"query, name":        {"GET", "/visits/a?%ff=1", "", "", 400, "SIM-REQ-400", nil},
		"path, NUL":          {"GET", "/visits/%00", "", "", 400, "SIM-REQ-400", nil},
		"path, broken UTF-8": {"GET", "/visits/%ff", "", "", 400, "SIM-REQ-400", nil},
		"raw body too large": {"POST", "/scan", strings.Repeat("a", 4001), "text/plain", 413, "SIM-REQ-413", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := send(s, test.method, test.target, test.body, "Content-Type", test.contentType)
			p := readProblem(t, w)
			require.Equal(t, test.status, p.Status, w.Body)
			require.Equal(t, test.code, p.Code)
			require.Equal(t, test.fields, fields(p), w.Body)
			require.NotContains(t, w.Body.String(), "7731")
		})
	}
	require.Equal(t, "OPTIONS, POST", send(s, http.MethodPut, "/visits", "").Header().Get("Allow"))
}

// TestManyErrors: an answer stays small, and the same, however much is wrong.
func TestManyErrors(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	body := withRest + `"items":[` + strings.Repeat(`{},`, 400) + `{}]}`
	first := send(s, http.MethodPost, "/visits", body)
	require.Len(t, readProblem(t, first).Errors, 100)
	require.Equal(t, first.Body.String(), send(s, http.MethodPost, "/visits", body).Body.String())
}

// TestBrokenConnection: half a body is not taken for a whole one, and is not our failure.
func TestBrokenConnection(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodPost, "/visits", io.MultiReader(strings.NewReader(good), iotest.ErrReader(io.ErrUnexpectedEOF)))
	w := httptest.NewRecorder()
	newServer(t).ServeHTTP(w, r)
	require.Equal(t, []string{"body"}, fields(readProblem(t, w)))
	require.Equal(t, http.StatusBadRequest, w.Code)
}

// TestParameterErrorsStayHere: what Go says of a bad value quotes it.
func TestParameterErrorsStayHere(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	web.Register(s.API, huma.Operation{OperationID: "age", Method: http.MethodPost, Path: "/ages"},
		func(context.Context, *struct {
			Age  uint8 `query:"age" required:"true"`
			Body *item
		},
		) (*nothing, error) {
			return nil, nil
		})
	require.Equal(t, http.StatusNoContent, send(s, http.MethodPost, "/ages?age=77", "").Code, "the body is optional")
	for value, message := range map[string]string{"old": "invalid integer", "7731": "invalid integer", "": "required query parameter is missing"} {
		w := send(s, http.MethodPost, "/ages?age="+value, "")
		require.Equal(t, []web.FieldError{{Field: "query.age", Message: message}}, readProblem(t, w).Errors)
	}
}

// TestOperationsOfOtherShapesStopTheStart: a field that no request or answer would ever fill is a mistake.
func TestOperationsOfOtherShapesStopTheStart(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	op := huma.Operation{OperationID: "odd", Method: http.MethodGet, Path: "/odd"}
	require.Panics(t, func() {
		web.Register(s.API, op, func(context.Context, *struct {
			From netip.Addr `query:"from"`
		},
		) (*nothing, error) {
			return nil, nil
		})
	})
	require.Panics(t, func() {
		web.Register(s.API, op, func(context.Context, *nothing) (*struct{ Boddy item }, error) { return nil, nil })
	})
}

func fields(p web.Problem) []string {
	var names []string
	for _, e := range p.Errors {
		names = append(names, e.Field)
	}
	return names
}

// TestALengthThatIsClaimedCostsNothing: memory is taken for what has come, not for what was announced. It does not run
// beside others, since it measures what the process takes.
func TestALengthThatIsClaimedCostsNothing(t *testing.T) {
	s := web.New(web.Config{MaxBody: 64 << 20, Logger: slog.New(slog.DiscardHandler)})
	addOperations(s)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 10 {
		r := httptest.NewRequest(http.MethodPost, "/visits", io.MultiReader(strings.NewReader(`{"`), iotest.ErrReader(io.ErrUnexpectedEOF)))
		r.ContentLength = 64 << 20
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		require.Equal(t, http.StatusBadRequest, w.Code)
	}
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20))
}
