package load

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// connection is one that stays open, with a buffer for the answer's body and the times of its answers.
type connection struct {
	conn  net.Conn
	in    *bufio.Reader
	body  []byte
	times *hdrhistogram.Histogram
}

func open(ctx context.Context, address string) (*connection, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{conn: conn, in: bufio.NewReaderSize(conn, 16<<10), times: newTimes()}, nil
}

// ask sends a request and reads its answer. The body is good until the next one.
func (c *connection) ask(wire []byte, until time.Time) (status int, body []byte, err error) {
	if err := c.conn.SetDeadline(until); err != nil {
		return 0, nil, err
	}
	if _, err := c.conn.Write(wire); err != nil {
		return 0, nil, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(line) < len("HTTP/1.1 200") {
		return 0, nil, fmt.Errorf("this is no answer of HTTP: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, nil, fmt.Errorf("this is no answer of HTTP: %q", line)
	}
	length, chunked, err := c.header()
	if err != nil {
		return 0, nil, err
	}
	c.body = c.body[:0]
	if chunked {
		err = c.chunks()
	} else {
		err = c.more(length)
	}
	return status, c.body, err
}

// header reads the header and gives of it what says how long the body is.
func (c *connection) header() (length int, chunked bool, err error) {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, false, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return length, chunked, nil
		}
		switch name, value, _ := bytes.Cut(line, []byte(":")); {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, false, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
}

// more reads that many bytes of the body.
func (c *connection) more(length int) error {
	at := len(c.body)
	if need := at + length; need > cap(c.body) {
		larger := make([]byte, at, 2*need)
		copy(larger, c.body)
		c.body = larger
	}
	c.body = c.body[:at+length]
	_, err := io.ReadFull(c.in, c.body[at:])
	return err
}

// chunks reads a body in chunks.
func (c *connection) chunks() error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		length, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if err := c.more(int(length)); err != nil {
			return err
		}
		if _, err := c.in.Discard(len("\r\n")); err != nil || length == 0 {
			return err
		}
	}
}
