package certificates_test

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/certificates"
)

// TestAKeptTestCAStaysTheSame: trainees trust it once. Processes that begin at the same time get the same one.
func TestAKeptTestCAStaysTheSame(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "a", "b")
	var mu sync.Mutex
	var all sync.WaitGroup
	fingerprints := map[string]bool{}
	for range 8 {
		all.Go(func() {
			ca, err := certificates.KeepCA(folder, usual, now)
			if assert.NoError(t, err) {
				mu.Lock()
				fingerprints[ca.Fingerprint()] = true
				mu.Unlock()
			}
		})
	}
	all.Wait()
	require.Len(t, fingerprints, 1)

	given := filepath.Join(folder, certificates.CertificateFile)
	for _, spoil := range []func() error{
		func() error { return nil }, func() error { return os.Remove(given) }, func() error { return os.WriteFile(given, nil, 0o600) },
	} {
		require.NoError(t, spoil())
		ca, err := certificates.KeepCA(folder, []string{"localhost", "new.test"}, now.Add(365*24*time.Hour))
		require.NoError(t, err)
		require.True(t, fingerprints[ca.Fingerprint()])
		require.False(t, ca.Permits("new.test"), "it is the former one")
		text, err := os.ReadFile(given)
		require.NoError(t, err)
		require.Equal(t, ca.PEM(), text)
	}
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 2, "nothing else is left")
}

func TestTheKeyOfATestCAIsTheProgramsAlone(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // its files have no such permissions
	}
	folder := t.TempDir()
	_, err := certificates.KeepCA(folder, usual, now)
	require.NoError(t, err)
	info, err := os.Stat(filepath.Join(folder, certificates.KeyFile))
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	given, err := os.ReadFile(filepath.Join(folder, certificates.CertificateFile))
	require.NoError(t, err)
	require.NotContains(t, string(given), "PRIVATE")
}

func TestAKeptTestCAThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	kept := filepath.Join(folder, certificates.KeyFile)
	ca, err := certificates.KeepCA(folder, usual, now)
	require.NoError(t, err)
	whole, err := os.ReadFile(kept)
	require.NoError(t, err)
	other, err := certificates.NewCA(usual, now)
	require.NoError(t, err)
	key := string(whole[:len(whole)-len(ca.PEM())])
	for _, text := range []string{"", "text", key, string(ca.PEM()), key + string(other.PEM()), string(whole[:30]) + "AAAA" + string(whole[34:])} {
		require.NoError(t, os.WriteFile(kept, []byte(text), 0o600))
		_, err := certificates.KeepCA(folder, usual, now)
		require.ErrorContains(t, err, kept)
		require.ErrorContains(t, err, "; remove the file for a new test CA")
	}
	require.NoError(t, os.WriteFile(kept, whole, 0o600))
	_, err = certificates.KeepCA(folder, usual, now.Add(20*365*24*time.Hour))
	require.ErrorContains(t, err, "the test CA ended on 2036-03-29")
	_, err = certificates.KeepCA(kept, usual, now)
	require.ErrorContains(t, err, kept, "a file is no folder")
}
