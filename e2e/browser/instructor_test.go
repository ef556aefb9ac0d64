package browser_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/e2e/process"
)

// instructor sits at the console, with the world default.
type instructor struct{ *tab }

// visitingInstructor is an instructor who has given the world an exercise, by a part of its title.
func visitingInstructor(t *testing.T, s *process.Simulator, exercise string) instructor {
	t.Helper()
	i := instructor{console(t, s)}
	i.goTo("演習")
	i.fill("演習・シナリオ", exercise)
	i.click("始める")
	i.see("次の手順を行う")
	return i
}

// goTo opens a page about the world.
func (i instructor) goTo(page string) {
	i.Helper()
	i.open("/")
	i.click("default")
	if page != "" {
		i.click(page)
	}
}

func (i instructor) setClock(date, time string) {
	i.Helper()
	i.goTo("")
	i.fill("日付", date)
	i.fill("時刻", time)
	i.click("時計を合わせる")
	i.see(time + ":00")
}

// declareDisaster opens the disaster screens of an area, fail those of an institution; recover closes them.
func (i instructor) declareDisaster(area string) {
	i.Helper()
	i.goTo("モード")
	i.fill("モード", "大規模災害")
	i.fill("大規模災害: 画面が開く地域(選ばなければすべて)", area)
	i.click("モードを変える")
}

func (i instructor) fail(institution string) {
	i.Helper()
	i.goTo("モード")
	i.fill("モード", "システム障害")
	i.fill("システム障害: 画面が開く医療機関・薬局(選ばなければすべて)", institution)
	i.click("モードを変える")
}

func (i instructor) recover() {
	i.Helper()
	i.goTo("モード")
	i.fill("モード", "通常")
	i.click("モードを変える")
}

// playsTheNextStep does the step that is next, whose title has a part.
func (i instructor) playsTheNextStep(title string) {
	i.Helper()
	i.goTo("演習")
	i.click("次の手順を行う: " + title)
}

var counts = regexp.MustCompile(`受講者の手順 (\d+)のうち、できた (\d+)、結果が違う 0、順番が違う \d、忘れている 0`)

// seesNothingForgotten looks at the exercise when it is done.
func (i instructor) seesNothingForgotten() {
	i.Helper()
	i.goTo("演習")
	require.Regexp(i, counts, i.text())
}
