package world

import (
	"strings"
	"time"
)

// Role is what an organisation is to the national systems.
type Role uint8

const (
	RoleInsurer     Role = iota + 1 // 医療保険者等
	RoleAgency                      // 情報照会者
	RoleInstitution                 // 保険医療機関・保険薬局
	RoleCardOffice                  // 市区町村・JPKI
)

// String is the role in words, for messages.
func (r Role) String() string {
	return [...]string{"", "an insurer", "an agency", "an institution or pharmacy", "the card office"}[r]
}

// Either names several roles, for messages.
func Either(roles []Role) string {
	var words []string
	for _, r := range roles {
		words = append(words, r.String())
	}
	return strings.Join(words, " or ")
}

// Name names the role as the journal does; empty for none.
func (r Role) Name() string {
	return [...]string{"", "insurer", "agency", "institution", "cardOffice"}[r]
}

// Caller is the organisation that a token belongs to.
type Caller struct {
	Role Role
	Code string // insurer number, agency code, institution code; empty for the card office
}

// Caller is the organisation with this token.
func (w *World) Caller(token string) (Caller, bool) {
	digest := digestOf(token)
	w.mu.RLock()
	defer w.mu.RUnlock()
	if caller, known := w.state.callers[digest]; known {
		return caller, known
	}
	return w.state.nationsCaller(token)
}

// Institution is the institution or pharmacy with this code.
func (w *World) Institution(code string) (Institution, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.institution(code)
}

// Organisation is an insurer, agency, institution or pharmacy as the control plane tells of it.
type Organisation struct {
	Role  Role
	Code  string
	Name  string
	Kind  string // of an institution; else empty
	Area  string // of an institution; else empty
	Token string
}

// Organisation is the one with a code: written into the world, or of its nation.
func (w *World) Organisation(code string) (Organisation, bool) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	s := w.state
	if o, known := s.insurer(code); known {
		return o.organisation(), true
	}
	if o, known := s.institution(code); known {
		return o.organisation(), true
	}
	o, known := s.agencies.byCode[code]
	return o.organisation(), known
}

func (o Agency) organisation() Organisation {
	return Organisation{Role: RoleAgency, Code: o.AgencyCode, Name: o.AgencyName, Token: o.Token}
}

func (o Insurer) organisation() Organisation {
	return Organisation{Role: RoleInsurer, Code: o.InsurerNumber, Name: o.InsurerName, Token: o.Token}
}

func (o Institution) organisation() Organisation {
	return Organisation{
		Role: RoleInstitution, Code: o.MedicalInstitutionCode, Name: o.InstitutionName, Kind: o.Kind, Area: o.Area, Token: o.Token,
	}
}

type insurerPut struct{ Insurer }

func (e *insurerPut) apply(s *State, _ time.Time) {
	s.insurers.put(e.InsurerNumber, e.Insurer)
	s.callers[digestOf(e.Token)] = Caller{RoleInsurer, e.InsurerNumber}
}

type agencyPut struct{ Agency }

func (e *agencyPut) apply(s *State, _ time.Time) {
	s.agencies.put(e.AgencyCode, e.Agency)
	s.callers[digestOf(e.Token)] = Caller{RoleAgency, e.AgencyCode}
}

type institutionPut struct{ Institution }

func (e *institutionPut) apply(s *State, _ time.Time) {
	s.institutions.put(e.MedicalInstitutionCode, e.Institution)
	s.callers[digestOf(e.Token)] = Caller{RoleInstitution, e.MedicalInstitutionCode}
}

type cardOfficePut struct{ CardOffice }

func (e *cardOfficePut) apply(s *State, _ time.Time) {
	s.cardOffice = e.CardOffice
	s.callers[digestOf(e.Token)] = Caller{RoleCardOffice, ""}
}
