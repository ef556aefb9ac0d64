package certificates

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"slices"
	"strings"
	"time"
)

// CA is a certificate authority for tests, which trainees and test machines trust for a while. It can vouch for the names
// that it was made for and for no others: a browser that trusts it does not believe it about any other site.
type CA struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// owner stands in every certificate of a test CA.
const owner = "onshisim (test only)"

// The lives of certificates. A server's is short, since a new one is always at hand.
const (
	caLife     = 10 * 365 * 24 * time.Hour
	serverLife = 30 * 24 * time.Hour
	clocksDiff = 24 * time.Hour // how far a client's clock may be behind
)

// NewCA makes a CA that can vouch for these names: DNS names with all below them, and IP addresses. Its key is random,
// whatever a world's seed is, and is nowhere but in the process.
func NewCA(names []string, now time.Time) (*CA, error) {
	if err := CheckNames(names); err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial := newSerial()
	shown := fmt.Sprintf("onshisim test CA %.8s", serial.Text(16)) // one CA can be told from another in a browser's list
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{Organization: []string{owner}, CommonName: shown},
		NotBefore:    now.Add(-clocksDiff), NotAfter: now.Add(caLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true,
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.PermittedIPRanges = append(template.PermittedIPRanges, alone(ip))
			continue
		}
		template.PermittedDNSDomains = append(template.PermittedDNSDomains, strings.TrimPrefix(name, "*."))
	}
	certificate, err := signed(template, template, key.Public(), key)
	return &CA{certificate, key}, err
}

// alone is the range of one address.
func alone(ip net.IP) *net.IPNet {
	if v4 := ip.To4(); v4 != nil {
		ip = v4
	}
	return &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))}
}

// signed makes a certificate of a template.
func signed(template, parent *x509.Certificate, of crypto.PublicKey, by crypto.Signer) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, of, by)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// newSerial is a random number of 127 bits.
func newSerial() *big.Int {
	var bytes [16]byte
	_, _ = rand.Read(bytes[:]) // never fails
	bytes[0] &= 0x7f
	return new(big.Int).SetBytes(bytes[:])
}

// PEM is the certificate, which clients are to trust.
func (c *CA) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: certificateBlock, Bytes: c.certificate.Raw})
}

// Fingerprint is the SHA-256 of the certificate, as browsers and openssl show it.
func (c *CA) Fingerprint() string {
	return strings.ReplaceAll(fmt.Sprintf("% X", sha256.Sum256(c.certificate.Raw)), " ", ":")
}

// Permits says whether the CA can vouch for a name.
func (c *CA) Permits(name string) bool {
	if ip := net.ParseIP(name); ip != nil {
		return slices.ContainsFunc(c.certificate.PermittedIPRanges, func(r *net.IPNet) bool { return r.Contains(ip) })
	}
	name = strings.ToLower(strings.TrimPrefix(name, "*."))
	return slices.ContainsFunc(c.certificate.PermittedDNSDomains, func(domain string) bool {
		return name == strings.ToLower(domain) || strings.HasSuffix(name, "."+strings.ToLower(domain))
	})
}
