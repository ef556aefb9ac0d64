package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"os"
)

// trustFlags say which simulator to believe, where one is asked over TLS.
type trustFlags struct {
	CAFile caFile `name:"ca-file" env:"SIM_CA_FILE" placeholder:"FILE" help:"${caFile}"`
}

// client trusts the CAs of the file besides those of the machine.
func (f *trustFlags) client() *http.Client { return &http.Client{Transport: f.transport()} }

func (f *trustFlags) transport() http.RoundTripper {
	if f.CAFile.pool == nil {
		return http.DefaultTransport
	}
	return trusting(&tls.Config{RootCAs: f.CAFile.pool, MinVersion: tls.VersionTLS12})
}

// trusting is the default transport with another idea of whom to believe.
func trusting(config *tls.Config) *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = config
	return transport
}

// caFile is the certificates that a file holds.
type caFile struct{ pool *x509.CertPool }

// UnmarshalText reads the file.
func (f *caFile) UnmarshalText(path []byte) error {
	if len(path) == 0 { // as of a variable that is set to nothing
		return nil
	}
	text, err := os.ReadFile(string(path))
	if err != nil {
		return err
	}
	if f.pool, err = x509.SystemCertPool(); err != nil {
		f.pool = x509.NewCertPool()
	}
	if !f.pool.AppendCertsFromPEM(text) {
		return errors.New(string(path) + " holds no certificate in PEM")
	}
	return nil
}
