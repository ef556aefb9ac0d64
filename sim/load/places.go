package load

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"onshisim/sim/population"
)

// place is an institution or pharmacy that takes part, with its terminal's token.
type place struct {
	code, area, token string
}

// places are those who take part in the day.
type places struct {
	hospitals  []place // and clinics and dentists
	pharmacies []place
	area       string  // that of the disaster: where most of them are
	inside     []place // of the area
	outside    []place
}

const (
	fewestPlaces = 10
	askingTokens = 8 // requests for tokens on the way at the same time
)

// settle draws the institutions that take part, evenly over all of the nation, and asks for their tokens.
func settle(ctx context.Context, c *Config, nation *population.Nation) (*places, error) {
	all := nation.Institutions()
	count := min(all, max(fewestPlaces, int(c.Scale*float64(all)+0.5)))
	dice := rand.New(rand.NewPCG(c.Seed, uint64(count)))
	drawn := make([]population.Institution, count)
	for i := range drawn {
		from, to := i*all/count, (i+1)*all/count
		drawn[i] = nation.Institution(from + dice.IntN(to-from))
	}
	tokens, err := tokensOf(ctx, c, drawn)
	if err != nil {
		return nil, err
	}
	found := &places{}
	byArea := map[string]int{}
	for i := range drawn {
		one := place{drawn[i].MedicalInstitutionCode, drawn[i].Area, tokens[i]}
		if drawn[i].Kind == "pharmacy" {
			found.pharmacies = append(found.pharmacies, one)
		} else {
			found.hospitals = append(found.hospitals, one)
		}
		byArea[one.area]++
	}
	if len(found.hospitals) == 0 {
		found.hospitals = found.pharmacies
	}
	if len(found.pharmacies) == 0 {
		found.pharmacies = found.hospitals
	}
	for area, many := range byArea {
		if many > byArea[found.area] || many == byArea[found.area] && strings.Compare(area, found.area) < 0 {
			found.area = area
		}
	}
	for _, one := range slices.Concat(found.hospitals, found.pharmacies) {
		if one.area == found.area {
			found.inside = append(found.inside, one)
		} else {
			found.outside = append(found.outside, one)
		}
	}
	return found, nil
}

// tokensOf asks the control plane for the institutions' tokens, a few at a time.
func tokensOf(ctx context.Context, c *Config, drawn []population.Institution) ([]string, error) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	tokens := make([]string, len(drawn))
	next := make(chan int)
	var asking sync.WaitGroup
	for range askingTokens {
		asking.Go(func() {
			for i := range next {
				known, err := c.World.Organisation(ctx, drawn[i].MedicalInstitutionCode)
				if err == nil && known.Token == "" {
					err = errors.New("the control plane tells no token")
				}
				if err != nil {
					end(fmt.Errorf("token of institution %s: %w", drawn[i].MedicalInstitutionCode, err))
				}
				tokens[i] = known.Token
			}
		})
	}
	for i := range drawn {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	asking.Wait()
	return tokens, context.Cause(ctx)
}

// crowd is whom visitors are drawn from.
type crowd struct {
	persons   int
	protected []int
}

// mostProtected bounds how many protected persons are kept at hand.
const mostProtected = 20_000

func newCrowd(nation *population.Nation) *crowd {
	c := &crowd{persons: nation.Persons()}
	for index := range nation.Protected() {
		if c.protected = append(c.protected, index); len(c.protected) == mostProtected {
			break
		}
	}
	return c
}

// draw draws one: now and then a protected person, who else would hardly ever come.
func (c *crowd) draw(dice *rand.Rand) int {
	if len(c.protected) > 0 && dice.Float64() < shareProtected {
		return c.protected[dice.IntN(len(c.protected))]
	}
	return dice.IntN(c.persons)
}

func among(dice *rand.Rand, places []place) place { return places[dice.IntN(len(places))] }
