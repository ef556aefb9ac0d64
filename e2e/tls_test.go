package e2e_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// secured starts a simulator that speaks TLS on free ports.
func secured(t *testing.T, flags ...string) *simulator {
	t.Helper()
	s := begin(t, nil, append([]string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"}, flags...)...)
	require.True(t, strings.HasPrefix(s.public, "https://") && strings.HasPrefix(s.control, "https://"), s.welcome)
	return s
}

// over asks over TLS, and gives the answer and the certificate that was shown.
func over(t *testing.T, config *tls.Config, url string) (answer, *x509.Certificate, error) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config, DisableKeepAlives: true}, Timeout: patience}
	in, err := client.Get(url)
	if err != nil {
		return answer{}, nil, err
	}
	defer in.Body.Close()
	read, err := io.ReadAll(in.Body)
	return answer{in.StatusCode, in.Header, string(read)}, in.TLS.PeerCertificates[0], err
}

// trusting believes the CAs of a PEM text.
func trusting(t *testing.T, text string) *tls.Config {
	t.Helper()
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM([]byte(text)), text)
	return &tls.Config{RootCAs: pool}
}

func TestTheTestCAIsHandedOut(t *testing.T) {
	t.Parallel()
	s := secured(t, "--tls-test-ca", "--tls-names", "sim.test,192.0.2.7")
	shown := s.Shown("SHA-256")
	for _, base := range []string{s.public, s.control} {
		given, _, err := over(t, &tls.Config{InsecureSkipVerify: true}, base+"/ca.pem")
		require.NoError(t, err)
		require.Equal(t, "application/x-x509-ca-cert", given.header.Get("Content-Type"))
		block, rest := pem.Decode([]byte(given.body))
		require.Empty(t, rest)
		require.Equal(t, shown, strings.ReplaceAll(fmt.Sprintf("% X", sha256.Sum256(block.Bytes)), " ", ":"))
		for _, name := range []string{"localhost", "127.0.0.1", "::1", "sim.test", "192.0.2.7"} {
			config := trusting(t, given.body)
			config.ServerName = name
			a, certificate, err := over(t, config, base+"/healthz")
			require.NoError(t, err, name)
			require.Equal(t, "ok", a.field(t, "status"))
			require.Equal(t, "ECDSA", certificate.PublicKeyAlgorithm.String())
		}
	}
	_, _, err := over(t, &tls.Config{}, s.public+"/healthz")
	require.ErrorContains(t, err, "certificate", "nobody else vouches for it")
	plain := serve(t)
	require.Equal(t, http.StatusNotFound, must(t, request{method: http.MethodGet, url: plain.public + "/ca.pem"}).status)
}

// TestTheCommandsBelieveAGivenCA: the welcome's lines, and each command that asks a simulator.
func TestTheCommandsBelieveAGivenCA(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "it's kept")
	s := secured(t, "--tls-test-ca-dir", folder)
	ca := filepath.Join(folder, "ca.pem")
	for line := range strings.Lines(s.welcome) {
		if strings.HasPrefix(line, "  curl ") {
			printed, err := exec.CommandContext(t.Context(), "sh", "-c", line).Output()
			require.NoError(t, err, line)
			assert.Contains(t, string(printed), `{"`)
		}
	}
	for _, command := range [][]string{
		{"explain", "hanako", "--control-url", s.control},
		{"journal", "--control-url", s.control},
		{"leakscan", ca, "--control-url", s.control},
		{"scenario", "run", "qa/qa-3", "--url", s.public, "--control-url", s.control},
		{"healthcheck", "--url", s.control + "/healthz"},
	} {
		e := run(t, append(command, "--ca-file", ca)...)
		assert.Equal(t, 0, e.status, "%s: %s%s", command, e.stdout, e.stderr)
		assert.NotEmpty(t, e.stdout)
		e = run(t, append(command, "--ca-file", filepath.Join(folder, "none"))...)
		assert.NotEqual(t, 0, e.status)
		assert.Contains(t, e.stderr, "--ca-file: open ")
		e = run(t, append(command, "--ca-file", program)...)
		assert.Contains(t, e.stderr, "--ca-file: "+program+" holds no certificate in PEM")
	}
	a := run(t, "explain", "hanako", "--control-url", s.control)
	assert.Equal(t, 1, a.status)
	assert.Contains(t, a.stderr, "give the certificate of its CA: --ca-file")
	made := run(t, "healthcheck", "--url", s.public+"/healthz")
	assert.Equal(t, ended{0, "ok\n", ""}, made, "on this machine it needs no CA")

	fingerprint := s.Shown("SHA-256")
	s.stop(t)
	again := secured(t, "--tls-test-ca-dir", folder)
	assert.Equal(t, fingerprint, again.Shown("SHA-256"))
}

