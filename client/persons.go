package client

import (
	"context"
	"net/http"
	"net/url"

	"onshisim/sim/world"
)

// Person gives a person in one document.
func (w *World) Person(ctx context.Context, id string) (world.Person, error) {
	return ask[world.Person](ctx, w, http.MethodGet, personPath(id), nil)
}

// PutPerson puts a whole person in place, or adds one, under its ID, and gives it in full. What is empty in it is filled in
// as in a scenario. A member without address and postal code has the person's; one of an insurer who knows none is
// world.Member.WithoutAddress.
func (w *World) PutPerson(ctx context.Context, p world.Person) (world.Person, error) {
	body, err := personOf(&p)
	if err != nil {
		return world.Person{}, err
	}
	return ask[world.Person](ctx, w, http.MethodPut, personPath(p.ID), body)
}

// PutRecords replaces a person's checkups, medicines and medical expenses, and gives the person in full.
func (w *World) PutRecords(ctx context.Context, id string, records world.Records) (world.Person, error) {
	body, err := withoutNulls(records)
	if err != nil {
		return world.Person{}, err
	}
	return ask[world.Person](ctx, w, http.MethodPut, personPath(id)+"/records", body)
}

func personPath(id string) string { return "/persons/" + url.PathEscape(id) }
