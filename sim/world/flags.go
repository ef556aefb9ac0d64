package world

import (
	"context"
	"maps"
	"slices"
	"time"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
)

// itemByCode are the specific personal informations (特定個人情報) for which flags can be set and inquiries made.
var itemByCode = map[string]disclosure.Item{
	disclosure.Eligibility.String(): disclosure.Eligibility,
	disclosure.Benefits.String():    disclosure.Benefits,
	disclosure.CheckupItem.String(): disclosure.CheckupItem,
}

// inForce are the flags as the rule core sees them.
func (f *Flags) inForce() disclosure.Flags {
	flags := disclosure.Flags{Whole: flagSet(f.NonDisclosure, f.SelfInformationBlocked)}
	if len(f.Items) > 0 {
		flags.ByItem = make([]disclosure.Flag, disclosure.AnyItem)
		for _, item := range f.Items {
			flags.ByItem[itemByCode[item.Item]] |= flagSet(item.NonDisclosure, item.SelfInformationBlocked)
		}
	}
	return flags
}

func flagSet(nonDisclosure, selfInformationBlocked bool) (set disclosure.Flag) {
	if nonDisclosure {
		set |= disclosure.NonDisclosure
	}
	if selfInformationBlocked {
		set |= disclosure.SelfInformationBlocked
	}
	return set
}

// FlagChange is one act of the insurer on a member's flags, on record with date and reason (P15-3).
type FlagChange struct {
	At        time.Time
	AppliedOn string // when the member applied for it
	Reason    string
	Change    FlagSetting
}

// FlagSetting is what an insurer sets or lifts; nil leaves the flag as it is.
type FlagSetting struct {
	NonDisclosure          *bool    `json:"nonDisclosure"`
	SelfInformationBlocked *bool    `json:"selfInformationBlocked"`
	Items                  []string `json:"items"` // codes of specific personal information; none: the branch number as a whole
}

// SetFlags sets or lifts flags of an insurer's own member (P6-1, P6-6, P15-3).
func (w *World) SetFlags(ctx context.Context, insurerNumber, personalInsuredNumber string, setting FlagSetting, appliedOn, reason string) error {
	if setting.NonDisclosure == nil && setting.SelfInformationBlocked == nil {
		return problem.BadField("body", "must hold nonDisclosure or selfInformationBlocked, or both")
	}
	target, err := w.OwnMember(ctx, insurerNumber, personalInsuredNumber)
	if err != nil {
		return err
	}
	return w.do(ctx, target.Person.Ordinal, func(s *State, now time.Time) ([]change, error) {
		if _, err := s.ownMember(s.look(ctx, now), insurerNumber, personalInsuredNumber); err != nil {
			return nil, err
		}
		setting.Items = present(setting.Items)
		return []change{&flagsSet{personalInsuredNumber, appliedOn, reason, setting}}, nil
	})
}

type flagsSet struct {
	PersonalInsuredNumber string      `json:"personalInsuredNumber"`
	AppliedOn             string      `json:"appliedOn"`
	Reason                string      `json:"reason"`
	Setting               FlagSetting `json:"setting"`
}

func (e *flagsSet) apply(s *State, at time.Time) {
	s.edit(s.found(byPersonalInsuredNumber, e.PersonalInsuredNumber), func(p *Insured) {
		p.Members = slices.Clone(p.Members)
		m := &p.Members[p.Membership(e.PersonalInsuredNumber)]
		m.Flags = m.Flags.with(e.Setting)
		p.Memberships = memberships(p.Members)
		p.note(e.PersonalInsuredNumber, FlagChange{at, e.AppliedOn, e.Reason, e.Setting})
	})
}

// with gives the flags in force after a setting. Flags of single items and of the branch number as a whole are lifted
// each by itself; an item with nothing left is dropped.
func (f Flags) with(setting FlagSetting) Flags {
	if len(setting.Items) == 0 {
		setTo(&f.NonDisclosure, setting.NonDisclosure)
		setTo(&f.SelfInformationBlocked, setting.SelfInformationBlocked)
		return f
	}
	items := slices.Clone(f.Items)
	for _, code := range setting.Items {
		at := slices.IndexFunc(items, func(i ItemFlags) bool { return i.Item == code })
		if at < 0 {
			at = len(items)
			items = append(items, ItemFlags{Item: code})
		}
		setTo(&items[at].NonDisclosure, setting.NonDisclosure)
		setTo(&items[at].SelfInformationBlocked, setting.SelfInformationBlocked)
	}
	f.Items = slices.DeleteFunc(items, func(i ItemFlags) bool { return !i.NonDisclosure && !i.SelfInformationBlocked })
	return f
}

func setTo(flag, value *bool) {
	if value != nil {
		*flag = *value
	}
}

// note puts a change on record.
func (p *Insured) note(personalInsuredNumber string, change FlagChange) {
	p.FlagHistory = maps.Clone(p.FlagHistory)
	p.FlagHistory[personalInsuredNumber] = append(p.FlagHistory[personalInsuredNumber], change)
}

// noteFlags puts on record what a person document changes of the flags: of the branch number as a whole, and of each item.
func (p *Insured) noteFlags(former *Insured, at time.Time) {
	for i := range p.Members {
		m := &p.Members[i]
		var before Flags
		if former != nil {
			if own := former.Membership(m.PersonalInsuredNumber); own >= 0 {
				before = former.Members[own].Flags
			}
		}
		p.noteSettings(m.PersonalInsuredNumber, before.settingsTo(&m.Flags), at)
	}
	if former == nil {
		return
	}
	for i := range former.Members {
		if m := &former.Members[i]; p.Membership(m.PersonalInsuredNumber) < 0 {
			p.noteSettings(m.PersonalInsuredNumber, m.Flags.settingsTo(&Flags{}), at)
		}
	}
}

func (p *Insured) noteSettings(personalInsuredNumber string, settings []FlagSetting, at time.Time) {
	for _, setting := range settings {
		p.note(personalInsuredNumber, FlagChange{At: at, AppliedOn: string(DateOf(at)), Reason: "人の文書による設定", Change: setting})
	}
}

// settingsTo are the acts that lead from these flags to others.
func (f *Flags) settingsTo(others *Flags) (settings []FlagSetting) {
	add := func(before, after ItemFlags, items []string) {
		setting := FlagSetting{
			difference(before.NonDisclosure, after.NonDisclosure),
			difference(before.SelfInformationBlocked, after.SelfInformationBlocked), items,
		}
		if setting.NonDisclosure != nil || setting.SelfInformationBlocked != nil {
			settings = append(settings, setting)
		}
	}
	add(ItemFlags{"", f.NonDisclosure, f.SelfInformationBlocked}, ItemFlags{"", others.NonDisclosure, others.SelfInformationBlocked}, []string{})
	for _, code := range []string{"eligibility", "benefits", "checkups"} {
		add(f.item(code), others.item(code), []string{code})
	}
	return settings
}

// item is the flags of one item, in force for it alone.
func (f *Flags) item(code string) (found ItemFlags) {
	for _, item := range f.Items {
		if item.Item == code {
			found.NonDisclosure = found.NonDisclosure || item.NonDisclosure
			found.SelfInformationBlocked = found.SelfInformationBlocked || item.SelfInformationBlocked
		}
	}
	return found
}

// difference is the value that a flag is set to, nil if it stays.
func difference(before, after bool) *bool {
	if before == after {
		return nil
	}
	return &after
}
