// Package baseurl says where clients reach the national systems: all on one host, or each on its own.
package baseurl

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"onshisim/sim/world"
)

// URLs are the base URLs of national systems by the systems' names, without a slash at the end: the path of a call, as in
// /terminal/card-reads, follows. A system that is not among them is nowhere.
type URLs map[string]string

// All are the systems on one host.
func All(base string) URLs {
	urls := URLs{}
	for _, system := range world.Systems {
		urls[system] = strings.TrimSuffix(base, "/")
	}
	return urls
}

// Parse reads one URL, as in http://localhost:8080, or a list of system=URL joined by commas.
func Parse(text string) (URLs, error) {
	if !named(text) {
		if err := check(text); err != nil {
			return nil, err
		}
		return All(text), nil
	}
	urls := URLs{}
	for part := range strings.SplitSeq(text, ",") {
		system, base, _ := strings.Cut(part, "=")
		switch _, twice := urls[system]; {
		case !named(part):
			return nil, fmt.Errorf("%q is not as in terminal=http://terminal:8080", part)
		case !slices.Contains(world.Systems, system):
			return nil, fmt.Errorf("%q is no system; the systems are %s", system, strings.Join(world.Systems, ", "))
		case twice:
			return nil, fmt.Errorf("%s is named twice", system)
		}
		if err := check(base); err != nil {
			return nil, err
		}
		urls[system] = strings.TrimSuffix(base, "/")
	}
	return urls, nil
}

// UnmarshalText is Parse for flags; the empty text is no URLs.
func (u *URLs) UnmarshalText(text []byte) (err error) {
	*u = nil
	if len(text) > 0 {
		*u, err = Parse(string(text))
	}
	return err
}

// named says whether a text begins with a name and an equals sign, which no URL does.
func named(text string) bool {
	name, _, found := strings.Cut(text, "=")
	return found && !strings.Contains(name, "/")
}

func check(base string) error {
	parsed, err := url.Parse(base)
	if err != nil {
		return err
	}
	if parsed.Scheme != "http" && parsed.Scheme != "https" || parsed.Host == "" || strings.ContainsAny(base, ",?#") {
		return fmt.Errorf("%q is no base URL as in http://localhost:8080, and no list as in terminal=http://terminal:8080,jpki=http://mynaportal:8080", base)
	}
	return nil
}

// Bases are the different URLs, in the order of the systems.
func (u URLs) Bases() []string {
	var bases []string
	for _, system := range world.Systems {
		if base, known := u[system]; known && !slices.Contains(bases, base) {
			bases = append(bases, base)
		}
	}
	return bases
}

// Redacted is how Parse reads them, without passwords.
func (u URLs) Redacted() string {
	if bases := u.Bases(); len(bases) == 1 && len(u) == len(world.Systems) {
		return redacted(bases[0])
	}
	var parts []string
	for _, system := range slices.SortedFunc(maps.Keys(u), inOrder) {
		parts = append(parts, system+"="+redacted(u[system]))
	}
	return strings.Join(parts, ",")
}

func inOrder(a, b string) int { return slices.Index(world.Systems, a) - slices.Index(world.Systems, b) }

func redacted(base string) string {
	if parsed, err := url.Parse(base); err == nil {
		return parsed.Redacted()
	}
	return base
}
