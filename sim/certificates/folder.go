package certificates

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The files of a folder that keeps a test CA. The first has the certificate too, so that the two always go together.
const (
	KeyFile         = "ca-key.pem" // for this program alone
	CertificateFile = "ca.pem"     // for those who are to trust it
)

const (
	certificateBlock = "CERTIFICATE"
	keyBlock         = "PRIVATE KEY"
)

// KeepCA opens the CA that a folder keeps, or makes one for these names and keeps it there. Several processes may do so at
// the same time; all get the same one.
func KeepCA(folder string, names []string, now time.Time) (*CA, error) {
	kept := filepath.Join(folder, KeyFile)
	text, err := os.ReadFile(kept)
	if errors.Is(err, fs.ErrNotExist) {
		if err := keepNewCA(folder, kept, names, now); err != nil {
			return nil, err
		}
		text, err = os.ReadFile(kept)
	}
	if err != nil {
		return nil, err
	}
	ca, err := parseCA(text)
	if err == nil && now.After(ca.certificate.NotAfter) {
		err = fmt.Errorf("the test CA ended on %s", ca.certificate.NotAfter.Format(time.DateOnly))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; remove the file for a new test CA", kept, err)
	}
	return ca, ca.handOut(filepath.Join(folder, CertificateFile))
}

// keepNewCA makes a CA and puts it into its place, unless another process was faster.
func keepNewCA(folder, kept string, names []string, now time.Time) error {
	ca, err := NewCA(names, now)
	if err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(ca.key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return written(kept, 0o600, append(pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: key}), ca.PEM()...), func(whole string) error {
		err := os.Link(whole, kept) // never over another
		if errors.Is(err, fs.ErrExist) {
			err = nil
		}
		return errors.Join(err, os.Remove(whole))
	})
}

// handOut writes the certificate for those who are to trust it, unless it is there.
func (c *CA) handOut(path string) error {
	if text, err := os.ReadFile(path); err == nil && bytes.Equal(text, c.PEM()) {
		return nil
	}
	return written(path, 0o644, c.PEM(), func(whole string) error { return os.Rename(whole, path) })
}

// written writes a file beside its place; when it is whole, place puts it there.
func written(path string, mode fs.FileMode, text []byte, place func(whole string) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Chmod(mode), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return place(file.Name())
}

func parseCA(text []byte) (*CA, error) {
	ca := &CA{}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		var err error
		switch block.Type {
		case keyBlock:
			var key any
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
			ca.key, _ = key.(crypto.Signer)
		case certificateBlock:
			ca.certificate, err = x509.ParseCertificate(block.Bytes)
		}
		if err != nil {
			return nil, err
		}
	}
	if ca.key == nil || ca.certificate == nil || !ca.certificate.IsCA ||
		!ca.certificate.PublicKey.(interface{ Equal(crypto.PublicKey) bool }).Equal(ca.key.Public()) {
		return nil, errors.New("it holds no test CA with its key")
	}
	return ca, nil
}
