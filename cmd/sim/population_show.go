package main

import (
	"encoding/json"
	"fmt"
	"strconv"

	"onshisim/sim/extract"
	"onshisim/sim/matching"
	"onshisim/sim/population"
)

type populationShowCommand struct {
	Key string `arg:"" help:"${populationKey}"`
	populationFlags
}

// Run prints one person's document.
func (c *populationShowCommand) Run(t *terminal) error {
	n, err := population.New(c.spec())
	if err != nil {
		return err
	}
	index, known := personOf(n, c.Key)
	if !known {
		return fmt.Errorf("%q is nobody's index, id, card serial, individual number or personal insured number among %d persons", c.Key, n.Persons())
	}
	p, r := n.Person(index), n.Records(index)
	e := json.NewEncoder(t.out)
	e.SetIndent("", "  ")
	return e.Encode(extract.Document(&p, &r, true))
}

// personOf finds a person by whatever key it is; an individual number, of twelve digits, is no index.
func personOf(n *population.Nation, key string) (index int, known bool) {
	key = matching.Fold(key)
	for _, find := range []func(string) (int, bool){n.ByID, n.ByPortalUser, n.ByCard, n.ByIndividualNumber, n.ByPersonalInsuredNumber} {
		if index, known = find(key); known {
			return index, true
		}
	}
	index, err := strconv.Atoi(key)
	return index, err == nil && index >= 0 && index < n.Persons()
}
