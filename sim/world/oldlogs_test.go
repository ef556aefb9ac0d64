package world

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
)

// oldLog opens a kept log; the files are never written anew, for what they hold is what users' files hold.
func oldLog(t *testing.T, file string) *World {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	w, err := registry(t, eventlog.NewMemory()).Import(context.Background(), "old", func(yield func([]byte, error) bool) {
		for line := range bytes.Lines(text) {
			if !yield(bytes.TrimSuffix(line, []byte("\n")), nil) {
				return
			}
		}
	})
	require.NoError(t, err)
	return w
}

func TestAnOldLogStillOpens(t *testing.T) {
	t.Parallel()
	w := oldLog(t, "testdata/events-v1.jsonl")
	hanako, _ := w.Person("hanako")
	require.Equal(t, "2021-04-01T10:00:00+09:00", Instant(w.Now()))
	require.Equal(t, Flags{NonDisclosure: true, Items: []ItemFlags{}}, hanako.Members[1].Flags)
	require.Len(t, hanako.FlagHistory["B-1"], 2)
	require.Equal(t, CardRevoked, hanako.Card("card-h").State())
	require.Equal(t, RegistrationCompleted, hanako.LastRegistration().Status)
	require.Empty(t, hanako.Proxies)
	require.True(t, hanako.ExchangeRecords[0].NonDisclosureCode)
	taro, _ := w.Person("taro")
	require.Equal(t, "A-9", taro.Members[0].PersonalInsuredNumber)
	require.Equal(t, RegistrationFailed, taro.LastRegistration().Status, "taro had no insurer when registration opened")
	require.Equal(t, ModeDisaster, w.Mode().Mode)
	presented := w.Presentations("9919990011", "")
	require.Len(t, presented, 1)
	require.Equal(t, PresentationRead, presented[0].Status)
	require.Equal(t, "4149", presented[0].Verification.PIN)
}

// Every kind of event in its present version stands in a kept log, so that none can change unnoticed.
func TestEveryKindOfEventIsKept(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/events-v1.jsonl")
	require.NoError(t, err)
	for _, k := range kinds {
		require.Contains(t, string(text), `"type":"`+k.name+`","version":1,`)
	}
}
