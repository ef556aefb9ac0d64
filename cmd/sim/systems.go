package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"onshisim/sim/baseurl"
	"onshisim/sim/world"
)

// systemFlags say which national systems this process serves, and where clients reach them and the others.
type systemFlags struct {
	Systems   systemList   `default:"all" env:"SIM_SYSTEMS" placeholder:"SYSTEM,…" help:"${systems}"`
	PublicURL baseurl.URLs `name:"public-url" env:"SIM_PUBLIC_URL" placeholder:"URL" help:"${publicURL}"`
}

// systemList are national systems as sim.Config has them.
type systemList []string

// UnmarshalText reads names joined by commas, or all, or none.
func (l *systemList) UnmarshalText(text []byte) error {
	switch string(text) {
	case "all":
		*l = world.Systems
		return nil
	case "none":
		*l = systemList{}
		return nil
	}
	*l = strings.Split(string(text), ",")
	for _, name := range *l {
		if !slices.Contains(world.Systems, name) {
			return fmt.Errorf("%q is no system; give some of %s, joined by commas, or all, or none", name, strings.Join(world.Systems, ", "))
		}
	}
	return nil
}

// urls are those that were given, and that of our own listener for what is served here and was not named. Where the rest is,
// this process does not know.
func (f *systemFlags) urls(own string) baseurl.URLs {
	urls := baseurl.URLs{}
	for _, system := range f.Systems {
		urls[system] = own
	}
	maps.Copy(urls, f.PublicURL)
	return urls
}
