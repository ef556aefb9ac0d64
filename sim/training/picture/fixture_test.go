package picture_test

import (
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// The insurers that the persons of these tests pass through, in the order A, B, C.
var insurers = []world.Insurer{
	{InsurerNumber: "06990014", InsurerName: "架空健康保険組合"},
	{InsurerNumber: "01990019", InsurerName: "架空協会けんぽ"},
	{InsurerNumber: "990010", InsurerName: "架空県仮想市国民健康保険"},
}

// moved is a world with the person of page 13's example, who went from A to B to C.
func moved(t *testing.T) *world.World {
	t.Helper()
	return worldOf(t, insurers)
}

func worldOf(t *testing.T, insurers []world.Insurer) *world.World {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) }, Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	member := func(own int, number, from, to string) world.Member {
		return world.Member{PersonalInsuredNumber: number, Eligibility: world.Eligibility{
			InsurerNumber: insurers[own].InsurerNumber, QualificationDate: from, DisqualificationDate: to,
		}}
	}
	w, err := worlds.Create(t.Context(), "class", &world.Document{
		Seed: 1, Now: "2021-04-01T09:00:00+09:00", Insurers: insurers,
		Persons: []world.Person{{ID: "sachiko", Members: []world.Member{
			member(0, "at-a", "2012-04-01", "2018-04-01"), member(1, "at-b", "2018-04-01", "2020-10-01"), member(2, "at-c", "2020-10-01", ""),
		}}, {ID: "nashi"}},
	})
	require.NoError(t, err)
	return w
}

var on, off = true, false

// set sets or lifts flags at an insurer on a day of the world.
func set(t *testing.T, w *world.World, day, number string, setting world.FlagSetting) {
	t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, day, world.JST)
	require.NoError(t, err)
	require.NoError(t, w.SetClock(t.Context(), at))
	insurer := map[string]string{"at-a": insurers[0].InsurerNumber, "at-b": insurers[1].InsurerNumber, "at-c": insurers[2].InsurerNumber}[number]
	require.NoError(t, w.SetFlags(t.Context(), insurer, number, setting, day, "本人の申出"))
}

func person(t *testing.T, w *world.World, id string) *world.Insured {
	t.Helper()
	p, known := w.Person(id)
	require.True(t, known)
	return p
}

// What the pictures are made of: nothing that runs, loads or brings looks of its own.
var (
	elements = strings.Fields("section div p ul ol li b strong small span table caption thead tbody tr th td details summary " +
		"svg title desc path text rect")
	attributes = strings.Fields("class scope colspan tabindex role aria-label width height viewBox d x y rx text-anchor")
)

// sound checks that a picture fits a page under a strict Content-Security-Policy, is well-formed, and tells those who don't
// see it what it is; it gives the picture's texts in their order, joined by spaces.
func sound(t *testing.T, picture template.HTML) string {
	t.Helper()
	drawings := strings.Count(string(picture), "<svg ")
	require.Equal(t, drawings, strings.Count(string(picture), `<svg role="img"`))
	require.Equal(t, drawings, strings.Count(string(picture), "</title><desc>"))
	var texts []string
	for decoder := xml.NewDecoder(strings.NewReader(string(picture))); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return strings.Join(texts, " ")
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			require.Contains(t, elements, token.Name.Local)
			for _, attribute := range token.Attr {
				require.Contains(t, attributes, attribute.Name.Local)
			}
		case xml.CharData:
			if words := strings.Fields(string(token)); len(words) > 0 {
				texts = append(texts, strings.Join(words, " "))
			}
		}
	}
}
