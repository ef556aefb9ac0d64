package world

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestASealedCodeOpensForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := newDrawKey(rapid.Uint64().Draw(t, "seed"))
		ordinal, mark := rapid.Uint64().Draw(t, "ordinal"), rapid.Uint32().Draw(t, "mark")
		code := key.seal(sealSubject, "A", ordinal, mark)
		opened, marked, ok := key.open(sealSubject, "A", code)
		require.True(t, ok)
		require.Equal(t, ordinal, opened)
		require.Equal(t, mark, marked)
		for _, foreign := range []struct{ purpose, owner string }{{sealSubject, "B"}, {sealCandidate, "A"}} {
			_, _, ok = key.open(foreign.purpose, foreign.owner, code)
			require.False(t, ok)
		}
		_, _, ok = key.open(sealSubject, "A", rapid.String().Draw(t, "anything"))
		require.False(t, ok)
	})
}
