package world

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
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

// What is drawn is the same in every version of the program: logs and evidence packs hold it.
func TestASumIsAnHMAC(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key := newDrawKey(rapid.Uint64().Draw(t, "seed"))
		parts := rapid.SliceOf(rapid.String()).Draw(t, "parts")
		mac := hmac.New(sha256.New, key[:])
		_, _ = mac.Write([]byte(strings.Join(append([]string{"purpose"}, parts...), "\x00")))
		sum := key.sum("purpose", parts...)
		require.Equal(t, mac.Sum(nil), sum[:])
	})
}

func TestConsentsAreDrawnAsTheyPrint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		consents := rapid.Make[Consents]().Draw(t, "consents")
		require.Equal(t, fmt.Sprint(consents), consents.drawn())
	})
}
