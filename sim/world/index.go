package world

import (
	"slices"

	"onshisim/sim/matching"
)

// index finds persons by every key that a request brings, so that no request looks through the persons.
type index struct {
	byID                    map[string]uint64
	byIndividualNumber      map[string]uint64
	byFormerNumber          map[string]uint64
	byCard                  map[string]uint64
	byPersonalInsuredNumber map[string]uint64
	byPortalUser            map[string]uint64
	byCertificate           map[certificateKey][]uint64
	byName                  map[nameKey][]uint64
	byProxy                 map[string][]uint64      // principals by their proxy's portal user id
	byInsurer               map[string][]insurerSlot // in the order of registration, for paging
}

// certificateKey is what stands on an insurance certificate, folded; a family shares it.
type certificateKey struct{ insurer, symbol, number string }

// nameKey is a folded name or kana name with a date of birth.
type nameKey struct{ birthdate, name string }

// insurerSlot is a member's place in its insurer's list; it outlives the member, so that a cursor stays good.
type insurerSlot struct {
	person                uint64
	personalInsuredNumber string
}

func newIndex() index {
	return index{
		byID: map[string]uint64{}, byIndividualNumber: map[string]uint64{}, byFormerNumber: map[string]uint64{},
		byCard: map[string]uint64{}, byPersonalInsuredNumber: map[string]uint64{}, byPortalUser: map[string]uint64{},
		byCertificate: map[certificateKey][]uint64{}, byName: map[nameKey][]uint64{},
		byProxy: map[string][]uint64{}, byInsurer: map[string][]insurerSlot{},
	}
}

// replace takes out what led to the former person, if there was one, and puts in what leads to the new one. Of a resident
// it holds only the keys that are not those of the person whom the nation computes, base; base is nil for written persons.
func (x *index) replace(former, p, base *Insured) {
	if former != nil {
		x.remove(former)
	}
	x.add(p, base)
	x.list(former, p, base)
}

func (x *index) add(p, base *Insured) {
	enter := func(by *key, text string) {
		if base == nil || !by.has(base, text) {
			by.written(x)[text] = p.Ordinal
		}
	}
	enter(byID, p.ID)
	enter(byIndividualNumber, p.IndividualNumber)
	enter(byPortalUser, p.PortalUserID)
	for _, number := range p.formerNumbers {
		enter(byFormerNumber, number)
	}
	for i := range p.Cards {
		enter(byCard, p.Cards[i].CardSerial)
	}
	for i := range p.Members {
		m := &p.Members[i]
		enter(byPersonalInsuredNumber, m.PersonalInsuredNumber)
		if certificate := certificateOf(m); base == nil || !base.hasCertificate(certificate) {
			include(x.byCertificate, certificate, p.Ordinal)
		}
		for _, name := range namesOf(m) {
			if base == nil || !base.hasName(name) {
				include(x.byName, name, p.Ordinal)
			}
		}
	}
	for _, proxy := range p.Proxies {
		if base == nil || !slices.Contains(base.Proxies, proxy) {
			include(x.byProxy, proxy, p.Ordinal)
		}
	}
}

// hasCertificate says whether one of the person's certificates has this key.
func (p *Insured) hasCertificate(key certificateKey) bool {
	for i := range p.Members {
		if key.isOf(&p.Members[i]) {
			return true
		}
	}
	return false
}

// hasName says whether the person has this name or kana name with this date of birth in one of the memberships.
func (p *Insured) hasName(key nameKey) bool {
	for i := range p.Members {
		m := &p.Members[i]
		if m.Birthdate == key.birthdate && (matching.Same(m.Name, key.name) || matching.Same(m.NameKana, key.name)) {
			return true
		}
	}
	return false
}

func (x *index) remove(p *Insured) {
	delete(x.byID, p.ID)
	delete(x.byIndividualNumber, p.IndividualNumber)
	delete(x.byPortalUser, p.PortalUserID)
	for i := range p.Cards {
		delete(x.byCard, p.Cards[i].CardSerial)
	}
	for i := range p.Members {
		m := &p.Members[i]
		delete(x.byPersonalInsuredNumber, m.PersonalInsuredNumber)
		exclude(x.byCertificate, certificateOf(m), p.Ordinal)
		for _, key := range namesOf(m) {
			exclude(x.byName, key, p.Ordinal)
		}
	}
	for _, proxy := range p.Proxies {
		exclude(x.byProxy, proxy, p.Ordinal)
	}
}

// list keeps the insurers' lists: a new member goes behind the last, one that is gone leaves its slot empty.
func (x *index) list(former, p, base *Insured) {
	if former != nil {
		for i := range former.Members {
			m := &former.Members[i]
			slots := x.byInsurer[m.InsurerNumber]
			if !listed(p, m) && !listed(base, m) {
				slots[slices.Index(slots, insurerSlot{p.Ordinal, m.PersonalInsuredNumber})] = insurerSlot{}
			}
		}
	}
	for i := range p.Members {
		m := &p.Members[i]
		if !listed(former, m) && !listed(base, m) {
			x.byInsurer[m.InsurerNumber] = append(x.byInsurer[m.InsurerNumber], insurerSlot{p.Ordinal, m.PersonalInsuredNumber})
		}
	}
}

// listed says whether a person, if there is one, has this member at the same insurer.
func listed(p *Insured, m *Member) bool {
	if p == nil {
		return false
	}
	i := p.Membership(m.PersonalInsuredNumber)
	return i >= 0 && p.Members[i].InsurerNumber == m.InsurerNumber
}

func certificateOf(m *Member) certificateKey {
	return newCertificateKey(m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber)
}

// isOf says whether a member's certificate has this key.
func (k *certificateKey) isOf(m *Member) bool {
	return matching.Same(m.InsuredIdentificationNumber, k.number) && matching.Same(m.InsuredCardSymbol, k.symbol) &&
		matching.Same(m.InsurerNumber, k.insurer)
}

func newCertificateKey(insurerNumber, symbol, number string) certificateKey {
	return certificateKey{matching.Fold(insurerNumber), matching.Fold(symbol), matching.Fold(number)}
}

// namesOf are the keys under which the disaster search finds a member: name and kana name (P5-1).
func namesOf(m *Member) [2]nameKey {
	return [2]nameKey{{m.Birthdate, matching.Fold(m.Name)}, {m.Birthdate, matching.Fold(m.NameKana)}}
}

// include adds an ordinal to a key's list, once: a person's memberships that share the key are added one after another.
func include[K comparable](lists map[K][]uint64, key K, ordinal uint64) {
	if list := lists[key]; len(list) == 0 || list[len(list)-1] != ordinal {
		lists[key] = append(list, ordinal)
	}
}

// exclude takes an ordinal out of a key's list.
func exclude[K comparable](lists map[K][]uint64, key K, ordinal uint64) {
	list := slices.DeleteFunc(slices.Clone(lists[key]), func(o uint64) bool { return o == ordinal })
	if len(list) == 0 {
		delete(lists, key)
		return
	}
	lists[key] = list
}
