package world

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/problem"
)

func TestTheThirdWrongPINLocksTheCard(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	codes := func(pin string) string {
		_, err := w.OpenSession(ctx, "card-h", pin)
		var refusal *problem.Error
		if errors.As(err, &refusal) {
			return refusal.Code
		}
		return "open"
	}
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "open", codes("1234"), "the right PIN clears the count")
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-PIN", codes("0000"))
	require.Equal(t, "SIM-CARD-LOCKED", codes("1234"))
	_, _, err := w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyFace, Match: true}, Consents{})
	require.Equal(t, problem.Forbidden, kindOfError(t, err), "a locked card opens nothing by face either")
	require.NoError(t, w.SetPIN(ctx, "card-h", "4321"))
	require.Equal(t, "open", codes("4321"))
}

func TestASessionEndsWithItsTimeAndItsCard(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	session, err := w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)
	_, p, err := w.Session(t.Context(), session.Token)
	require.NoError(t, err)
	require.Equal(t, "hanako", p.ID)

	require.NoError(t, w.SuspendCard(ctx, "card-h"))
	_, _, err = w.Session(t.Context(), session.Token)
	require.Equal(t, problem.Forbidden, kindOfError(t, err), "who is logged in with a stopped card is out")
	require.NoError(t, w.LiftSuspension(ctx, "card-h"))
	_, _, err = w.Session(t.Context(), session.Token)
	require.NoError(t, err)

	require.NoError(t, w.AdvanceClock(ctx, 30*time.Minute))
	_, _, err = w.Session(t.Context(), session.Token)
	require.Equal(t, problem.Unauthenticated, kindOfError(t, err))

	session, err = w.OpenSession(ctx, "card-h", "1234")
	require.NoError(t, err)
	_, err = w.PutPerson(ctx, "hanako", Person{})
	require.NoError(t, err)
	_, _, err = w.Session(t.Context(), session.Token)
	require.Equal(t, problem.Unauthenticated, kindOfError(t, err), "the card is gone")
	_, err = w.PutPerson(ctx, "taro", Person{Cards: []Card{{CardSerial: "card-h"}}})
	require.NoError(t, err)
	_, _, err = w.Session(t.Context(), session.Token)
	require.Equal(t, problem.Unauthenticated, kindOfError(t, err), "the card is another's")
}

// What is past its time is forgotten, so that a world's age costs no memory.
func TestWhatIsPastItsTimeIsForgotten(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	for range 40 {
		_, err := w.OpenSession(ctx, "card-h", "1234")
		require.NoError(t, err)
		_, _, err = w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyStaff}, Consents{})
		require.NoError(t, err)
		require.NoError(t, w.AdvanceClock(ctx, 24*time.Hour))
	}
	require.Len(t, w.state.sessions.byKey, 1)
	require.LessOrEqual(t, len(w.state.cardReads.byKey), 8)
}
