// Command ghttp serves one stub with gomega's ghttp, on a free port that it prints. Its argument is the file with the answer.
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/signal"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/ghttp"
)

func main() {
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	gomega.RegisterFailHandler(func(message string, _ ...int) { panic(message) })
	server := ghttp.NewServer()
	server.RouteToHandler(http.MethodPost, "/terminal/certificate-checks",
		ghttp.RespondWith(http.StatusOK, answer, http.Header{"Content-Type": {"application/json"}}))
	fmt.Println(server.Addr())
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, os.Interrupt)
	<-ended
	server.HTTPTestServer.CloseClientConnections()
}
