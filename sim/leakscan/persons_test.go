package leakscan_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/leakscan"
)

func of(person string, kind leakscan.Kind, text string) leakscan.Item {
	return leakscan.Item{Person: person, Kind: kind, Text: text}
}

func TestOfOnePersonTheLongestItemAtAPlaceIsReported(t *testing.T) {
	t.Parallel()
	const town, house, room = "架空県幻市", "架空県幻市夢見町1", "架空県幻市夢見町1-2"
	tests := []struct {
		name  string
		items []leakscan.Item
		text  string
		want  []string // person and text
	}{
		{
			"of several that begin there",
			[]leakscan.Item{of("花子", leakscan.Address, room), of("花子", leakscan.AddressBeginning, town), of("花子", leakscan.ClinicName, house)},
			room,
			[]string{"花子 " + room},
		},
		{
			"but each person's own",
			[]leakscan.Item{of("花子", leakscan.Address, room), of("太郎", leakscan.AddressBeginning, town)},
			room,
			[]string{"花子 " + room, "太郎 " + town},
		},
		{
			"and each place",
			[]leakscan.Item{of("花子", leakscan.Address, room), of("花子", leakscan.AddressBeginning, town)},
			room + town,
			[]string{"花子 " + room, "花子 " + town},
		},
		{
			"an item within another of the same person is a part of it",
			[]leakscan.Item{of("花子", leakscan.Address, room), of("花子", leakscan.ClinicName, "市夢見町")},
			room,
			[]string{"花子 " + room},
		},
		{
			"a longer one that is part of a longer number doesn't count",
			[]leakscan.Item{of("花子", leakscan.InsurerNumber, "99130017"), of("花子", leakscan.Address, "9913-0")},
			"9913-001 7",
			[]string{"花子 99130017"},
		},
		{
			"a text of several persons is of each",
			[]leakscan.Item{of("花子", leakscan.Address, room), of("太郎", leakscan.Address, "架空県幻市夢見町１－２")},
			room,
			[]string{"花子 " + room, "太郎 架空県幻市夢見町１－２"},
		},
		{
			"of beginnings that overlap the first counts",
			[]leakscan.Item{of("花子", leakscan.AddressBeginning, "架空県幻市夢見町１"), of("花子", leakscan.AddressBeginning, "幻市夢見町１－２")},
			"架空県幻市夢見町１－２",
			[]string{"花子 架空県幻市夢見町１"},
		},
		{
			"an item given twice is one",
			[]leakscan.Item{of("花子", leakscan.PostNumber, "000-0202"), of("花子", leakscan.PostNumber, "0000202")},
			"0000202",
			[]string{"花子 000-0202"},
		},
		{
			"a short address is its own beginning",
			[]leakscan.Item{of("花子", leakscan.AddressBeginning, town+" "), of("花子", leakscan.Address, town), of("花子", leakscan.AddressBeginning, town)},
			town,
			[]string{"花子 " + town},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			report, err := leakscan.New(tt.items).Scan(context.Background(), strings.NewReader(tt.text))
			require.NoError(t, err)
			got := []string{}
			for _, f := range report.Findings {
				got = append(got, f.Person+" "+f.Text)
			}
			assert.Equal(t, tt.want, got)
			assert.Equal(t, len(tt.want), report.Total)
			assert.False(t, report.Cut)
		})
	}
}

func TestItemsTooShortOrTooLongAreIgnored(t *testing.T) {
	t.Parallel()
	name := func(text string) leakscan.Item { return of("花子", leakscan.ClinicName, text) }
	scanner := leakscan.New([]leakscan.Item{
		name(""), name("架空県"), name("〒 1-2-3 -"), name("ｶﾞｷﾞｸﾞ"), name("架空県幻"), name("1234"), name(strings.Repeat("あ", 1000)), name(strings.Repeat("い", 1001)),
	})
	assert.Equal(t,
		[]leakscan.Item{name(""), name("架空県"), name("〒 1-2-3 -"), name("ｶﾞｷﾞｸﾞ"), name(strings.Repeat("い", 1001))}, scanner.Ignored())
	report, err := scanner.Scan(context.Background(), strings.NewReader("架空県 123 ガギグ 架空県幻 "+percent(strings.Repeat("あ", 1000))))
	require.NoError(t, err)
	assert.Equal(t, 2, report.Total)
	assert.Equal(t, []leakscan.Item{}, leakscan.New(nil).Ignored())
}

func TestAScannerWithoutItemsFindsNothing(t *testing.T) {
	t.Parallel()
	report, err := leakscan.New(nil).Scan(context.Background(), strings.NewReader(address))
	require.NoError(t, err)
	assert.Equal(t, leakscan.Report{Bytes: int64(len(address)), Findings: []leakscan.Finding{}}, report)
}
