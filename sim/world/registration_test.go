package world

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

// QA-5: (1) flagged, then reserved; (2) reserved, then flagged; and the way out, the flag lifted before it opens.
func TestAReservationIsProcessedWhenRegistrationOpens(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	for name, c := range map[string]struct {
		before, after []FlagSetting
		want          string
	}{
		"no flag":                        {nil, nil, RegistrationCompleted},
		"QA-5 (1) flagged, reserved":     {[]FlagSetting{{SelfInformationBlocked: &yes}}, nil, RegistrationFailed},
		"QA-5 (2) reserved, flagged":     {nil, []FlagSetting{{SelfInformationBlocked: &yes}}, RegistrationFailed},
		"lifted before it opens":         {[]FlagSetting{{SelfInformationBlocked: &yes}}, []FlagSetting{{SelfInformationBlocked: &no}}, RegistrationCompleted},
		"non-disclosure does not matter": {[]FlagSetting{{NonDisclosure: &yes}}, nil, RegistrationCompleted},
	} {
		d := document()
		d.Now = "2020-10-01T09:00:00+09:00"
		w, ctx := created(t, d), context.Background()
		set := func(settings []FlagSetting) {
			for _, s := range settings {
				require.NoError(t, w.SetFlags(ctx, "990010", "B-1", s, "2020-10-01", "申請"))
			}
		}
		set(c.before)
		require.NoError(t, w.Register(ctx, "card-h"))
		p, _ := w.Person("hanako")
		require.Equal(t, RegistrationReserved, p.RegistrationWith("card-h").Status, name)
		set(c.after)
		require.NoError(t, w.SetClock(ctx, at(t, "2021-03-01T00:00:00+09:00")))
		_, err := w.Settle(ctx)
		require.NoError(t, err)
		p, _ = w.Person("hanako")
		require.Equal(t, c.want, p.RegistrationWith("card-h").Status, name)
	}
}

// What happens behind the opening can't change what happened at it.
func TestAReservationIsProcessedBeforeWhatFollows(t *testing.T) {
	t.Parallel()
	d := document()
	d.Now = "2020-10-01T09:00:00+09:00"
	w, ctx, yes := created(t, d), context.Background(), true
	require.NoError(t, w.Register(ctx, "card-h"))
	require.NoError(t, w.SetClock(ctx, at(t, "2021-06-01T00:00:00+09:00")))
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &yes}, "2021-06-01", "申請"))
	p, _ := w.Person("hanako")
	require.Equal(t, RegistrationCompleted, p.RegistrationWith("card-h").Status)
}

func TestTheRegistrationDoesNotPassToAReissuedCard(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons[0].RegisteredCard = "card-h"
	w, ctx := created(t, d), context.Background()
	issued, err := w.ReissueCard(ctx, "card-h")
	require.NoError(t, err)
	p, _ := w.PersonByCard(issued.CardSerial)
	require.Equal(t, "hanako", p.ID)
	require.Empty(t, p.RegistrationWith(issued.CardSerial).Status)
	require.Equal(t, CardRevoked, p.Card("card-h").State())
	_, err = w.OpenSession(ctx, issued.CardSerial, issued.PIN)
	require.NoError(t, err)
}

// A second card's failed registration leaves the first one's in place.
func TestAFailedRegistrationLeavesTheCompletedOne(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons[0].RegisteredCard = "card-h"
	d.Persons[0].Cards = append(d.Persons[0].Cards, Card{CardSerial: "card-2", PIN: "1234"})
	w, ctx, yes, no := created(t, d), context.Background(), true, false
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &yes}, "2021-04-01", "申請"))
	require.NoError(t, w.Register(ctx, "card-2"))
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &no}, "2021-04-01", "申請"))
	p, _ := w.Person("hanako")
	require.Equal(t, RegistrationFailed, p.RegistrationWith("card-2").Status)
	require.Equal(t, RegistrationCompleted, p.RegistrationWith("card-h").Status)
	require.Empty(t, (&Insured{}).LastRegistration().Status, "who never registered has no registration")
	_, opened, _, err := w.ReadCard(ctx, "9919990011", "card-h", Verification{Method: VerifyPIN, PIN: "1234"}, Consents{})
	require.NoError(t, err)
	require.NotNil(t, opened)
}

// Step ④ hands over the link number and the latest eligibility's number, and only if step ③ answered (P11-1, P11-2).
func TestTheRecordOfARegistrationHoldsWhatWasHandedOver(t *testing.T) {
	t.Parallel()
	w, ctx, yes, no := created(t, document()), context.Background(), true, false
	register := func() (ended registrationEnded) {
		require.NoError(t, w.Register(ctx, "card-h"))
		var last []byte
		for line, err := range w.Events(ctx) {
			require.NoError(t, err)
			last = line
		}
		c, _, err := decode(last, w.head.Last)
		require.NoError(t, err)
		return *c.(*registrationEnded)
	}
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &yes}, "2021-04-01", "申請"))
	require.Equal(t, registrationEnded{Person: "hanako", CardSerial: "card-h"}, register())
	require.NoError(t, w.SetFlags(ctx, "990010", "B-1", FlagSetting{SelfInformationBlocked: &no}, "2021-04-01", "申請"))
	ended := register()
	require.True(t, ended.Completed)
	require.Equal(t, "B-1", ended.PersonalInsuredNumber)
	hanako, known := w.state.opened(sealLink, "", ended.LinkNumber)
	require.True(t, known)
	require.Equal(t, "hanako", hanako.ID)
}
