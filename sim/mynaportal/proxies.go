package mynaportal

import (
	"context"
	"slices"

	"onshisim/sim/problem"
	"onshisim/sim/web"
)

type proxyInput struct {
	PortalUserID string `path:"portalUserId" maxLength:"80"`
}

type proxyOutput struct {
	Body proxy
}

type proxy struct {
	PortalUserID string `json:"portalUserId"`
}

func showProxy(ctx context.Context, in *proxyInput) (*proxyOutput, error) {
	if !slices.Contains(web.AccessOf(ctx).Person.Proxies, in.PortalUserID) {
		return nil, problem.New(problem.NotFound, "SIM-MP-404", "%q is no proxy of yours.", in.PortalUserID)
	}
	return &proxyOutput{proxy(*in)}, nil
}

func nameProxy(ctx context.Context, in *proxyInput) (*proxyOutput, error) {
	a := web.AccessOf(ctx)
	return &proxyOutput{proxy{in.PortalUserID}}, a.World.NameProxy(ctx, a.Person, in.PortalUserID)
}

func removeProxy(ctx context.Context, in *proxyInput) (*struct{}, error) {
	a := web.AccessOf(ctx)
	return nil, a.World.RemoveProxy(ctx, a.Person, in.PortalUserID)
}

type proxiesOutput struct {
	Body struct {
		Proxies []proxy `json:"proxies"`
	}
}

func listProxies(ctx context.Context, _ *struct{}) (*proxiesOutput, error) {
	out := &proxiesOutput{}
	out.Body.Proxies = []proxy{}
	for _, id := range web.AccessOf(ctx).Person.Proxies {
		out.Body.Proxies = append(out.Body.Proxies, proxy{id})
	}
	return out, nil
}

type principalsOutput struct {
	Body struct {
		Principals []principal `json:"principals"`
	}
}

type principal struct {
	PortalUserID string `json:"portalUserId"`
	Name         string `json:"name"`
}

// listPrincipals names the persons who made the session's person their proxy.
func listPrincipals(ctx context.Context, _ *struct{}) (*principalsOutput, error) {
	a := web.AccessOf(ctx)
	out := &principalsOutput{}
	out.Body.Principals = []principal{}
	for _, p := range a.World.Principals(a.Person.PortalUserID) {
		out.Body.Principals = append(out.Body.Principals, principal{p.PortalUserID, p.Name})
	}
	return out, nil
}
