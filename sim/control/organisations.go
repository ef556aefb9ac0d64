package control

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountOrganisations(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "list-organisations", Method: http.MethodGet, Path: "/worlds/{world}/organisations",
		Summary:     "Insurers, agencies, institutions and pharmacies with their tokens",
		Description: "Those written into the world come first, then those of its nation.",
	}, h.listOrganisations)
	web.Register(g, huma.Operation{
		OperationID: "get-organisation", Method: http.MethodGet, Path: "/worlds/{world}/organisations/{code}",
		Summary: "An organisation with its token",
	}, h.getOrganisation)
}

// organisation is an insurer, agency, institution or pharmacy.
type organisation struct {
	Role  string `json:"role" enum:"insurer,agency,institution"`
	Code  string `json:"code" doc:"insurer number, agency code or medical institution code"`
	Name  string `json:"name"`
	Kind  string `json:"kind" enum:"medical,dental,pharmacy," doc:"of an institution; else empty"`
	Area  string `json:"area" doc:"where an institution stands, for disaster mode; else empty"`
	Token string `json:"token"`
}

func organisationOf(o world.Organisation) organisation {
	return organisation{o.Role.Name(), o.Code, o.Name, o.Kind, o.Area, o.Token}
}

type listOrganisationsInput struct {
	WorldPath
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Cursor int `query:"cursor" minimum:"0" doc:"next of the page before"`
}

type organisationsOutput struct {
	Body struct {
		Organisations []organisation `json:"organisations"`
		Next          string         `json:"next" doc:"cursor of the next page; empty if this is the last"`
	}
}

func (h *handler) listOrganisations(ctx context.Context, in *listOrganisationsInput) (*organisationsOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	out := &organisationsOutput{}
	out.Body.Organisations = []organisation{}
	page, next := w.Organisations(in.Cursor, in.Limit)
	for _, o := range page {
		out.Body.Organisations = append(out.Body.Organisations, organisationOf(o))
	}
	if next > 0 {
		out.Body.Next = strconv.Itoa(next)
	}
	return out, nil
}

type organisationPath struct {
	WorldPath
	Code string `path:"code" maxLength:"64"`
}

type organisationOutput struct {
	Body organisation
}

func (h *handler) getOrganisation(ctx context.Context, in *organisationPath) (*organisationOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	o, known := w.Organisation(in.Code)
	if !known {
		return nil, problem.New(problem.NotFound, "SIM-ORG-404", "There is no organisation %q in this world.", in.Code)
	}
	return &organisationOutput{organisationOf(o)}, nil
}
