package client

import (
	"bytes"
	"encoding/json"

	"onshisim/sim/world"
)

// documentOf is a world document as it is sent.
func documentOf(d *world.Document) (any, error) {
	persons := make([]any, len(d.Persons))
	for i := range d.Persons {
		persons[i] = withMembers(&d.Persons[i])
	}
	return withoutNulls(struct {
		world.Document
		Persons []any `json:"persons"`
	}{*d, persons})
}

// personOf is a person as it is sent.
func personOf(p *world.Person) (any, error) { return withoutNulls(withMembers(p)) }

// withMembers is a person whose members leave out the address that they were given none of: to the interface an address
// left out is the person's, an empty one is unknown to the insurer.
func withMembers(p *world.Person) any {
	type addressLeftOut struct {
		world.Member
		Address    *string `json:"address,omitempty"`
		PostNumber *string `json:"postNumber,omitempty"`
	}
	members := make([]any, len(p.Members))
	for i := range p.Members {
		members[i] = &p.Members[i]
		if p.Members[i].AddressLeftOut() {
			members[i] = &addressLeftOut{Member: p.Members[i]}
		}
	}
	return struct {
		world.Person
		Members []any `json:"members"`
	}{*p, members}
}

// withoutNulls is a value as JSON has it, without what is null: to the interface an absent field is a default, a null a
// mistake.
func withoutNulls(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, err
	}
	prune(tree)
	return tree, nil
}

func prune(tree any) {
	switch tree := tree.(type) {
	case map[string]any:
		for name, inner := range tree {
			if inner == nil {
				delete(tree, name)
				continue
			}
			prune(inner)
		}
	case []any:
		for _, inner := range tree {
			prune(inner)
		}
	}
}
