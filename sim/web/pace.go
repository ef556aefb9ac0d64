package web

import (
	"net/http"
	"time"
)

// An answer has no deadline as a whole: an export is as long as its world, a long poll and a scripted fault wait before
// they answer. What has one is each part of it, counted from when it is handed to the client. So who takes an answer
// slowly gets all of it, and who takes nothing more is cut off.

// partSize is how much of an answer a client has to take in one Limits.Part, in bytes.
const partSize = 64 << 10

// inParts writes an answer part by part.
func inParts(answer []byte, write func(part []byte) (int, error)) (written int, err error) {
	for {
		part := answer[written:min(len(answer), written+partSize)]
		n, err := write(part)
		written += n
		if err != nil || written == len(answer) {
			return written, err
		}
	}
}

// streamWriter writes an answer over HTTP/2. There a client that takes nothing blocks its stream and not the connection,
// whose deadline would be conn's.
type streamWriter struct {
	http.ResponseWriter
	to   *http.ResponseController
	part time.Duration
}

// begin counts from now how long the client takes. Where the stream is gone, nobody takes anything.
func (s *streamWriter) begin() { _ = s.to.SetWriteDeadline(deadlineAfter(s.part)) }

// end lets the handler take its time until it writes on.
func (s *streamWriter) end() { _ = s.to.SetWriteDeadline(time.Time{}) }

// Write writes a part of the answer, or all of it.
func (s *streamWriter) Write(answer []byte) (int, error) {
	defer s.end()
	return inParts(answer, func(part []byte) (int, error) {
		s.begin()
		return s.ResponseWriter.Write(part)
	})
}

// FlushError sends what has been written.
func (s *streamWriter) FlushError() error {
	defer s.end()
	s.begin()
	return s.to.Flush()
}

// Unwrap lets http.ResponseController reach the stream.
func (s *streamWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }
