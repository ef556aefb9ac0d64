package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"onshisim/sim/problem"
)

// Foreign refuses a request that a page of another site may have made, where nothing but being on this machine lets in: one
// whose own name leads elsewhere says so in Origin, or where it reads without one in Sec-Fetch-Site, and one whose name was
// made to lead here (DNS rebinding) says that name in Host.
func Foreign(r *http.Request) error {
	if !isLoopback(r.Host) {
		return problem.New(problem.Forbidden, "SIM-AUTH-403", "Without a token the control plane answers only under a name of its own machine, as in http://localhost:8081; for any other start the simulator with --control-token.")
	}
	if origin := r.Header.Get("Origin"); origin != "" && !strings.HasSuffix(origin, "://"+r.Host) || isForPageElsewhere(r.Header) {
		return problem.New(problem.Forbidden, "SIM-AUTH-403", "A page of another site can't use the control plane without its token.")
	}
	return nil
}

// isForPageElsewhere says whether a browser asks for what is to be part of a page of another origin, as a picture, a frame or a
// stream of events. A link that leads here is no such thing.
func isForPageElsewhere(h http.Header) bool {
	switch h.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return false
	}
	return h.Get("Sec-Fetch-Mode") != "navigate" || h.Get("Sec-Fetch-Dest") != "document"
}

// isLoopback says whether a Host header, with a port or without, can only mean the machine that sends it (RFC 6761).
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Unmap().IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
