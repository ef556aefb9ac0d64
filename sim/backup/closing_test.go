package backup_test

import (
	"bytes"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/backup"
	"onshisim/sim/world"
)

// closed is the text of an export of these events.
func closed(t require.TestingT, events string) string {
	var text bytes.Buffer
	require.NoError(t, backup.Write(&text, backup.Closed(backup.Lines(strings.NewReader(events)))))
	return text.String()
}

// opened reads an export and gives its events, and why it is not whole.
func opened(export string, mustBeClosed bool) (events string, err error) {
	var text bytes.Buffer
	err = backup.Write(&text, backup.Opened(backup.Lines(strings.NewReader(export)), mustBeClosed))
	return text.String(), err
}

func TestTheClosingLine(t *testing.T) {
	t.Parallel()
	export := closed(t, "a\nb\n") // printf 'a\nb\n' | sha256sum
	require.Equal(t, "a\nb\n"+`{"events":2,"sha256":"911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"}`+"\n", export)
}

func TestAWholeExportIsItsEvents(t *testing.T) {
	t.Parallel()
	for _, events := range []string{"", "a\n", "a\nb\n\nc\n"} {
		export := closed(t, events)
		for _, came := range []string{export, strings.ReplaceAll(export, "\n", "\r\n"), strings.TrimSuffix(export, "\n")} {
			for _, must := range []bool{true, false} {
				got, err := opened(came, must)
				require.NoError(t, err)
				require.Equal(t, events, got)
			}
		}
		got, err := opened(events, false)
		require.NoError(t, err, "what was not exported so has no closing line")
		require.Equal(t, events, got)
	}
}

// TestNoPartOfAnExportPassesForIt: wherever it is cut, whatever byte is another, whatever stands behind it.
func TestNoPartOfAnExportPassesForIt(t *testing.T) {
	t.Parallel()
	export := closed(t, "first event\nsecond event\n")
	for size := range len(export) - 1 {
		_, err := opened(export[:size], true)
		require.Error(t, err, "%q", export[:size])
	}
	_, err := opened("first event\n", true)
	require.ErrorIs(t, err, backup.ErrCutOff)
	require.ErrorContains(t, err, "after 1 events")
	for at := range len(export) - 1 {
		damaged := []byte(export)
		damaged[at] ^= 1
		_, err := opened(string(damaged), true)
		require.Error(t, err, "%q", damaged)
	}
	var unfit *world.LineError
	for _, rest := range []string{"\n", "third event\n", export} {
		_, err := opened(export+rest, true)
		require.ErrorAs(t, err, &unfit)
		require.EqualValues(t, 4, unfit.Line)
	}
	_, err = opened(strings.TrimPrefix(export, "first event\n"), false)
	require.ErrorAs(t, err, &unfit)
	require.EqualValues(t, 2, unfit.Line)
}

func TestAnErrorOfTheSourceIsGiven(t *testing.T) {
	t.Parallel()
	broken := errors.New("the source broke")
	source := func(yield func([]byte, error) bool) {
		if yield([]byte("first event"), nil) {
			yield(nil, broken)
		}
	}
	for _, lines := range []iter.Seq2[[]byte, error]{backup.Closed(source), backup.Opened(source, true), backup.Opened(source, false)} {
		var text bytes.Buffer
		require.ErrorIs(t, backup.Write(&text, lines), broken)
		require.NotContains(t, text.String(), "sha256")
	}
}

func TestLinesAreKeptToTheByte(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<16-1) + "\n" + strings.Repeat("y", 1<<16) + "\n"
	got, err := opened(closed(t, long), true)
	require.NoError(t, err)
	require.True(t, long == got)
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.StringMatching(`[^\r\n]*`)
		events := strings.Join(rapid.SliceOfN(line, 1, 5).Draw(t, "events"), "\n") + "\n"
		got, err := opened(closed(t, events), true)
		require.NoError(t, err)
		require.Equal(t, events, got)
	})
}
