package picture

import (
	"fmt"
	"time"

	"onshisim/sim/world"
)

// axis lays time on a line.
type axis struct {
	from, to    time.Time
	left, right int
}

// axisOf is long enough for all that is known of a person: memberships and acts on flags, past and to come.
func axisOf(p *world.Insured, now time.Time, left, right int) axis {
	a := axis{now.AddDate(-1, 0, 0), now, left, right}
	include := func(t time.Time) {
		if t.IsZero() {
			return
		}
		if t.Before(a.from) {
			a.from = t
		}
		if t.After(a.to) {
			a.to = t
		}
	}
	for i := range p.Members {
		include(dayOf(p.Members[i].QualificationDate))
		include(dayOf(p.Members[i].DisqualificationDate))
		for _, change := range p.FlagHistory[p.Members[i].PersonalInsuredNumber] {
			include(change.At)
		}
	}
	return a
}

// dayOf is the beginning of a day; zero for none.
func dayOf(date string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, date, world.JST)
	if err != nil {
		return time.Time{}
	}
	return t
}

// x is where a time stands; what lies beyond the ends stands at them.
func (a axis) x(t time.Time) int {
	share := float64(t.Sub(a.from)) / float64(a.to.Sub(a.from))
	return a.left + int(min(1, max(0, share))*float64(a.right-a.left))
}

// tick is a mark on the axis.
type tick struct {
	x    int
	word string
}

// ticks are the beginnings of years, or of months where the axis is short.
func (a axis) ticks() (marks []tick) {
	const most, monthsOfYear = 9, 12
	months := int(a.to.Sub(a.from).Hours() / (24 * 30))
	step := 0
	for _, step = range []int{1, 2, 3, 6, 12, 24, 60, 120, 240} {
		if months/step <= most {
			break
		}
	}
	first := a.from.In(world.JST)
	count := first.Year()*monthsOfYear + int(first.Month()) // of the month after the first
	for count = (count + step - 1) / step * step; ; count += step {
		at := time.Date(count/monthsOfYear, time.Month(count%monthsOfYear+1), 1, 0, 0, 0, 0, world.JST)
		if at.After(a.to) {
			return marks
		}
		word := fmt.Sprintf("%d年", at.Year())
		if step < monthsOfYear {
			word += fmt.Sprintf("%d月", at.Month())
		}
		marks = append(marks, tick{a.x(at), word})
	}
}
