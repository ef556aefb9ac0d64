package web_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzBody: whatever is sent, it is either taken or refused with a reason.
func FuzzBody(f *testing.F) {
	for _, body := range []string{
		good, "", "null", "{}", "[[[]]]", `{"name":"\ud800"}`, withRest + `"count":1e99}`, withRest + `"at":"2021-02-30T00:00:00Z"}`,
		withRest + `"verification":{"pin":"1234"},"items":[{"code":"a"},{"code":null}]}`, withRest + `"a.b[0]":1}`, "\xff\x00",
	} {
		f.Add([]byte(body))
	}
	s := newServer(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		w := send(s, http.MethodPost, "/visits", string(body))
		require.Contains(t, []int{200, 400, 413, 422}, w.Code, w.Body)
		if w.Code != http.StatusOK {
			readProblem(t, w)
		}
		require.Equal(t, w.Body.String(), send(s, http.MethodPost, "/visits", string(body)).Body.String())
	})
}
