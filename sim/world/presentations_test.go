package world

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/eventlog/eventlogtest"
)

// atReader is a world with an institution whose reader cards are put on.
func atReader(t *testing.T) (*World, func() Presentation) {
	t.Helper()
	w, err := registry(t, eventlog.NewMemory()).Create(context.Background(), "w", document())
	require.NoError(t, err)
	return w, func() Presentation {
		p, err := w.PresentCard(t.Context(), "9919990011", PresentedCard{CardSerial: "card-h", Verification: Verification{Method: VerifyStaff}})
		require.NoError(t, err)
		return p
	}
}

func TestCardsWaitOnTheReaderInTheirOrder(t *testing.T) {
	t.Parallel()
	w, present := atReader(t)
	first, second := present(), present()
	require.NotEqual(t, first.ID, second.ID)
	require.Equal(t, []Presentation{first, second}, w.Presentations("9919990011", PresentationWaiting))
	require.Empty(t, w.Presentations("9949990015", ""), "another institution has another reader")

	ended, err := w.EndPresentation(t.Context(), "9919990011", first.ID, PresentationOutcome{Status: PresentationRead, File: "f.xml"})
	require.NoError(t, err)
	require.Equal(t, []Presentation{second}, w.Presentations("9919990011", PresentationWaiting))
	found, err := w.Presentation("9919990011", first.ID)
	require.NoError(t, err)
	require.Equal(t, ended, found)

	_, err = w.EndPresentation(t.Context(), "9919990011", first.ID, PresentationOutcome{Status: PresentationRefused})
	require.ErrorContains(t, err, "read already")
	_, err = w.EndPresentation(t.Context(), "9919990011", "presentation-9", PresentationOutcome{Status: PresentationRead})
	require.ErrorContains(t, err, "SIM-READER-404")
	_, err = w.PresentCard(t.Context(), "9919990099", PresentedCard{CardSerial: "card-h", Verification: Verification{Method: VerifyStaff}})
	require.ErrorContains(t, err, "SIM-ORG-404")
	_, err = w.PresentCard(t.Context(), "9919990011", PresentedCard{CardSerial: "card-h", Verification: Verification{Method: VerifyPIN}})
	require.ErrorContains(t, err, "body.verification.pin")
}

// TestReplicasShareReaderAndFaults: a card put on the reader at one process is read at another, and both count files together.
func TestReplicasShareReaderAndFaults(t *testing.T) {
	t.Parallel()
	r, ctx := replicas(t, eventlogtest.Shared(), 2), t.Context()
	_, err := r[0].Create(ctx, "w", document())
	require.NoError(t, err)
	at := func(n int) *World {
		w, err := r[n].World(ctx, "w")
		require.NoError(t, err)
		return w
	}
	p, err := at(0).PresentCard(ctx, "9919990011", PresentedCard{CardSerial: "card-h", Verification: Verification{Method: VerifyStaff}})
	require.NoError(t, err)
	require.Equal(t, []Presentation{p}, at(1).Presentations("9919990011", PresentationWaiting))
	_, err = at(1).EndPresentation(ctx, "9919990011", p.ID, PresentationOutcome{Status: PresentationRead, File: "f.xml"})
	require.NoError(t, err)
	ended, err := at(0).Presentation("9919990011", p.ID)
	require.NoError(t, err)
	require.Equal(t, "f.xml", ended.File)

	_, err = at(0).ScriptFault(ctx, Fault{System: Files, Skip: 1, Count: 1, File: FileError})
	require.NoError(t, err)
	institution, _ := at(0).Organisation("9919990011")
	for n, strikes := range []bool{false, true, false, false} {
		taken, err := at(n%2).TakeFile(ctx, institution, FaceFile)
		require.NoError(t, err)
		require.Equal(t, strikes, taken.Fault != nil, "file %d of both", n+1)
	}
}

func TestCardsOnReadersAreBounded(t *testing.T) {
	t.Parallel()
	w, present := atReader(t)
	first := present()
	for range mostWaiting - 1 {
		present()
	}
	_, err := w.PresentCard(t.Context(), "9919990011", PresentedCard{CardSerial: "card-h", Verification: Verification{Method: VerifyStaff}})
	require.ErrorContains(t, err, "sim terminal")
	for range mostEnded + 1 {
		p := w.Presentations("9919990011", PresentationWaiting)[0]
		_, err := w.EndPresentation(t.Context(), "9919990011", p.ID, PresentationOutcome{Status: PresentationRead})
		require.NoError(t, err)
		present()
	}
	_, err = w.Presentation("9919990011", first.ID)
	require.ErrorContains(t, err, "SIM-READER-404", "the oldest outcome is forgotten")
	require.Len(t, w.Presentations("9919990011", PresentationRead), mostEnded)
	require.Len(t, w.Presentations("9919990011", PresentationWaiting), mostWaiting)
}
