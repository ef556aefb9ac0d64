package population

// FlagChange is an act of an insurer on the flags of a member, on record with date and reason (P15-3).
type FlagChange struct {
	At        string // RFC 3339, +09:00
	AppliedOn string // date
	Reason    string

	NonDisclosure, SelfInformationBlocked *bool // what was set or lifted; nil: left as it was
}

// flagAct is what an insurer does in one step of P15-1.
type flagAct struct {
	reason string
	change func() (nonDisclosure, selfInformationBlocked *bool)
}

var flagActs = [...]flagAct{
	{"DV等の被害の申出による設定", func() (_, _ *bool) { return new(true), new(true) }},
	{"マイナンバーカードの再発行を受けた本人の申出による解除", func() (_, _ *bool) { return nil, new(false) }},
	{"本人の申出による解除", func() (_, _ *bool) { return new(false), nil }},
}

// flagDays are the days on which the acts were done on one membership; as many of them as have been.
type flagDays struct {
	days  [len(flagActs)]day
	count int
}

// flagDays tells what was done on a membership. Who fled as a dependant had flags set at the insurer of that time and at
// the one after it, who fled as an insured at the insurer of that time.
func (f *flight) flagDays(m *memberships, which int) (d flagDays) {
	isLast, set, stage := which == m.count-1, f.flagged, f.stage
	switch at, _ := m.on(f.flagged); {
	case f.kind == noFlight, f.kind == asInsured && which != at, which < m.count-2 && f.kind == asDependant:
		return d
	case f.kind == asDependant && isLast:
		set = f.joins
	}
	if stage == formerStands {
		if stage = bothFlags; isLast {
			stage = allLifted
		}
	}
	d.add(max(set, m.all[which].from))
	if stage >= selfLifted && f.lifted > d.days[0] && f.lifted <= lastFlagAct {
		d.add(f.lifted)
		if stage == allLifted && f.closed <= lastFlagAct {
			d.add(f.closed)
		}
	}
	return d
}

func (d *flagDays) add(on day) {
	d.days[d.count] = on
	d.count++
}

// inForce are the flags after the last act.
func (d *flagDays) inForce() (nonDisclosure, selfInformationBlocked bool) {
	return d.count == 1 || d.count == 2, d.count == 1
}

// writeFlags writes the history of a membership's flags.
func (t *text) writeFlags(d *flagDays) []FlagChange {
	if d.count == 0 {
		return nil
	}
	history := make([]FlagChange, d.count)
	for i := range history {
		act := &flagActs[i]
		applied := t.writeDay(d.days[i])
		t.write(applied)
		t.write("T")
		t.writeDigits(9+mix(uint64(d.days[i]))%8, 2)
		t.write(":30:00+09:00")
		history[i] = FlagChange{At: t.end(), AppliedOn: applied, Reason: act.reason}
		history[i].NonDisclosure, history[i].SelfInformationBlocked = act.change()
	}
	return history
}
