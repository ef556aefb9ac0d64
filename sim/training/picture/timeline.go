package picture

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"
	"time"

	"onshisim/sim/explain"
	"onshisim/sim/world"
)

// timelineView is a person's memberships and flags over time, and whose flag counts now.
type timelineView struct {
	Drawing drawing
	Members []membership
	Effects []effect
	Facts   []string // the drawing in words
	Changes []string // acts on the flags, with their reasons
}

// Timeline draws a person's memberships in the order of registration (A, B, C), each with the times during which its flags were
// set, up to the moment of the look; and beside it whose flag counts for what then (P13).
func Timeline(p *world.Insured, look world.Look) template.HTML {
	rows := explain.Of(p, look)
	v := timelineView{Members: legend(rows, NamesOf(p))}
	v.Effects = effectsOf(rows, v.Members)
	if latest := look.Latest(p); latest >= 0 {
		for i := range v.Effects {
			if v.Effects[i].Whose == "最新の保険者" {
				v.Effects[i].Whose += "(" + letter(latest) + ")"
			}
		}
	}
	v.draw(p, look.Now)
	return render("timeline", &v)
}

// The measures of the drawing.
const (
	timelineWidth = 1000
	axisLeft      = 230
	axisRight     = 900
	axisTop       = 46
	laneHeight    = 92
	barHeight     = 26
	flagHeight    = 12
	flagStep      = 22
)

func (v *timelineView) draw(p *world.Insured, now time.Time) {
	d := &v.Drawing
	d.Title, d.Desc = "資格とフラグの時間軸", fmt.Sprintf("資格%d件。現在は%s。", len(p.Members), day(now))
	bottom := axisTop + 16 + laneHeight*max(1, len(p.Members))
	d.Width, d.Height = timelineWidth, bottom+10
	a := axisOf(p, now, axisLeft, axisRight)
	for _, mark := range a.ticks() {
		d.line("tick", mark.x, axisTop, mark.x, bottom)
		d.text("soft", "middle", mark.x, axisTop-6, mark.word)
	}
	for own := range p.Members {
		v.lane(&p.Members[own], p.FlagHistory[p.Members[own].PersonalInsuredNumber], own, a, now)
	}
	d.line("now", a.x(now), axisTop-18, a.x(now), bottom)
	d.text("nowWord", "middle", a.x(now), 16, "現在 "+day(now))
}

// lane draws a membership and, under it, its flags.
func (v *timelineView) lane(m *world.Member, history []world.FlagChange, own int, a axis, now time.Time) {
	d, y := &v.Drawing, axisTop+16+own*laneHeight
	name := letter(own) + " " + cmp.Or(m.InsurerName, m.InsurerNumber)
	d.text("lane", "start", 8, y+19, fitting(name, axisLeft-24))
	from, to := dayOf(m.QualificationDate), dayOf(m.DisqualificationDate)
	if from.IsZero() {
		from = a.from
	}
	words := day(from) + "〜" + m.DisqualificationDate
	if to.IsZero() {
		v.fade("member", y, barHeight, max(a.x(from), a.x(now)))
		to = now
	} else {
		words += " 喪失"
	}
	d.rect("member", a.x(from), y, a.x(to)-a.x(from), barHeight)
	v.beside(a.x(from), a.x(to), y+18, words)
	fact := name + " 資格 " + words
	for i, flag := range []one{nonDisclosure, selfInformationBlocked} {
		class, word := [...]string{"flagN", "flagS"}[i], flagWord(i)
		periods := periodsOf(m, history, flag, from)
		fact += "。" + word + " " + strings.Join(v.flags(class, word, y+barHeight+8+i*flagStep, periods, a, now), "、")
	}
	v.Facts = append(v.Facts, fact)
	for _, change := range history {
		v.Changes = append(v.Changes, letter(own)+" "+act(&change))
	}
}

// flagWord names the flag of one of a lane's two bars.
func flagWord(bar int) string {
	return explain.FlagWords[[...]string{"nonDisclosure", "selfInformationBlocked"}[bar]][0]
}

// flags draws the bar of one flag, and tells its times.
func (v *timelineView) flags(class, word string, y int, periods []period, a axis, now time.Time) (told []string) {
	d := &v.Drawing
	d.text("flagWord", "end", axisLeft-12, y+11, word)
	d.line("base", axisLeft, y+flagHeight/2, a.x(now), y+flagHeight/2)
	for _, f := range periods {
		times, to, barClass := day(f.From)+"〜", f.To, class
		if f.Item != "" {
			times, barClass = explain.InformationWords[f.Item][0]+"だけ "+times, class+" item"
		}
		if to.IsZero() {
			to = now
			v.fade(barClass, y, flagHeight, a.x(now))
		} else {
			times += day(to)
		}
		d.rect(barClass, a.x(f.From), y, max(4, a.x(to)-a.x(f.From)), flagHeight)
		told = append(told, times)
	}
	if len(told) == 0 {
		return []string{"設定なし"}
	}
	last := periods[len(periods)-1]
	if last.To.IsZero() {
		last.To = now
	}
	v.beside(a.x(last.From), a.x(last.To), y+11, told[len(told)-1])
	return told
}

// fade lets a bar that goes on beyond the present end in ever weaker pieces.
func (v *timelineView) fade(class string, y, height, x int) {
	for i := range 3 {
		v.Drawing.rect(fmt.Sprintf("%s fade%d", class, i+1), x+i*12, y, 10, height)
	}
}

// beside writes a text within a bar, or else to its left or right.
func (v *timelineView) beside(x1, x2, y int, text string) {
	const gap = 6
	switch width := wide(text); {
	case width+2*gap <= x2-x1 && y%laneHeight == (axisTop+16+18)%laneHeight: // thin bars have no room within
		v.Drawing.text("inside", "start", x1+gap, y, text)
	case x1-gap-width >= axisLeft:
		v.Drawing.text("outside", "end", x1-gap, y, text)
	default:
		v.Drawing.text("outside", "start", x2+gap, y, text)
	}
}

func day(t time.Time) string { return t.In(world.JST).Format(time.DateOnly) }

// act tells one act on a member's flags (P15-3).
func act(change *world.FlagChange) string {
	var done []string
	for i, flag := range []one{nonDisclosure, selfInformationBlocked} {
		if value := flag(change.Change); value != nil {
			verb := "解除"
			if *value {
				verb = "設定"
			}
			done = append(done, flagWord(i)+"を"+verb)
		}
	}
	var only []string
	for _, item := range change.Change.Items {
		only = append(only, explain.InformationWords[item][0])
	}
	text := day(change.At) + " " + strings.Join(done, "、")
	if len(only) > 0 {
		text += "(" + strings.Join(only, "・") + "だけ)"
	}
	return text + " 申出 " + cmp.Or(change.AppliedOn, "–") + " 理由 " + cmp.Or(change.Reason, "–")
}
