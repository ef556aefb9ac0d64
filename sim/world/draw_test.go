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
		ordinal := rapid.Uint64().Draw(t, "ordinal")
		code := key.seal(sealSubject, "A", ordinal)
		opened, ok := key.open(sealSubject, "A", code)
		require.True(t, ok)
		require.Equal(t, ordinal, opened)
		for _, foreign := range []struct{ purpose, owner string }{{sealSubject, "B"}, {sealCandidate, "A"}} {
			_, ok = key.open(foreign.purpose, foreign.owner, code)
			require.False(t, ok)
		}
		_, ok = key.open(sealSubject, "A", rapid.String().Draw(t, "anything"))
		require.False(t, ok)
	})
}
