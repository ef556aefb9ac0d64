package population_test

import (
	"strings"
	"time"

	"onshisim/sim/matching"
	"onshisim/sim/population"
)

func surnameOf(name string) string {
	surname, _, _ := strings.Cut(name, "　")
	return surname
}

// isProtected says whether somebody has a flag history.
func isProtected(p *population.Person) bool {
	for i := range p.Members {
		if len(p.Members[i].FlagHistory) > 0 {
			return true
		}
	}
	return false
}

// hasFlag says whether a flag is in force at any insurer.
func hasFlag(p *population.Person) bool {
	for i := range p.Members {
		if p.Members[i].NonDisclosure || p.Members[i].SelfInformationBlocked {
			return true
		}
	}
	return false
}

func dateOf(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

// birthday gives the date on which somebody turns an age.
func birthday(p *population.Person, age int) string {
	return dateOf(p.Birthdate).AddDate(age, 0, 0).Format(time.DateOnly)
}

// ageOf is the age in years on AsOf.
func ageOf(p *population.Person) int {
	age := 0
	for birthday(p, age+1) <= population.AsOf {
		age++
	}
	return age
}

func fold(s string) string { return matching.Fold(s) }
