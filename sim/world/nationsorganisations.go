package world

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"onshisim/sim/population"
)

// The nation's insurers and institutions are computed like its persons, and so are their tokens: a token holds the code of its
// organisation and a mark that only this world can make. An organisation written into the world under the same code stands
// in place of the nation's.

// settle gives the state the nation of a population, which was checked before.
func (s *State) settle(p *Population) {
	nation, _ := p.nation()
	if nation == nil {
		return
	}
	s.population, s.residents = p.complete(), newResidents(nation)
	s.tokens = s.key.block("tokens of the nation's organisations", "")
}

// The beginnings of tokens, as those of written organisations that give none.
const (
	insurerToken     = "insurer-"
	institutionToken = "institution-"
)

// insurer is the one with a number.
func (s *State) insurer(number string) (Insurer, bool) {
	if written, known := s.insurers.byCode[number]; known || s.residents == nil {
		return written, known
	}
	of, known := s.residents.Insurer(number)
	if !known {
		return Insurer{}, false
	}
	return Insurer{InsurerNumber: number, InsurerName: of.InsurerName, Token: computedToken(s.tokens, insurerToken, number)}, true
}

// institution is the institution or pharmacy with a code.
func (s *State) institution(code string) (Institution, bool) {
	if written, known := s.institutions.byCode[code]; known || s.residents == nil {
		return written, known
	}
	index, known := s.residents.InstitutionByCode(code)
	if !known {
		return Institution{}, false
	}
	return s.nationsInstitution(s.residents.Institution(index)), true
}

func (s *State) nationsInstitution(of population.Institution) Institution {
	return Institution{
		MedicalInstitutionCode: of.MedicalInstitutionCode, InstitutionName: of.InstitutionName, Kind: of.Kind, Area: of.Area,
		Token: computedToken(s.tokens, institutionToken, of.MedicalInstitutionCode),
	}
}

// nationsCaller is the organisation of the nation that a token belongs to.
func (s *State) nationsCaller(token string) (Caller, bool) {
	if s.residents == nil {
		return Caller{}, false
	}
	if code, ours := codeIn(s.tokens, insurerToken, token); ours {
		_, written := s.insurers.byCode[code]
		_, known := s.residents.Insurer(code)
		return Caller{RoleInsurer, code}, known && !written
	}
	if code, ours := codeIn(s.tokens, institutionToken, token); ours {
		_, written := s.institutions.byCode[code]
		_, known := s.residents.InstitutionByCode(code)
		return Caller{RoleInstitution, code}, known && !written
	}
	return Caller{}, false
}

// longestCode is the longest code that a computed token holds: of an institution.
const longestCode = 10

// computedToken is the token of an organisation of the nation: kind, code, and the code under the world's cipher.
func computedToken(under cipher.Block, kind, code string) string {
	mark := markOf(under, kind, code)
	return kind + code + "-" + hex.EncodeToString(mark[:])
}

// codeIn takes the code out of a computed token.
func codeIn(under cipher.Block, kind, token string) (code string, ours bool) {
	rest, ours := strings.CutPrefix(token, kind)
	code, given, dashed := strings.Cut(rest, "-")
	if !ours || !dashed || len(code) > longestCode || len(given) != 2*aes.BlockSize {
		return "", false
	}
	mark := markOf(under, kind, code)
	var expected [2 * aes.BlockSize]byte
	hex.Encode(expected[:], mark[:])
	return code, subtle.ConstantTimeCompare(expected[:], []byte(given)) == 1
}

// markOf is one block of the cipher over what it marks, which no two organisations share: the kind's length stands for it.
func markOf(under cipher.Block, kind, code string) (mark [aes.BlockSize]byte) {
	mark[0] = byte(len(kind))
	copy(mark[1:], code)
	under.Encrypt(mark[:], mark[:])
	return mark
}

// NationsInsurers are the numbers and names of the insurers of the world's nation; none where it has no nation.
func (w *World) NationsInsurers() (texts []string) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.state.residents == nil {
		return nil
	}
	for _, o := range w.state.residents.Insurers() {
		texts = append(texts, o.InsurerNumber, o.InsurerName)
	}
	return texts
}

// Organisations are at most limit organisations, from cursor, and the cursor of the next page, 0 if this is the last: those
// written into the world, then the nation's insurers and institutions that none of these stands in place of.
func (w *World) Organisations(cursor, limit int) (page []Organisation, next int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	s := w.state
	written := s.writtenOrganisations()
	var insurers []population.Insurer
	if s.residents != nil {
		insurers = s.residents.Insurers()
	}
	for place := cursor; ; place++ {
		if place < len(written) {
			page = append(page, written[place])
		} else if o, more, listed := s.nationsOrganisation(insurers, place-len(written)); !more {
			return page, 0
		} else if listed {
			page = append(page, o)
		}
		if len(page) == limit {
			return page, place + 1
		}
	}
}

// nationsOrganisation is the one at a place among the nation's; more says whether there is such a place, listed whether
// nothing written stands in place of it.
func (s *State) nationsOrganisation(insurers []population.Insurer, place int) (o Organisation, more, listed bool) {
	if s.residents == nil {
		return o, false, false
	}
	if place < len(insurers) {
		number := insurers[place].InsurerNumber
		insurer, _ := s.insurer(number)
		_, written := s.insurers.byCode[number]
		return insurer.organisation(), true, !written
	}
	if place -= len(insurers); place < s.residents.Institutions() {
		institution := s.nationsInstitution(s.residents.Institution(place))
		_, written := s.institutions.byCode[institution.MedicalInstitutionCode]
		return institution.organisation(), true, !written
	}
	return o, false, false
}

func (s *State) writtenOrganisations() []Organisation {
	var all []Organisation
	for _, o := range s.insurers.list() {
		all = append(all, o.organisation())
	}
	for _, o := range s.agencies.list() {
		all = append(all, o.organisation())
	}
	for _, o := range s.institutions.list() {
		all = append(all, o.organisation())
	}
	return all
}
