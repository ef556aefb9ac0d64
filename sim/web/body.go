package web

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"onshisim/sim/problem"
)

// body reads the request's body.
func (x *exchange) body(request *http.Request, limit int64) ([]byte, error) {
	var body []byte
	var err error
	if x.World != nil {
		body, err = x.Access.bodyOf(request, limit, x.pages)
	} else {
		body, err = bodyOf(request, limit, x.pages)
	}
	if tooLarge(err) && request.ProtoMajor == 1 {
		x.Header().Set("Connection", "close") // else net/http reads on before it answers, for as long as a client may send
	}
	return body, err
}

// firstPart is how much room a body gets on its word alone, in bytes: a length is quickly claimed.
const firstPart = 16 << 10

// bodyOf reads a body, up to where it breaks off or is too long.
func bodyOf(request *http.Request, limit int64, on *pages) ([]byte, error) {
	if length := request.ContentLength; 0 < length && length <= min(limit, firstPart) { // and net/http lets no more through
		body := on.room(length)
		if n, err := io.ReadFull(request.Body, body); err != nil {
			return body[:n], unreadable("body", "broke off")
		}
		return body, nil
	}
	var body bytes.Buffer
	if request.ContentLength > 0 {
		body.Grow(int(min(request.ContentLength, limit, firstPart)) + bytes.MinRead)
	}
	n, err := body.ReadFrom(io.LimitReader(request.Body, limit+1))
	if err != nil {
		return body.Bytes(), unreadable("body", "broke off")
	}
	if n > limit {
		return body.Bytes()[:limit], problem.New(problem.TooLarge, codeOf(http.StatusRequestEntityTooLarge),
			"The body is larger than %d bytes.", limit)
	}
	return body.Bytes(), nil
}

func tooLarge(err error) bool {
	refusal, ok := errors.AsType[*problem.Error](err)
	return ok && refusal.Kind == problem.TooLarge
}

func checkStructured(contentType string, body []byte) error {
	if !isJSON(contentType) {
		return newProblem(http.StatusUnsupportedMediaType)
	}
	return checkJSON(body)
}

// isJSON takes a body of unstated type for JSON: no other is ever meant.
func isJSON(contentType string) bool {
	if contentType == "" || contentType == "application/json" {
		return true
	}
	media, params, err := mime.ParseMediaType(contentType)
	charset, given := params["charset"]
	return err == nil && media == "application/json" && (!given || strings.EqualFold(charset, "utf-8"))
}
