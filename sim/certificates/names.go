package certificates

import (
	"fmt"
	"net"
	"regexp"
)

const label = `[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?`

var dnsName = regexp.MustCompile(`^(\*\.)?` + label + `(\.` + label + `)*$`)

// IsName says whether a certificate can be for a name: a DNS name in ASCII, also with a leading *., or an IP address.
func IsName(name string) bool {
	const longest = 253 // octets, RFC 1035
	return net.ParseIP(name) != nil || len(name) <= longest && dnsName.MatchString(name)
}

// CheckNames names the first that can't be in a certificate.
func CheckNames(names []string) error {
	for _, name := range names {
		if !IsName(name) {
			return fmt.Errorf("%q is neither a DNS name (in ASCII: xn--…) nor an IP address", name)
		}
	}
	return nil
}
