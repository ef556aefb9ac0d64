package certificates_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/certificates"
)

var now = time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC)

func at(instant time.Time) func() time.Time { return func() time.Time { return instant } }

var usual = []string{"localhost", "127.0.0.1", "::1", "sim.test", "*.clinics.test"}

// trusting is a pool of one CA.
func trusting(t *testing.T, ca *certificates.CA) *x509.CertPool {
	t.Helper()
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(ca.PEM()))
	return pool
}

// believes says why a client that trusts a pool would not believe that a server has a name.
func believes(t *testing.T, pool *x509.CertPool, name string, server *certificates.Server) error {
	t.Helper()
	shown, err := server.GetCertificate(nil)
	require.NoError(t, err)
	_, err = shown.Leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: name, CurrentTime: now})
	return err
}

func TestATestCAVouchesForItsNames(t *testing.T) {
	t.Parallel()
	ca, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	server, err := ca.Server(usual, at(now))
	require.NoError(t, err)
	for _, name := range []string{"localhost", "127.0.0.1", "::1", "sim.test", "SIM.test", "a.clinics.test"} {
		require.NoError(t, believes(t, trusting(t, ca), name, server), name)
	}
	for _, name := range []string{"other.test", "127.0.0.2", "clinics.test", "a.b.clinics.test"} {
		require.Error(t, believes(t, trusting(t, ca), name, server), name)
	}
	other, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	require.Error(t, believes(t, trusting(t, other), "localhost", server))
	require.NotEqual(t, ca.Fingerprint(), other.Fingerprint())

	block, _ := pem.Decode(ca.PEM())
	sum := sha256.Sum256(block.Bytes)
	require.Equal(t, strings.ToUpper(hex.EncodeToString(sum[:])), strings.ReplaceAll(ca.Fingerprint(), ":", ""))
	require.Regexp(t, `^([0-9A-F]{2}:){31}[0-9A-F]{2}$`, ca.Fingerprint())
}

func TestATestCADoesNotVouchForOtherNames(t *testing.T) {
	t.Parallel()
	ca, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	for name, permitted := range map[string]bool{
		"localhost": true, "::1": true, "a.sim.test": true, "*.clinics.test": true, "clinics.test": true,
		"other.test": false, "xsim.test": false, "10.0.0.1": false, "test": false,
	} {
		require.Equal(t, permitted, ca.Permits(name), name)
		_, err := ca.Server([]string{name}, at(now))
		require.Equal(t, permitted, err == nil, name)
	}
	for _, bad := range []string{"", " ", "a b", "a..b", "-a", "医療.test", "*", "a.*.b", "http://a", "a:8080", strings.Repeat("a", 64)} {
		_, err := certificates.NewCA([]string{bad}, now)
		require.ErrorContains(t, err, "neither a DNS name (in ASCII: xn--…) nor an IP address", bad)
		_, err = ca.Server([]string{bad}, at(now))
		require.Error(t, err, bad)
	}
}

// TestAStolenTestCACanVouchForNoOtherSite: also who has its key gets no browser that trusts it to believe in another site.
func TestAStolenTestCACanVouchForNoOtherSite(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	ca, err := certificates.KeepCA(folder, usual, now)
	require.NoError(t, err)
	certificate, stolen := stealFrom(t, folder)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	forge := func(template *x509.Certificate) *x509.Certificate {
		template.SerialNumber, template.NotBefore, template.NotAfter = big.NewInt(1), now, now.Add(time.Hour)
		der, err := x509.CreateCertificate(rand.Reader, template, certificate, key.Public(), stolen)
		require.NoError(t, err)
		forged, err := x509.ParseCertificate(der)
		require.NoError(t, err)
		return forged
	}
	options := x509.VerifyOptions{Roots: trusting(t, ca), CurrentTime: now.Add(time.Minute)}
	_, err = forge(&x509.Certificate{DNSNames: []string{"a.sim.test"}}).Verify(options)
	require.NoError(t, err)
	for _, site := range []*x509.Certificate{
		{DNSNames: []string{"bank.example"}}, {DNSNames: []string{"localhost", "bank.example"}}, {IPAddresses: []net.IP{net.IPv4(192, 0, 2, 1)}},
	} {
		_, err = forge(site).Verify(options)
		var invalid x509.CertificateInvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, x509.CANotAuthorizedForThisName, invalid.Reason)
	}
	options.KeyUsages = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	_, err = forge(&x509.Certificate{DNSNames: []string{"localhost"}, ExtKeyUsage: options.KeyUsages}).Verify(options)
	require.Error(t, err, "it vouches for servers alone")
	require.True(t, certificate.MaxPathLenZero && certificate.PermittedDNSDomainsCritical)
}

// stealFrom reads what the folder of a CA keeps for the program alone.
func stealFrom(t *testing.T, folder string) (certificate *x509.Certificate, key crypto.Signer) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, certificates.KeyFile))
	require.NoError(t, err)
	block, rest := pem.Decode(text)
	found, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	require.NoError(t, err)
	block, _ = pem.Decode(rest)
	certificate, err = x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)
	return certificate, found.(crypto.Signer)
}

// TestACertificateIsMadeAnewBeforeItEnds: a program may run for years, and its machine's clock be set back.
func TestACertificateIsMadeAnewBeforeItEnds(t *testing.T) {
	t.Parallel()
	ca, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	clock := now
	server, err := ca.Server(usual, func() time.Time { return clock })
	require.NoError(t, err)
	serials := map[string]bool{}
	for _, days := range []int{0, 1, 14, 20, 100, 3000, -300} {
		clock = now.Add(time.Duration(days) * 24 * time.Hour)
		shown, err := server.GetCertificate(nil)
		require.NoError(t, err)
		require.True(t, shown.Leaf.NotBefore.Before(clock) && shown.Leaf.NotAfter.After(clock.Add(7*24*time.Hour)), "after %d days", days)
		serials[shown.Leaf.SerialNumber.String()] = true
	}
	require.Len(t, serials, 5, "not for each connection")
}
