package console_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/scenario"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/room"
)

func class(prefix, number string) url.Values {
	return url.Values{"prefix": {prefix}, "number": {number}, "scenario": {"flows/p15-steps"}}
}

// TestAClassIsMadeInOneClick: 40 worlds whose entry codes nobody can guess who knows another's, or the scenario's own tokens.
func TestAClassIsMadeInOneClick(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	require.Equal(t, "/console/class?done=class&class=spring", s.post("/console/classes", class("spring", "40")))

	codes := map[string]string{}
	for i := range 40 {
		name := fmt.Sprintf("spring-%02d", i+1)
		w, err := s.worlds.World(t.Context(), name)
		require.NoError(t, err)
		code := room.EntryCode(w)
		require.Empty(t, codes[code])
		codes[code] = name
		assigned, ok := lesson.Assigned(w)
		require.True(t, ok)
		require.Equal(t, "flows/p15-steps", assigned)
	}
	written, err := scenario.Load(few(t), "flows/p15-steps")
	require.NoError(t, err)
	require.NoError(t, s.worlds.Delete(t.Context(), "spring-01"))
	known, err := s.worlds.Create(t.Context(), "spring-01", &written.World)
	require.NoError(t, err)
	require.Empty(t, strings.Replace(codes[room.EntryCode(known)], "spring-01", "", 1), "no other world has the code of the known tokens")
	require.NotContains(t, codes, room.EntryCode(known))

	sheet := s.page("/console/sheet?class=spring")
	require.Equal(t, 40, strings.Count(sheet, "アドレス<br>"))
	require.Contains(t, sheet, "http://room.example:8080/w/spring-40/")
	require.Len(t, regexp.MustCompile(`<progress max="\d+" value="0"`).FindAllString(s.page("/console/class?class=spring"), -1), 39)
}

func TestAClassIsMadeAsAWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("spring-03")
	page := s.refuses("/console/classes", class("spring", "5"))
	require.Contains(t, page, `id="e-prefix">同じ名前の世界があります: spring-03。`)
	require.Contains(t, page, `value="spring"`, "the form keeps what was written")
	names, err := s.worlds.Names(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"spring-03"}, names)

	require.Contains(t, s.refuses("/console/classes", class("Spring 1", "5")), `id="e-prefix"`)
	require.Contains(t, s.refuses("/console/classes", class("s", "100")), `id="e-number"`)
	require.Contains(t, s.refuses("/console/classes", class("s", "many")), `id="e-number"`)
	require.Contains(t, s.refuses("/console/worlds", url.Values{"name": {"A b"}, "scenario": {"base"}}), `id="e-name"`)
	require.Contains(t, s.refuses("/console/worlds", url.Values{"name": {"spring-03"}, "scenario": {"base"}}), `id="e-name"`)
	s.refuses("/console/worlds", url.Values{"name": {"new"}, "scenario": {"no/such"}})
}

func TestAClassIsDeletedAfterAQuestion(t *testing.T) {
	t.Parallel()
	s := newSchool(t)
	s.trainee("other")
	s.post("/console/classes", class("spring", "3"))
	question := s.page("/console/deletion?class=spring")
	require.Contains(t, question, "3の世界を削除しますか")
	require.NotContains(t, question, "other")
	s.post("/console/deletion", url.Values{"world": {"spring-01", "spring-02", "spring-03", "gone"}})
	names, err := s.worlds.Names(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"other"}, names)
}
