package web

import (
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// Stream is embedded in the input of an operation that reads its body as it comes, however long it is: no bound holds for
// it, but each part has to come in time.
type Stream struct {
	body io.Reader
}

// partTime is how long the next part of a streamed body may take.
const partTime = 30 * time.Second

// Resolve takes hold of the body; huma calls it in place of reading.
func (s *Stream) Resolve(ctx huma.Context) []error {
	s.body = &streamed{ctx.BodyReader(), http.NewResponseController(humaecho.Unwrap(ctx).Response())}
	return nil
}

// Read reads the next part of the body.
func (s *Stream) Read(part []byte) (int, error) { return s.body.Read(part) }

type streamed struct {
	io.Reader
	connection *http.ResponseController
}

// Read moves the deadline on before it reads, since the server's own is for bodies that are read at once.
func (s *streamed) Read(part []byte) (int, error) {
	_ = s.connection.SetReadDeadline(deadlineAfter(partTime)) // where there is no connection, nothing is late
	return s.Reader.Read(part)
}
