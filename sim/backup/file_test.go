package backup

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// numbered is an export of n events that are nothing but their numbers.
func numbered(t *testing.T, n int) string {
	t.Helper()
	var events strings.Builder
	for i := range n {
		fmt.Fprintf(&events, "%0*d\n", i%7, i+1)
	}
	var text bytes.Buffer
	require.NoError(t, Write(&text, Closed(Lines(strings.NewReader(events.String())))))
	return text.String()
}

func TestAFileIsReadFromBehindAnyEvent(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, stride - 1, stride, stride + 1, 3*stride + 5} {
		f, err := openFile(t.Context(), strings.NewReader(numbered(t, n)), true)
		require.NoError(t, err)
		for _, after := range []int{0, 1, n / 2, stride - 1, stride, stride + 1, n - 1, n, n + 1} {
			want := max(after, 0)
			after = want
			for event, err := range f.read(eventlog.Position(after)) {
				require.NoError(t, err)
				want++
				require.Equal(t, fmt.Sprintf("%0*d", (want-1)%7, want), string(event))
			}
			require.Equal(t, max(after, n), want)
		}
	}
}

func TestAFileThatIsChangedMeanwhileIsNoticed(t *testing.T) {
	t.Parallel()
	const n = 3 * stride
	export := numbered(t, n)
	name := filepath.Join(t.TempDir(), "export.jsonl")
	require.NoError(t, os.WriteFile(name, []byte(export), 0o600))
	content, err := os.OpenFile(name, os.O_RDWR, 0)
	require.NoError(t, err)
	defer content.Close()
	f, err := openFile(t.Context(), content, true)
	require.NoError(t, err)
	readAll := func() (err error) {
		for _, err = range f.read(0) {
		}
		return err
	}
	require.NoError(t, readAll())
	_, err = content.WriteAt([]byte("2"), 0)
	require.NoError(t, err)
	require.ErrorContains(t, readAll(), "changed while it was read")
	require.NoError(t, content.Truncate(100))
	require.ErrorContains(t, readAll(), "changed while it was read")
}

func TestALineWithoutEndIsRefused(t *testing.T) {
	t.Parallel()
	_, err := readLine(bufio.NewReader(endless{}), 1<<20)
	require.ErrorIs(t, err, errLong)
}

// endless is a text of one line.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, "xxxxxxxx"), nil }
