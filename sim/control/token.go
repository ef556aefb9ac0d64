package control

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
)

// guard lets in only who bears the control plane's token; without one, whoever reaches the listener, but for what a browser
// on this machine sends for a page of another site.
func guard(api huma.API, token string) *huma.Group {
	if token == "" {
		return web.Guard(api, func(_ context.Context, _ *web.Access, r *http.Request) error {
			return foreign(r.Host, r.Header.Get("Origin"))
		})
	}
	wanted := sha256.Sum256([]byte(token)) // of digests, since the time to compare would tell a token's length
	group := web.Guard(api, func(_ context.Context, _ *web.Access, r *http.Request) error {
		bearer, _ := web.Bearer(r.Header.Get("Authorization"))
		given := sha256.Sum256([]byte(bearer))
		if subtle.ConstantTimeCompare(given[:], wanted[:]) != 1 {
			return problem.New(problem.Unauthenticated, "SIM-AUTH-401", "The control plane wants its token: Authorization: Bearer <token>. Commands take it from --control-token, --control-token-file or SIM_CONTROL_TOKEN.")
		}
		return nil
	})
	group.UseSimpleModifier(web.WantsToken)
	return group
}

// foreign refuses a request that a page of another site may have made: one whose own name leads elsewhere says so in
// Origin, one whose name was made to lead here (DNS rebinding) says that name in Host.
func foreign(host, origin string) error {
	if !isLoopback(host) {
		return problem.New(problem.Forbidden, "SIM-AUTH-403", "Without a token the control plane answers only under a name of its own machine, as in http://localhost:8081; for any other start the simulator with --control-token.")
	}
	if origin != "" && !strings.HasSuffix(origin, "://"+host) {
		return problem.New(problem.Forbidden, "SIM-AUTH-403", "A page of another site can't use the control plane without its token.")
	}
	return nil
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
