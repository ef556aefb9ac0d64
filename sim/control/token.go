package control

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
)

// guard lets in only who bears the control plane's token; without one, whoever reaches the listener, but for what a browser
// on this machine sends for a page of another site.
func guard(api huma.API, token string) *huma.Group {
	if token == "" {
		return web.Guard(api, func(_ context.Context, _ *web.Access, r *http.Request) error {
			return web.Foreign(r)
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
