package baseurl

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"onshisim/sim/world"
)

// Anywhere is the base URL by which the client of a Transport asks every system; no such host can exist in the network.
const Anywhere = "http://systems.invalid"

// Transport sends what is asked of a system at Anywhere, in any world, to that system's URL. A path of no system goes to
// the first URL: all hosts refuse it alike. What is asked elsewhere goes there, by next.
func (u URLs) Transport(next http.RoundTripper) http.RoundTripper {
	return transport{u, next}
}

type transport struct {
	urls URLs
	next http.RoundTripper
}

// RoundTrip asks the system that the path names.
func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if "http://"+request.URL.Host != Anywhere {
		return t.next.RoundTrip(request)
	}
	base, err := t.urls.of(request.URL.Path)
	if err != nil {
		if request.Body != nil {
			_ = request.Body.Close() // as a RoundTripper has to
		}
		return nil, err
	}
	moved := *request
	moved.URL, moved.Host = joined(base, request.URL), ""
	return t.next.RoundTrip(&moved)
}

// of is the URL of the system that a path names, also below a world's prefix.
func (u URLs) of(path string) (*url.URL, error) {
	if inner, below := strings.CutPrefix(path, "/w/"); below {
		_, inner, _ = strings.Cut(inner, "/")
		path = "/" + inner
	}
	system, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	base, known := u[system]
	if bases := u.Bases(); !known && len(bases) > 0 && !slices.Contains(world.Systems, system) {
		base, known = bases[0], true
	}
	if !known {
		return nil, fmt.Errorf("no URL is given for the system %s", system)
	}
	return url.Parse(base)
}

// joined is a path with its query below a base, each as it is: even dots and unusual escapes are what is asked.
func joined(base, target *url.URL) *url.URL {
	whole := *target
	whole.Scheme, whole.Host, whole.User = base.Scheme, base.Host, base.User
	whole.Path = base.Path + target.Path
	if target.RawPath != "" || base.RawPath != "" {
		whole.RawPath = base.EscapedPath() + target.EscapedPath()
	}
	return &whole
}
