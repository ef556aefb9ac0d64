package picture

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"onshisim/sim/journal"
)

// sequenceView is one request's way through the systems.
type sequenceView struct {
	Drawing         drawing
	Heading, Mutant string
	Steps           []string   // the drawing in words
	Decisions       []decision // all of them
	Stopped         string
}

// Sequence draws one request's way through the national systems: the messages in order, what was decided, and where it ended.
// The way is that of the real systems (P11-1 for the initial registration), also where the simulator is one process.
func Sequence(r *journal.Record, names Names) template.HTML {
	v := sequenceView{Heading: fmt.Sprintf("%s #%d %s", asked(r), r.Number, strings.Replace(strings.TrimSuffix(r.At, "+09:00"), "T", " ", 1)), Mutant: r.Mutant}
	for i := range r.Decisions {
		v.Decisions = append(v.Decisions, decided(r, &r.Decisions[i], names))
	}
	w := wayOf(r)
	s := stopOf(r, w, names)
	v.Stopped = s.reason
	v.draw(r, w, s)
	return render("sequence", &v)
}

// The measures of the drawing.
const (
	lifelineStep = 190
	margin       = 100
	headHeight   = 46
	stepHeight   = 44
	noteHeight   = 20
	mostNotes    = 6
)

// scene draws a way on its lifelines.
type scene struct {
	*sequenceView
	at map[lifeline]int // where each stands
	y  int              // how far down the way is drawn
}

func (v *sequenceView) draw(r *journal.Record, w way, s stop) {
	on := scene{v, map[lifeline]int{}, headHeight + 20}
	var heads, names []string
	for _, l := range lifelines {
		if slices.ContainsFunc(w, func(m message) bool { return m.from == l.of || m.to == l.of }) {
			on.at[l.of] = margin + lifelineStep*len(heads)
			heads, names = append(heads, l.name), append(names, l.of.String())
		}
	}
	d := &v.Drawing
	d.Width = max(760, 2*margin+lifelineStep*(len(heads)-1))
	d.Title, d.Desc = v.Heading, strings.Join(names, "、")+"の順に並ぶ。"
	on.messages(r, w, s)
	d.Height = on.y + 8
	on.behind(heads)
}

// messages draws a way from above, with what was decided at its place; a way without one has it where it ended.
func (on *scene) messages(r *journal.Record, w way, s stop) {
	last, noted := len(w)-1, len(on.Decisions) == 0
	note := func(at lifeline, step int) {
		if at != 0 && !noted && step <= s.step {
			on.notes(on.at[at])
			noted = true
		}
	}
	for step := range w {
		m := &w[step]
		if m.decides == m.from {
			note(m.decides, step)
		}
		switch {
		case step == s.step:
			on.stopped(m, s.reason)
		case step == last:
			on.answer(m, r, s)
		case step > s.step:
			on.never(m)
		default:
			on.arrow("message", m, m.text)
			on.Steps = append(on.Steps, told(m)+" ○")
		}
		note(m.decides, step)
		if step == s.step {
			note(m.to, step)
		}
	}
	note(w[last].from, last)
}

// behind draws the lifelines, as long as the rest has made them, below everything else.
func (on *scene) behind(heads []string) {
	d := &on.Drawing
	front := d.Shapes
	d.Shapes = nil
	for i, head := range heads {
		x := margin + lifelineStep*i
		d.line("lifeline", x, headHeight, x, d.Height-4)
		d.rect("head", x-88, 4, 176, headHeight-8)
		if first, second, long := strings.Cut(head, "|"); long {
			d.text("headWord", "middle", x, 20, first)
			d.text("headWord", "middle", x, 36, second)
		} else {
			d.text("headWord", "middle", x, 28, head)
		}
	}
	d.Shapes = append(d.Shapes, front...)
}

func told(m *message) string { return fmt.Sprintf("%v → %v %s", m.from, m.to, m.text) }

// arrow draws a message with its words above.
func (on *scene) arrow(class string, m *message, text string) {
	d, from, to, y := &on.Drawing, on.at[m.from], on.at[m.to], on.y+26
	tip := 9
	if to < from {
		tip = -9
	}
	on.words(class+"Word", min(from, to), max(from, to), y-7, text)
	d.line(class, from, y, to-tip, y)
	d.path(class+"Tip", fmt.Sprintf("M%d %dl%d -5v10z", to, y, -tip))
	on.y += stepHeight
}

// words stand from the left end of an arrow on, or up to its right end, where there is more room; if there is too little, they
// keep to the canvas.
func (on *scene) words(class string, left, right, y int, text string) {
	const edge = 6
	text = fitting(text, on.Drawing.Width-2*edge)
	switch most := on.Drawing.Width - edge - wide(text); {
	case left+right <= on.Drawing.Width:
		on.Drawing.text(class, "start", max(edge, min(left+8, most)), y, text)
	case right-8-wide(text) < edge:
		on.Drawing.text(class, "start", edge, y, text)
	default:
		on.Drawing.text(class, "end", right-8, y, text)
	}
}

// never draws a message that was not sent any more.
func (on *scene) never(m *message) {
	on.arrow("never", m, m.text+"(行われない)")
	on.Steps = append(on.Steps, told(m)+" – 行われない")
}

// stopped draws the message at which the way ends: who decides on a message that it sends does not send it.
func (on *scene) stopped(m *message, reason string) {
	x := on.at[m.to]
	if m.decides == m.from {
		x = on.at[m.from]
		on.arrow("never", m, m.text)
	} else {
		on.arrow("message", m, m.text)
	}
	on.Drawing.path("cross", fmt.Sprintf("M%d %dl18 18m0 -18l-18 18", x-9, on.y-stepHeight+17))
	on.words("crossWord", x+8, x, on.y+8, "× "+reason)
	on.y += noteHeight + 6
	on.Steps = append(on.Steps, told(m)+" × ここで止まる: "+reason)
}
