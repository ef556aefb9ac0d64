package scenario

import "slices"

// consentsToLook are the consents without which a look at what was read is refused, by the look.
var consentsToLook = map[string]string{"showMedicines": "medicines", "showCheckups": "checkups"}

// withheld are the consents that a card read is to go without, since a look at it is to be refused for that.
func (f *follower) withheld(i int) (names []string) {
	read := f.scenario.Steps[i]
	if read.Act != "readCard" {
		return nil
	}
	given, _ := read.With["consents"].(map[string]any)
	for _, later := range f.scenario.Steps[i+1:] {
		if later.As != read.As || later.With["cardSerial"] != read.With["cardSerial"] {
			continue
		}
		if later.Act == read.Act {
			break
		}
		name, looks := consentsToLook[later.Act]
		if looks && given[name] != true && later.Sees["code"] == "SIM-TERM-CONSENT" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// sameRead compares a card read: the card, that it was verified as the step has it, and the consents that count.
func (t *task) sameRead(d *deed) bool {
	consents, _ := d.request()["consents"].(map[string]any)
	if slices.ContainsFunc(t.withheld, func(name string) bool { return consents[name] == true }) {
		return false
	}
	for _, name := range []string{"cardSerial", "consents"} {
		if want, given := t.with[name]; given && !agrees(want, d.request()[name]) {
			return false
		}
	}
	return t.sameVerification(d)
}

// unverified are the codes of refusals for who shows a card, not for the card.
var unverified = []any{"SIM-CARD-PIN", "SIM-CARD-LOCKED", "SIM-CARD-FACE"}

// sameVerification says whether it was verified who shows a card, in whichever way; where the step is one in which that fails,
// in the same.
func (t *task) sameVerification(d *deed) bool {
	want, given := t.with["verification"].(map[string]any)
	got, _ := d.request()["verification"].(map[string]any)
	switch {
	case !given:
		return true
	case slices.Contains(unverified, t.sees["code"]) || want["method"] == "face" && want["match"] != true:
		return agrees(want, got)
	case got["method"] == "face":
		return got["match"] == true
	case got["method"] == "pin" && want["method"] == "pin":
		return agrees(want["pin"], got["pin"])
	case got["method"] == "pin":
		return !slices.Contains(unverified, any(d.answer().text("code")))
	}
	return got["method"] == "staff"
}