func TestARenewedCertificateIsShownWithoutARestart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	certificate, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	first := selfSigned(t, "first.test", certificate, key)
	s := secured(t, "--tls-cert", certificate, "--tls-key", key)
	require.True(t, strings.HasPrefix(s.public, "https://first.test:"), "the certificate is for that name")
	here := func(base string) string { return strings.Replace(base, "first.test", "127.0.0.1", 1) }
	shows := func(text, name string) bool {
		config := trusting(t, text)
		config.ServerName = name
		_, shown, err := over(t, config, here(s.public)+"/healthz")
		return err == nil && shown.DNSNames[0] == name
	}
	require.True(t, shows(first, "first.test"))
	second := selfSigned(t, "second.test", certificate, key)
	later := time.Now().Add(time.Minute) // whatever the file system tells apart
	require.NoError(t, os.Chtimes(certificate, later, later))
	require.Eventually(t, func() bool { return shows(second, "second.test") }, patience, 100*time.Millisecond)
	a, _, err := over(t, &tls.Config{InsecureSkipVerify: true}, here(s.control)+"/ca.pem")
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, a.status, "there is no test CA")
}

// selfSigned writes a certificate for a name and its key, and gives the certificate in PEM.
func selfSigned(t *testing.T, name, certificate, key string) string {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	require.NoError(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	require.NoError(t, os.WriteFile(certificate, text, 0o600))
	return string(text)
}

func TestTLSFlagsThatCantBeMeantAreRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	certificate, key, none := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem"), filepath.Join(folder, "none")
	selfSigned(t, "sim.test", certificate, key)
	kept := filepath.Join(folder, "kept")
	first := secured(t, "--tls-test-ca-dir", kept, "--tls-names", "sim.test")
	first.stop(t)
	for says, flags := range map[string][]string{
		"--tls-cert and --tls-key go together":                   {"--tls-cert", certificate},
		"--tls-cert and --tls-key go together: give both":        {"--tls-key", key},
		"--tls-cert and --tls-test-ca are two ways":              {"--tls-cert", certificate, "--tls-key", key, "--tls-test-ca"},
		"--tls-cert and --tls-test-ca are two ways to":           {"--tls-cert", certificate, "--tls-key", key, "--tls-test-ca-dir", kept},
		"--tls-names goes with --tls-test-ca":                    {"--tls-names", "sim.test"},
		"--tls-cert " + none + ", --tls-key " + key + ": ":       {"--tls-cert", none, "--tls-key", key},
		"private key does not match public key":                  {"--tls-cert", filepath.Join(kept, "ca.pem"), "--tls-key", key},
		"failed to find any PEM data in certificate input":       {"--tls-cert", program, "--tls-key", key},
		`--tls-names: "a b" is neither a DNS name`:               {"--tls-test-ca", "--tls-names", "sim.test,a b"},
		"--tls-test-ca-dir: ":                                    {"--tls-test-ca-dir", certificate},
		`--tls-names: the test CA was not made for "other.test"`: {"--tls-test-ca-dir", kept, "--tls-names", "sim.test,other.test"},
	} {
		e := run(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0"}, flags...)...)
		assert.Equal(t, 1, e.status, flags)
		assert.Contains(t, e.stderr, "sim: ")
		assert.Contains(t, e.stderr, says)
		assert.Empty(t, e.stdout, "it listens")
	}
}
