package picture

import (
	"slices"
	"time"

	"onshisim/sim/world"
)

// period is a time during which a flag was set.
type period struct {
	From, To time.Time // To is zero while it is set
	Item     string    // the specific personal information that it is set for alone; empty: the branch number as a whole
}

// items are what a flag can be set for: the branch number as a whole, and each specific personal information (P6-1, P6-6).
var items = []string{"", "eligibility", "benefits", "checkups"}

// one picks one of the two flags of a setting.
type one func(world.FlagSetting) *bool

func nonDisclosure(s world.FlagSetting) *bool          { return s.NonDisclosure }
func selfInformationBlocked(s world.FlagSetting) *bool { return s.SelfInformationBlocked }

// settingOf are the flags in force for an item alone, or for the branch number as a whole, as the act that would set them.
func settingOf(flags *world.Flags, item string) world.FlagSetting {
	if item == "" {
		return world.FlagSetting{NonDisclosure: &flags.NonDisclosure, SelfInformationBlocked: &flags.SelfInformationBlocked}
	}
	var nonDisclosure, blocked bool
	for _, f := range flags.Items {
		if f.Item == item {
			nonDisclosure, blocked = f.NonDisclosure, f.SelfInformationBlocked
		}
	}
	return world.FlagSetting{NonDisclosure: &nonDisclosure, SelfInformationBlocked: &blocked}
}

// periodsOf are the times of one flag of a membership, from its history. A flag whose first act on record is that it was lifted,
// or that is in force without any, was set from the start.
func periodsOf(m *world.Member, history []world.FlagChange, flag one, start time.Time) (found []period) {
	for _, item := range items {
		var acts []world.FlagChange
		for _, change := range history {
			whole := len(change.Change.Items) == 0
			if flag(change.Change) != nil && (whole && item == "" || slices.Contains(change.Change.Items, item)) {
				acts = append(acts, change)
			}
		}
		found = append(found, periodsOfItem(acts, flag, item, start, *flag(settingOf(&m.Flags, item)))...)
	}
	return found
}

func periodsOfItem(acts []world.FlagChange, flag one, item string, start time.Time, inForce bool) (found []period) {
	set := inForce
	if len(acts) > 0 {
		set = !*flag(acts[0].Change)
	}
	since := start
	for _, act := range acts {
		switch now := *flag(act.Change); {
		case now && !set:
			since = act.At
		case !now && set:
			found = append(found, period{since, act.At, item})
		}
		set = *flag(act.Change)
	}
	if set {
		found = append(found, period{From: since, Item: item})
	}
	return found
}
