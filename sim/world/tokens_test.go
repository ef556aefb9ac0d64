package world

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTokensAreLookedUpByTheirDigests: no token is a key that the one which is sent would be compared with. It does not run
// beside others, since it counts allocations.
func TestTokensAreLookedUpByTheirDigests(t *testing.T) {
	w, ctx := created(t, document()), context.Background()
	session, err := w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)
	digest := digestOf(session.Token)
	require.Contains(t, w.state.sessions.byKey, string(digest[:]))
	require.NotContains(t, w.state.sessions.byKey, session.Token)

	token := w.Document().CardOffice.Token
	for given, known := range map[string]bool{token: true, token + "x": false, token[1:]: false, "": false, session.Token: false} {
		_, found := w.Caller(given)
		require.Equal(t, known, found)
	}
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = w.Caller(session.Token) }))
}
