package protected_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/protected"
	"onshisim/sim/world"
)

// A34: what somebody without flags has too leads to nobody, in whatever width it is written; what two protected persons
// share leads to both; and with the flag goes the protection.
func TestOnlyWhatNobodyElseHasIsTraced(t *testing.T) {
	t.Parallel()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{Wall: time.Now, Seed: func() uint64 { return 1 }})
	require.NoError(t, err)
	member := func(address, postNumber string, flags world.Flags) []world.Member {
		return []world.Member{{Eligibility: world.Eligibility{InsurerNumber: "06990014", Address: address, PostNumber: postNumber}, Flags: flags}}
	}
	const own, ofTwo, ofAll = "架空県避難町かくれ里二丁目2番2号", "架空県避難町避難所三号棟十三", "架空県標準町一丁目１番１号"
	w, err := worlds.Create(t.Context(), "w", &world.Document{
		Insurers: []world.Insurer{{InsurerNumber: "06990014"}},
		Persons: []world.Person{
			{ID: "a", Address: own, PostNumber: "000-0202", Members: member(ofTwo, "000-0303", world.Flags{NonDisclosure: true})},
			{ID: "b", Address: ofTwo, PostNumber: "000-0303", Members: member(ofAll, "000-0101", world.Flags{SelfInformationBlocked: true})},
			{ID: "c", Address: "架空県標準町一丁目1番1号", PostNumber: "0000101", Members: member("", "", world.Flags{})},
		},
	})
	require.NoError(t, err)
	found := func(text string) (persons string) {
		report, err := protected.Scan(t.Context(), w, strings.NewReader(text))
		require.NoError(t, err)
		for _, f := range report.Findings {
			persons += f.Person
		}
		return persons
	}
	require.Equal(t, "a", found(own))
	require.Equal(t, "ab", found(ofTwo))
	require.Empty(t, found(ofAll), "a person without flags lives there too")
	require.Empty(t, found("06990014"), "and is insured there too")
	report, err := protected.Scan(t.Context(), w, strings.NewReader(""))
	require.NoError(t, err)
	require.Contains(t, report.Untraceable, protected.Untraceable{Person: "b", Kind: "address", Text: ofAll, Why: "shared"})

	a, _ := w.Person("a")
	document := a.Document()
	document.Members[0].Flags = world.Flags{}
	_, err = w.PutPerson(t.Context(), "a", document)
	require.NoError(t, err)
	require.Empty(t, found(own), "the flag is lifted")
	require.Empty(t, found(ofTwo), "who is protected no longer is one of the others")
}
