package load

import (
	"fmt"
	"strings"
)

// Post is a POST of JSON as its bytes on the wire; token may be empty.
func Post(host, path, token string, body []byte) []byte { return wire("POST", host, path, token, body) }

// Put is a PUT of JSON.
func Put(host, path, token string, body []byte) []byte { return wire("PUT", host, path, token, body) }

// Get is a GET.
func Get(host, path, token string) []byte { return wire("GET", host, path, token, nil) }

func wire(method, host, path, token string, body []byte) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, host)
	if token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", token)
	}
	if body != nil {
		fmt.Fprintf(&b, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	b.WriteString("\r\n")
	b.Write(body)
	return []byte(b.String())
}
