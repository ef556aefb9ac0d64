package certificates_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/certificates"
)

// issue writes a certificate for a name, and its key, into two files.
func issue(t *testing.T, ca *certificates.CA, name, certificate, key string) {
	t.Helper()
	server, err := ca.Server([]string{name}, at(now))
	require.NoError(t, err)
	made, err := server.GetCertificate(nil)
	require.NoError(t, err)
	der, err := x509.MarshalPKCS8PrivateKey(made.PrivateKey)
	require.NoError(t, err)
	for path, block := range map[string]*pem.Block{
		certificate: {Type: "CERTIFICATE", Bytes: made.Certificate[0]}, key: {Type: "PRIVATE KEY", Bytes: der},
	} {
		if path != "" {
			require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(block), 0o600))
		}
	}
}

// shown is the first name of the certificate that is shown at a time.
func shown(t *testing.T, get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) string {
	t.Helper()
	certificate, err := get(nil)
	require.NoError(t, err)
	return certificate.Leaf.DNSNames[0]
}

func TestARenewedCertificateIsShown(t *testing.T) {
	t.Parallel()
	ca, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	folder, clock := t.TempDir(), now
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	issue(t, ca, "first.sim.test", certificate, key)
	var log bytes.Buffer
	f, err := certificates.OpenFiles(certificate, key, func() time.Time { return clock }, slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err)
	require.Equal(t, "first.sim.test", shown(t, f.GetCertificate))
	require.True(t, f.Covers("first.sim.test"))
	require.False(t, f.Covers("localhost"))
	require.Empty(t, log.String())

	issue(t, ca, "second.sim.test", certificate, "") // the key is still the former one
	touch(t, certificate)
	require.Equal(t, "first.sim.test", shown(t, f.GetCertificate), "looked at a moment ago")
	for range 3 {
		clock = clock.Add(time.Second)
		require.Equal(t, "first.sim.test", shown(t, f.GetCertificate))
	}
	require.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
	require.Contains(t, log.String(), "private key does not match public key")
	require.NoError(t, os.Remove(key))
	clock = clock.Add(time.Second)
	require.Equal(t, "first.sim.test", shown(t, f.GetCertificate))

	issue(t, ca, "third.sim.test", certificate, key)
	touch(t, certificate)
	clock = clock.Add(time.Second)
	require.Equal(t, "third.sim.test", shown(t, f.GetCertificate))
	require.Equal(t, []string{"third.sim.test"}, f.Names())
	issue(t, ca, "fourth.sim.test", certificate, key)
	touch(t, certificate)
	clock = clock.Add(-time.Hour)
	require.Equal(t, "fourth.sim.test", shown(t, f.GetCertificate), "the clock was set back")
}

// touch makes a file a later one, however coarse the times of the file system are.
func touch(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	later := info.ModTime().Add(2 * time.Second)
	require.NoError(t, os.Chtimes(path, later, later))
}

func TestFilesThatHoldNoCertificateAreRefused(t *testing.T) {
	t.Parallel()
	ca, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	folder := t.TempDir()
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	issue(t, ca, "sim.test", certificate, key)
	for says, files := range map[string][2]string{
		"none.pem":                            {filepath.Join(folder, "none.pem"), key},
		"none.key":                            {certificate, filepath.Join(folder, "none.key")},
		"failed to find certificate PEM data": {key, certificate},
		"found a certificate rather than a key in the PEM for the private key": {certificate, certificate},
	} {
		_, err := certificates.OpenFiles(files[0], files[1], at(now), slog.New(slog.DiscardHandler))
		require.ErrorContains(t, err, says)
	}
	var log bytes.Buffer
	_, err = certificates.OpenFiles(certificate, key, at(now.Add(365*24*time.Hour)), slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err, "a test may want it so")
	require.Contains(t, log.String(), "the certificate has ended")
}
