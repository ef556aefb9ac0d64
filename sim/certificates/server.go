package certificates

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net"
	"sync"
	"time"
)

// Server is the certificate of a listener from a test CA. It is made anew before it ends.
type Server struct {
	ca    *CA
	names []string
	now   func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
}

// Server vouches for a server with these names. The error names the first that the CA can't vouch for.
func (c *CA) Server(names []string, now func() time.Time) (*Server, error) {
	if err := CheckNames(names); err != nil {
		return nil, err
	}
	for _, name := range names {
		if !c.Permits(name) {
			return nil, fmt.Errorf("the test CA was not made for %q and can't vouch for it", name)
		}
	}
	return &Server{ca: c, names: names, now: now}, nil
}

// GetCertificate is the certificate for a new connection, as tls.Config wants it.
func (s *Server) GetCertificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.current != nil && now.After(s.current.Leaf.NotBefore) && now.Before(s.current.Leaf.NotAfter.Add(-serverLife/2)) {
		return s.current, nil
	}
	made, err := s.make(now)
	if err == nil {
		s.current = made
	}
	return made, err
}

func (s *Server) make(now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: newSerial(), Subject: pkix.Name{Organization: []string{owner}},
		NotBefore: now.Add(-clocksDiff), NotAfter: now.Add(serverLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, name := range s.names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
			continue
		}
		template.DNSNames = append(template.DNSNames, name)
	}
	leaf, err := signed(template, s.ca.certificate, key.Public(), s.ca.key)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}, nil
}
