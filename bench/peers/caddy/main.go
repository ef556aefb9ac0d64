// Command caddy serves one stub with Caddy's static responses, on a free port that it prints. Its argument is the file with the
// answer.
package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/caddyserver/caddy/v2"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp"   // the module that answers
	_ "github.com/caddyserver/caddy/v2/modules/filestorage" // Caddy wants some storage, though it stores nothing here
)

func main() {
	address, err := serve(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(address)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt)
	<-ended
}

func serve(file string) (address string, err error) {
	answer, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	free, err := net.Listen("tcp", "127.0.0.1:0") // Caddy does not tell which free port it took
	if err != nil {
		return "", err
	}
	address = free.Addr().String()
	if err := free.Close(); err != nil {
		return "", err
	}
	config, err := json.Marshal(map[string]any{
		"admin":   map[string]any{"disabled": true, "config": map[string]any{"persist": false}},
		"storage": map[string]any{"module": "file_system", "root": filepath.Dir(file)},
		"logging": map[string]any{"logs": map[string]any{"default": map[string]any{"level": "ERROR"}}},
		"apps": map[string]any{"http": map[string]any{"servers": map[string]any{"stub": map[string]any{
			"listen":          []string{address},
			"automatic_https": map[string]any{"disable": true},
			"routes": []any{map[string]any{
				"match": []any{map[string]any{"method": []string{"POST"}, "path": []string{"/terminal/certificate-checks"}}},
				"handle": []any{map[string]any{
					"handler": "static_response", "status_code": 200, "body": string(answer),
					"headers": map[string]any{"Content-Type": []string{"application/json"}},
				}},
			}},
		}}}},
	})
	if err != nil {
		return "", err
	}
	return address, caddy.Load(config, false)
}
