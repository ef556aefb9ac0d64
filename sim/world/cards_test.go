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
	_, _, _, err := w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyFace, Match: true}, Consents{})
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
		_, _, _, err = w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyStaff}, Consents{})
		require.NoError(t, err)
		require.NoError(t, w.AdvanceClock(ctx, 24*time.Hour))
	}
	require.Len(t, w.state.sessions.byKey, 1)
	require.LessOrEqual(t, len(w.state.cardReads.byKey), 8)
}

// A32: the last day is a good one; from the next on the card opens nothing, and its session is over.
func TestACardRunsOutByTheClock(t *testing.T) {
	t.Parallel()
	for _, expiring := range []Card{
		{CardSerial: "card-h", PIN: "1234", CardExpirationDate: "2021-04-10"},
		{CardSerial: "card-h", PIN: "1234", CardExpirationDate: "2030-01-01", CertificateExpirationDate: "2021-04-10"},
	} {
		d := document()
		d.Now, d.Persons[0].Cards = "2021-04-10T23:45:00+09:00", []Card{expiring}
		w, ctx := created(t, d), t.Context()
		session, err := w.OpenSession(ctx, "card-h", "1234")
		require.NoError(t, err)
		hanako, _ := w.Person("hanako")
		require.Equal(t, CardValid, hanako.Card("card-h").StateOn(w.Today()))

		require.NoError(t, w.AdvanceClock(ctx, 15*time.Minute))
		require.Equal(t, CardExpired, hanako.Card("card-h").StateOn(w.Today()))
		_, err = w.OpenSession(ctx, "card-h", "1234")
		require.ErrorContains(t, err, "SIM-CARD-EXPIRED")
		_, _, err = w.Session(ctx, session.Token)
		require.ErrorContains(t, err, "SIM-CARD-EXPIRED")
		_, _, _, err = w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyFace, Match: true}, Consents{})
		require.ErrorContains(t, err, "SIM-CARD-EXPIRED")
		require.Equal(t, CardValid, hanako.Document().Cards[0].Status, "a document has the dates, and so no word for it")
	}
}

// A33: a card lasts until the tenth birthday after its issue, its certificate until the fifth; a minor's card as long as
// its certificate. A card without dates is followed by one without.
func TestAReissuedCardHasNewDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ born, former, card, certificate string }{
		{"1980-05-15", "2021-05-01", "2030-05-15", "2025-05-15"},
		{"1980-03-31", "2021-05-01", "2031-03-31", "2026-03-31"},
		{"1980-04-01", "2021-05-01", "2031-04-01", "2026-04-01"},
		{"2010-05-15", "2021-05-01", "2025-05-15", "2025-05-15"},
		{"1980-05-15", "", "", ""},
	} {
		d := document()
		d.Persons[0].Birthdate = c.born
		d.Persons[0].Cards[0].CardExpirationDate, d.Persons[0].Cards[0].CertificateExpirationDate = c.former, c.former
		issued, err := created(t, d).ReissueCard(t.Context(), "card-h")
		require.NoError(t, err)
		require.Equal(t, []string{c.card, c.certificate}, []string{issued.CardExpirationDate, issued.CertificateExpirationDate}, c)
	}
}

func TestAReservationFailsIfTheCardRunsOutBeforeTheOpening(t *testing.T) {
	t.Parallel()
	d := document()
	d.Now, d.RegistrationOpensAt = "2021-02-01T09:00:00+09:00", "2021-03-01T00:00:00+09:00"
	d.Persons[0].Cards[0].CertificateExpirationDate = "2021-02-28"
	w, ctx := created(t, d), t.Context()
	require.NoError(t, w.Register(ctx, "card-h"))
	require.NoError(t, w.AdvanceClock(ctx, 60*24*time.Hour))
	_, err := w.Settle(ctx)
	require.NoError(t, err)
	hanako, _ := w.Person("hanako")
	require.Equal(t, RegistrationFailed, hanako.RegistrationWith("card-h").Status)
}
