package main

import (
	"fmt"

	"onshisim/sim/population"
	"onshisim/sim/world"
)

// populationFlags name the synthetic nation of a world.
type populationFlags struct {
	Population     int     `env:"SIM_POPULATION" placeholder:"PERSONS" help:"${population}"`
	Seed           uint64  `default:"1" env:"SIM_SEED" help:"${populationSeed}"`
	ProtectedShare float64 `default:"0.001" env:"SIM_PROTECTED_SHARE" help:"${protectedShare}"`
}

// population is the nation asked for, nil for none.
func (f *populationFlags) population() (*world.Population, error) {
	if f.Population == 0 {
		return nil, nil
	}
	if _, err := population.New(population.Spec{Seed: f.Seed, Persons: f.Population, ProtectedShare: f.ProtectedShare}); err != nil {
		return nil, fmt.Errorf("--population, --seed, --protected-share: %w", err)
	}
	return &world.Population{Persons: f.Population, Seed: f.Seed, ProtectedShare: &f.ProtectedShare}, nil
}

// isOf refuses a world from the store that has another nation than the one asked for.
func (f *populationFlags) isOf(asked *world.Population, w *world.World) error {
	has := w.Outline().Population
	if asked == nil || has != nil && has.Persons == asked.Persons && has.Seed == asked.Seed && *has.ProtectedShare == *asked.ProtectedShare {
		return nil
	}
	stored := "no population"
	if has != nil {
		stored = fmt.Sprintf("--population %d --seed %d --protected-share %g", has.Persons, has.Seed, *has.ProtectedShare)
	}
	return fmt.Errorf("--population: the world %s in the store was made with %s; ask for that, leave the flags out, or take another store", w.Name(), stored)
}
