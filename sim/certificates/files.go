// Package certificates is what listeners show over TLS: a certificate from files, which may be renewed while the program
// runs, or one from a test CA of its own.
package certificates

import (
	"crypto/tls"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Files is a certificate with its key in two PEM files. Whoever renews it replaces the files; the next connections are
// shown the new one.
type Files struct {
	certificate, key string // paths
	now              func() time.Time
	log              *slog.Logger

	mu      sync.Mutex
	looked  time.Time // at the files
	read    version   // the files from which current is
	current *tls.Certificate
	failure string // of the last reading that failed, since it is logged once
}

// version tells one state of the two files from another.
type version [2]struct {
	modified time.Time
	size     int64
}

// lookEvery is how often the files are looked at, at most.
const lookEvery = time.Second

// OpenFiles reads the files. Errors name a file, or say how the two don't go together.
func OpenFiles(certificate, key string, now func() time.Time, log *slog.Logger) (*Files, error) {
	f := &Files{certificate: certificate, key: key, now: now, log: log, looked: now()}
	if err := f.load(); err != nil {
		return nil, err
	}
	if end := f.current.Leaf.NotAfter; now().After(end) {
		log.Warn("the certificate has ended; clients will refuse it", "file", certificate, "end", end)
	}
	return f, nil
}

// GetCertificate is the certificate for a new connection, as tls.Config wants it. Files that can't be read, or don't go
// together, as halfway through a renewal, are logged and the former certificate stays.
func (f *Files) GetCertificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.now(); now.Sub(f.looked).Abs() >= lookEvery {
		f.looked = now
		if err := f.load(); err == nil {
			f.failure = ""
		} else if f.failure != err.Error() {
			f.failure = err.Error()
			f.log.Warn("the certificate can't be read again; the former one is shown on", "error", err)
		}
	}
	return f.current, nil
}

// Names are the DNS names that the certificate is for.
func (f *Files) Names() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.current.Leaf.DNSNames
}

// Covers says whether the certificate is for a host, which is a DNS name or an IP address.
func (f *Files) Covers(host string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.current.Leaf.VerifyHostname(host) == nil
}

// load reads the files if they are other ones than were read.
func (f *Files) load() error {
	found, err := f.version()
	if err != nil || f.current != nil && found == f.read {
		return err
	}
	pair, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return err
	}
	f.current, f.read = &pair, found
	return nil
}

func (f *Files) version() (v version, err error) {
	for i, path := range []string{f.certificate, f.key} {
		info, err := os.Stat(path) // of what a link leads to, as those of certbot and Kubernetes
		if err != nil {
			return v, err
		}
		v[i].modified, v[i].size = info.ModTime(), info.Size()
	}
	return v, nil
}
