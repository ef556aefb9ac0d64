package main

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"onshisim/sim/certificates"
)

// tlsFlags have both listeners speak TLS: by a certificate from files, or by one of a test CA of our own.
type tlsFlags struct {
	TLSCert      string   `name:"tls-cert" env:"SIM_TLS_CERT" placeholder:"FILE" help:"${tlsCert}"`
	TLSKey       string   `name:"tls-key" env:"SIM_TLS_KEY" placeholder:"FILE" help:"${tlsKey}"`
	TLSTestCA    bool     `name:"tls-test-ca" env:"SIM_TLS_TEST_CA" help:"${tlsTestCA}"`
	TLSTestCADir string   `name:"tls-test-ca-dir" env:"SIM_TLS_TEST_CA_DIR" placeholder:"DIR" help:"${tlsTestCADir}"`
	TLSNames     []string `name:"tls-names" env:"SIM_TLS_NAMES" placeholder:"NAME" help:"${tlsNames}"`
}

// secured is how the listeners speak; the zero value is plain HTTP.
type secured struct {
	config *tls.Config
	files  *certificates.Files
	ca     *certificates.CA
	caFile string // where a client on this machine finds, or may put, the CA's certificate
}

// secure reads or makes the certificate. The addresses are those of the listeners, whose hosts it is for too.
func (f *tlsFlags) secure(log *slog.Logger, addresses ...string) (secured, error) {
	switch testCA := f.TLSTestCA || f.TLSTestCADir != ""; {
	case (f.TLSCert == "") != (f.TLSKey == ""):
		return secured{}, errors.New("--tls-cert and --tls-key go together: give both, or neither")
	case f.TLSCert != "" && testCA:
		return secured{}, errors.New("--tls-cert and --tls-test-ca are two ways to a certificate: give one of them")
	case len(f.TLSNames) > 0 && !testCA:
		return secured{}, errors.New("--tls-names goes with --tls-test-ca: a certificate of your own has its names")
	case f.TLSCert != "":
		files, err := certificates.OpenFiles(f.TLSCert, f.TLSKey, time.Now, log)
		if err != nil {
			return secured{}, fmt.Errorf("--tls-cert %s, --tls-key %s: %w", f.TLSCert, f.TLSKey, err)
		}
		return secured{config: &tls.Config{GetCertificate: files.GetCertificate, MinVersion: tls.VersionTLS12}, files: files}, nil
	case testCA:
		return f.testCA(addresses)
	}
	return secured{}, nil
}

// testCA makes a CA, or opens the one that is kept. A kept one may not vouch for every name that this machine has by
// chance, as a container's; it has to for those that were asked for.
func (f *tlsFlags) testCA(addresses []string) (secured, error) {
	if err := certificates.CheckNames(f.TLSNames); err != nil {
		return secured{}, fmt.Errorf("--tls-names: %w", err)
	}
	usual := usualNames(addresses)
	ca, err := f.openCA(slices.Concat(f.TLSNames, usual))
	if err != nil {
		return secured{}, err
	}
	usual = slices.DeleteFunc(usual, func(name string) bool { return !ca.Permits(name) })
	server, err := ca.Server(slices.Concat(f.TLSNames, usual), time.Now)
	if err != nil {
		return secured{}, fmt.Errorf("--tls-names: %w; for a new one remove %s", err, filepath.Join(f.TLSTestCADir, certificates.KeyFile))
	}
	return secured{
		config: &tls.Config{GetCertificate: server.GetCertificate, MinVersion: tls.VersionTLS12},
		ca:     ca, caFile: filepath.Join(f.TLSTestCADir, certificates.CertificateFile),
	}, nil
}

func (f *tlsFlags) openCA(names []string) (*certificates.CA, error) {
	if f.TLSTestCADir == "" {
		return certificates.NewCA(names, time.Now())
	}
	ca, err := certificates.KeepCA(f.TLSTestCADir, names, time.Now())
	if err != nil {
		return nil, fmt.Errorf("--tls-test-ca-dir: %w", err)
	}
	return ca, nil
}

// usualNames are those by which this machine reaches its listeners.
func usualNames(addresses []string) []string {
	names := []string{"localhost", "127.0.0.1", "::1"}
	host, _ := os.Hostname() // a machine may have none
	for _, address := range addresses {
		if own, _, err := net.SplitHostPort(address); err == nil {
			names = append(names, own)
		}
	}
	names = slices.DeleteFunc(append(names, host), func(name string) bool {
		ip := net.ParseIP(name)
		return !certificates.IsName(name) || ip != nil && ip.IsUnspecified()
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// pem is the CA's certificate; nil: there is no CA.
func (s secured) pem() []byte {
	if s.ca == nil {
		return nil
	}
	return s.ca.PEM()
}

// reachable is a base URL for somebody on this machine. Where a certificate is for other names, it is the first of them.
func (s secured) reachable(listener net.Listener) string {
	address := listener.Addr().(*net.TCPAddr)
	scheme, host := "http", address.IP.String()
	if address.IP.IsUnspecified() {
		host = "localhost"
	}
	if s.config != nil {
		scheme = "https"
	}
	if s.files != nil && !s.files.Covers(host) {
		names := slices.DeleteFunc(slices.Clone(s.files.Names()), func(name string) bool { return strings.HasPrefix(name, "*") })
		host = cmp.Or(slices.Concat(names, []string{host})...)
	}
	return scheme + "://" + net.JoinHostPort(host, fmt.Sprint(address.Port))
}
