package control

import (
	"crypto/subtle"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
)

// guard lets in only who bears the control plane's token; without one, whoever reaches the listener, but for what a browser
// on this machine sends for a page of another site. A site whose name is made to point here passes: only a token helps.
func guard(api huma.API, token string) *huma.Group {
	group := huma.NewGroup(api)
	if token == "" {
		group.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
			if origin := ctx.Header("Origin"); origin != "" && !strings.HasSuffix(origin, "://"+ctx.Host()) {
				web.Refuse(group, ctx, problem.New(problem.Forbidden, "SIM-AUTH-403", "A page of another site can't use the control plane without its token."))
				return
			}
			next(ctx)
		})
		return group
	}
	group.UseSimpleModifier(web.WantsToken)
	group.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		given, _ := web.Bearer(ctx.Header("Authorization"))
		if subtle.ConstantTimeCompare([]byte(given), []byte(token)) != 1 {
			web.Refuse(group, ctx, problem.New(problem.Unauthenticated, "SIM-AUTH-401", "The control plane wants its token: Authorization: Bearer <token>. Commands take it from --control-token or SIM_CONTROL_TOKEN."))
			return
		}
		next(ctx)
	})
	return group
}
