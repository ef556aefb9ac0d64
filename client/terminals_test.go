package client_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

func TestTerminalTakesFiles(t *testing.T) {
	t.Parallel()
	w := start(t).base(t)
	institution, err := w.Organisation(t.Context(), "9919990011")
	require.NoError(t, err)
	clock, err := w.Clock(t.Context())
	require.NoError(t, err)
	desk := w.Terminal("9919990011")
	taken, err := desk.TakeFile(t.Context(), "OQSsiquc01")
	require.NoError(t, err)
	require.True(t, clock.Now.Equal(taken.Now))
	require.Equal(t, institution.Token, taken.Token)
	require.Nil(t, taken.Fault)

	scripted, err := w.ScriptFault(t.Context(), world.Fault{System: world.Files, File: "locked", Delay: "3s"})
	require.NoError(t, err)
	taken, err = desk.TakeFile(t.Context(), "face")
	require.NoError(t, err)
	require.Equal(t, &world.FileFault{ID: scripted.ID, File: "locked", Delay: "3s"}, taken.Fault)

	_, err = desk.TakeFile(t.Context(), "OQSsiquc99")
	require.ErrorContains(t, err, "body.message")
	_, err = w.Terminal("9910020099").TakeFile(t.Context(), "face")
	require.ErrorContains(t, err, "SIM-ORG-404")
}

func TestTerminalTakesCards(t *testing.T) {
	t.Parallel()
	desk, ctx := start(t).base(t).Terminal("9919990011"), t.Context()
	none, err := desk.Waiting(ctx, 0)
	require.NoError(t, err)
	require.Empty(t, none)
	came := make(chan []world.Presentation, 1)
	go func() {
		waiting, _ := desk.Waiting(ctx, 5*time.Second)
		came <- waiting
	}()
	made, err := desk.Present(ctx, world.PresentedCard{CardSerial: "card", Verification: world.Verification{Method: world.VerifyFace, Match: true}, Consents: world.Consents{Checkups: true}})
	require.NoError(t, err)
	require.Equal(t, world.PresentationWaiting, made.Status)
	require.Equal(t, []string{made.ID}, ids(<-came))

	ended := make(chan world.Presentation, 1)
	go func() {
		told, _ := desk.Presentation(ctx, made.ID, 5*time.Second)
		ended <- told
	}()
	outcome := world.PresentationOutcome{Status: world.PresentationRead, File: "face.xml"}
	end, err := desk.End(ctx, made.ID, outcome)
	require.NoError(t, err)
	require.Equal(t, end, <-ended)
	require.Equal(t, []string{world.PresentationRead, "face.xml"}, []string{end.Status, end.File})
	_, err = desk.End(ctx, made.ID, outcome)
	require.ErrorContains(t, err, "SIM-READER-409")
	_, err = desk.Presentation(ctx, "presentation-9", 0)
	require.ErrorContains(t, err, "SIM-READER-404")
}

func ids(presentations []world.Presentation) (ids []string) {
	for _, p := range presentations {
		ids = append(ids, p.ID)
	}
	return ids
}
