// Command httpmock serves one stub with go.nhat.io/httpmock, on a free port that it prints. Its argument is the file with the
// answer.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"strings"

	"go.nhat.io/httpmock"
)

func main() {
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server := httpmock.MockServer(func(s *httpmock.Server) {
		s.ExpectPost("/terminal/certificate-checks").UnlimitedTimes().
			ReturnHeader("Content-Type", "application/json").Return(answer)
	})
	fmt.Println(strings.TrimPrefix(server.URL(), "http://"))
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt)
	<-ended
}
