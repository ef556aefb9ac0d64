package console

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"onshisim/sim/explain"
	"onshisim/sim/journal"
	"onshisim/sim/training/picture"
	"onshisim/sim/world"
)

// listPersons lists persons, page by page; a form opens one by id.
func listPersons(v *visit) {
	if id := v.URL.Query().Get("id"); id != "" {
		if _, known := v.world.Person(id); known {
			v.redirect(v.here("/persons/" + url.PathEscape(id)))
			return
		}
		v.refuse(http.StatusNotFound, "このidの人はいません。", "id")
		v.view.Form.Values = v.URL.Query()
	}
	answer := v.read("/persons?limit=50&cursor=" + url.QueryEscape(cmp.Or(v.URL.Query().Get("cursor"), "0")))
	if answer == nil {
		return
	}
	v.show("persons", "人", map[string]any{"Path": v.here("/persons"), "Answer": answer})
}

// showPerson shows what the flags do to a person, and what was asked about them last.
func showPerson(v *visit) {
	id := v.PathValue("id")
	answer := v.read("/persons/" + url.PathEscape(id) + "/disclosure")
	if answer == nil {
		return
	}
	p, known := v.world.Person(id)
	disclosed, err := into[explain.Disclosure](answer)
	if !known || err != nil {
		v.lost()
		return
	}
	records, err := v.records(url.Values{"person": {id}})
	if err != nil {
		v.fail(err)
		return
	}
	disclosed.Mutant = "" // of which the page has warned already
	v.liveHere()
	names := picture.NamesOf(p)
	last := lastOf(records)
	data := map[string]any{
		"Person": p, "Path": v.here(""), "Today": v.world.Today(), "Table": picture.Table(disclosed, names),
		"Timeline": picture.Timeline(p, v.world.Look(v.Context())), "History": historyOf(p), "Last": last, "Sequence": nil,
	}
	if last != nil {
		data["Sequence"] = picture.Sequence(last, names)
	}
	v.show("person", cmp.Or(p.Name, p.ID), data)
}

// lastOf is the last of some requests for which something was decided, or else the last; nil if there is none. A screen reads
// again what a form led to, and that would hide what the form did.
func lastOf(records []journal.Record) *journal.Record {
	for i := range slices.Backward(records) {
		if len(records[i].Decisions) > 0 {
			return &records[i]
		}
	}
	if len(records) == 0 {
		return nil
	}
	return &records[len(records)-1]
}

// flagAct is one act of an insurer on a person's flags (P15-3).
type flagAct struct {
	At, AppliedOn, Insurer, What, Reason string
}

// historyOf are all acts on a person's flags, membership by membership.
func historyOf(p *world.Insured) (acts []flagAct) {
	for i := range p.Members {
		m := &p.Members[i]
		for _, c := range p.FlagHistory[m.PersonalInsuredNumber] {
			acts = append(acts, flagAct{world.Instant(c.At), c.AppliedOn, cmp.Or(m.InsurerName, m.InsurerNumber), changeInWords(c.Change), c.Reason})
		}
	}
	return acts
}

// changeInWords says which flags were set or lifted.
func changeInWords(s world.FlagSetting) (words string) {
	for _, flag := range []struct {
		name  string
		value *bool
	}{{"nonDisclosure", s.NonDisclosure}, {"selfInformationBlocked", s.SelfInformationBlocked}} {
		if flag.value == nil {
			continue
		}
		verb := "解除"
		if *flag.value {
			verb = "設定"
		}
		words += explain.FlagWords[flag.name][0] + "を" + verb + " "
	}
	for _, item := range s.Items {
		words += "(" + explain.InformationWords[item][0] + "だけ)"
	}
	return words
}
