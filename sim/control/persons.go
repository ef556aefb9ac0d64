package control

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountPersons(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "list-persons", Method: http.MethodGet, Path: "/worlds/{world}/persons",
		Summary: "List the persons: those written into the world in the order they came, then those of its nation",
	}, h.listPersons)
	web.Register(g, huma.Operation{
		OperationID: "get-person", Method: http.MethodGet, Path: "/worlds/{world}/persons/{id}", Summary: "A person in one document",
	}, h.getPerson)
	web.Register(g, huma.Operation{
		OperationID: "put-person", Method: http.MethodPut, Path: "/worlds/{world}/persons/{id}",
		Summary: "Put a whole person in place (200), or add one (201)", MaxBodyBytes: largestDocument,
		Responses: web.Created[world.Person](g),
	}, h.putPerson)
	web.Register(g, huma.Operation{
		OperationID: "put-records", Method: http.MethodPut, Path: "/worlds/{world}/persons/{id}/records",
		Summary: "Replace checkups, medicines and medical expenses", MaxBodyBytes: largestDocument,
	}, h.putRecords)
}

type listPersonsInput struct {
	WorldPath
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Cursor int `query:"cursor" minimum:"0" doc:"next of the page before"`
}

type personsOutput struct {
	Body struct {
		Persons []world.Person `json:"persons"`
		Next    string         `json:"next" doc:"cursor of the next page; empty if this is the last"`
	}
}

func (h *handler) listPersons(ctx context.Context, in *listPersonsInput) (*personsOutput, error) {
	w, err := h.settled(ctx, in.World)
	if err != nil {
		return nil, err
	}
	out := &personsOutput{}
	out.Body.Persons = []world.Person{}
	page, next := w.Persons(in.Cursor, in.Limit)
	for _, p := range page {
		out.Body.Persons = append(out.Body.Persons, p.Document())
	}
	if next > 0 {
		out.Body.Next = strconv.Itoa(next)
	}
	return out, nil
}

type personOutput struct {
	Body world.Person
}

func (h *handler) getPerson(ctx context.Context, in *PersonPath) (*personOutput, error) {
	_, p, err := h.person(ctx, in)
	if err != nil {
		return nil, err
	}
	return &personOutput{p.Document()}, nil
}

type putPersonInput struct {
	PersonPath
	Body world.Person
}

func (h *handler) putPerson(ctx context.Context, in *putPersonInput) (*web.Put[world.Person], error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	added, err := w.PutPerson(ctx, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	_, p, err := h.person(ctx, &in.PersonPath)
	if err != nil {
		return nil, err
	}
	return web.AnswerPut(added, p.Document()), nil
}

type putRecordsInput struct {
	PersonPath
	Body world.Records
}

func (h *handler) putRecords(ctx context.Context, in *putRecordsInput) (*personOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	if err := w.PutRecords(ctx, in.ID, in.Body); err != nil {
		return nil, err
	}
	return h.getPerson(ctx, &in.PersonPath)
}
