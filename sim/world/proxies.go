package world

import (
	"context"
	"slices"
	"time"

	"onshisim/sim/problem"
)

// NameProxy makes a Mynaportal user the person's proxy (代理人), who from then on sees the person's information there.
func (w *World) NameProxy(ctx context.Context, p *Insured, portalUserID string) error {
	if portalUserID == p.PortalUserID {
		return problem.BadField("path.portalUserId", "is your own; a proxy is somebody else")
	}
	return w.do(ctx, everybody, about(p, func(s *State, p *Insured, _ time.Time) ([]change, error) {
		if _, known := s.find(byPortalUser, portalUserID); !known {
			return nil, problem.New(problem.NotFound, "SIM-MP-404", "Mynaportal has no user %q.", portalUserID)
		}
		if slices.Contains(p.Proxies, portalUserID) {
			return nil, nil
		}
		return []change{&proxyNamed{p.ID, portalUserID}}, nil
	}))
}

// RemoveProxy takes a proxy's right away (代理人設定の解除, P15-1).
func (w *World) RemoveProxy(ctx context.Context, p *Insured, portalUserID string) error {
	return w.do(ctx, everybody, about(p, func(_ *State, p *Insured, _ time.Time) ([]change, error) {
		if !slices.Contains(p.Proxies, portalUserID) {
			return nil, problem.New(problem.NotFound, "SIM-MP-404", "%q is no proxy of yours.", portalUserID)
		}
		return []change{&proxyRemoved{p.ID, portalUserID}}, nil
	}))
}

type proxyNamed struct {
	Person       string `json:"person"`
	PortalUserID string `json:"portalUserId"`
}

func (e *proxyNamed) apply(s *State, _ time.Time) {
	p := *s.found(byID, e.Person)
	p.Proxies = append(slices.Clip(p.Proxies), e.PortalUserID)
	s.replace(&p)
}

type proxyRemoved struct {
	Person       string `json:"person"`
	PortalUserID string `json:"portalUserId"`
}

func (e *proxyRemoved) apply(s *State, _ time.Time) {
	p := *s.found(byID, e.Person)
	p.Proxies = slices.DeleteFunc(slices.Clone(p.Proxies), func(id string) bool { return id == e.PortalUserID })
	s.replace(&p)
}
