package openapitest_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/web/openapitest"
)

const (
	jsonType = "application/json"
	problem  = "application/problem+json"
	tom      = `{"name":"Tom"}`
	refusal  = `{"code":"X"}`
)

// exchanges are what is asked and answered, with a part of what is wrong with it: empty if nothing is.
var exchanges = map[string]struct {
	method, path, request string
	status                string
	media, answer         string
	want                  string
}{
	"as documented":          {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","kind":"cat","born":"2020-02-29","legs":4}`, ""},
	"below a world":          {"GET", "/w/t1/pets/1", "", "200", jsonType, tom, ""},
	"no status":              {"GET", "/pets/1", "", "", jsonType, tom, ""},
	"with a charset":         {"GET", "/pets/1", "", "200", jsonType + "; charset=utf-8", tom, ""},
	"lines":                  {"GET", "/pets", "", "200", "application/jsonl", "{}\n{}\n", ""},
	"nothing":                {"DELETE", "/pets/1", "", "204", "", "", ""},
	"a problem":              {"GET", "/pets/1", "", "404", problem, refusal, ""},
	"taken":                  {"POST", "/pets", tom, "201", jsonType, tom, ""},
	"taken with a null":      {"POST", "/pets", `{"name":"Tom","kind":null,"born":null}`, "201", jsonType, tom, ""},
	"refused":                {"POST", "/pets", `{`, "400", problem, refusal, ""},
	"no such path":           {"GET", "/cats", "", "404", problem, refusal, ""},
	"an encoded slash":       {"GET", "/pets%2F1", "", "404", problem, refusal, ""},
	"no such method":         {"PUT", "/pets", "", "405", problem, refusal, ""},
	"HEAD":                   {"HEAD", "/pets", "", "405", problem, "", ""},
	"OPTIONS":                {"OPTIONS", "/pets", "", "204", "", "", ""},
	"a page":                 {"GET", "/docs/start.js", "", "200", "text/javascript", "x", ""},
	"a page below a world":   {"GET", "/w/t1/docs", "", "200", "text/html", "x", ""},
	"wrong status":           {"GET", "/pets/1", "", "201", jsonType, tom, "GET /pets/1: 201 is not as documented: the status is not documented"},
	"wrong media type":       {"GET", "/pets/1", "", "200", "text/plain", tom, `the media type "text/plain" is not documented`},
	"no media type":          {"GET", "/pets/1", "", "200", "", "", `the media type "" is not documented`},
	"no JSON":                {"GET", "/pets/1", "", "200", jsonType, `{`, "the body is no JSON"},
	"a missing field":        {"GET", "/pets/1", "", "200", jsonType, `{}`, `at "": missing property 'name'`},
	"an extra field":         {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","x":1}`, `at "": additional properties 'x' not allowed`},
	"a wrong enum":           {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","kind":"cow"}`, `at "/kind": value must be one of 'cat', 'dog'`},
	"a wrong date":           {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","born":"2021-02-29"}`, `at "/born": '2021-02-29' is not valid date`},
	"a number out of range":  {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","legs":2147483648}`, `at "/legs"`},
	"a null":                 {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","kind":null}`, `at "/kind": got null, want string`},
	"a wrong type inside":    {"GET", "/pets/1", "", "200", jsonType, `{"name":"Tom","young":[{"name":"A"},{"name":1}]}`, `at "/young/1/name": got number, want string`},
	"something, not nothing": {"DELETE", "/pets/1", "", "204", "", "x", "no body is documented"},
	"a problem as JSON":      {"GET", "/pets/1", "", "404", jsonType, refusal, `a problem is sent as "application/json"`},
	"a problem without code": {"GET", "/pets/1", "", "500", problem, `{}`, `at "": missing property 'code'`},
	"an unknown operation":   {"GET", "/cats", "", "200", jsonType, tom, "there is no such operation"},
	"an unknown method":      {"PUT", "/pets", "", "200", jsonType, tom, "there is no such operation"},
	"a page that is no 404":  {"GET", "/cats", "", "404", "text/html", "x", `a problem is sent as "text/html"`},
	"taken, not documented":  {"POST", "/pets", `{"name":"Tom","tail":1}`, "201", jsonType, tom, `the request, which was taken, [at "": additional properties 'tail' not allowed]`},
	"taken without a body":   {"POST", "/pets", "", "201", jsonType, tom, "the request was taken without its body"},
}

// query tells the handler what to answer.
func query(status, media, answer string) string {
	says := url.Values{"type": {media}, "body": {answer}}
	if status != "" {
		says.Set("status", status)
	}
	return "?" + says.Encode()
}

func TestChecked(t *testing.T) {
	t.Parallel()
	for name, x := range exchanges {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var found failures
			target := x.path + query(x.status, x.media, x.answer)
			checked := send(openapitest.Checked(&found, pets), x.method, target, x.request)
			require.Equal(t, send(pets, x.method, target, x.request), checked, "the answer is passed on as it is")
			if x.want == "" {
				require.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			require.Contains(t, found[0], x.want)
		})
	}
}

func TestCheckedKeepsAbortsAndStreams(t *testing.T) {
	t.Parallel()
	var found failures
	require.PanicsWithValue(t, http.ErrAbortHandler, func() { send(openapitest.Checked(&found, pets), "GET", "/pets/1?abort", "") })
	streaming := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		pets(w, r)
		require.NoError(t, http.NewResponseController(w).Flush())
	})
	require.True(t, send(openapitest.Checked(&found, streaming), "GET", "/pets"+query("200", "application/jsonl", "{}\n"), "").Flushed)
	require.Empty(t, found)
}

func TestCheckedWantsADocument(t *testing.T) {
	t.Parallel()
	for _, handler := range []http.Handler{
		http.NotFoundHandler(), http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}),
	} {
		var found failures
		send(openapitest.Checked(&found, handler), "GET", "/pets", "")
		require.Len(t, found, 1)
		require.Contains(t, found[0], "/openapi.json")
	}
}
