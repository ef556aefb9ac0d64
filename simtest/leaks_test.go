package simtest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/simtest"
)

// TestNoLeaks: by the certificate an institution gets the insurer's name (P10-2) and never the address (P12-5).
func TestNoLeaks(t *testing.T) {
	t.Parallel()
	w := simtest.Run(t).World()
	line, err := at(t, w).check(t.Context(), hanako)
	require.NoError(t, err)
	w.NoLeaks(t, "institution", strings.NewReader(line+"\n架空協会けんぽ"))

	address := w.Person(t, "hanako").Members[0].Address
	log := "start\nprinted " + address + "\n"
	f := recording(t, func(t *fake) { w.NoLeaks(t, "institution", strings.NewReader(log)) })
	require.Contains(t, f.errors, "line 2, column 9: address of hanako: \""+address+"\"")
	w.NoLeaks(t, "insurer", strings.NewReader(log))

	f = recording(t, func(t *fake) { w.NoLeaks(t, "hospital", strings.NewReader(log)) })
	require.Contains(t, f.fatal, `no place "hospital"; the places are insurer, agency, mynaportal, institution`)
}
