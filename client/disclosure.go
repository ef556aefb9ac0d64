package client

import (
	"context"
	"net/http"
)

// Row is a line of the table of page 12 for one person, place and membership (資格), with what was decided and why.
type Row struct {
	Rule                  string   `json:"rule"`                  // of P12; of P13 for the initial registration
	Information           string   `json:"information"`           // as in eligibility
	View                  string   `json:"view"`                  // how it is seen, as in certificate
	Item                  string   `json:"item"`                  // the specific personal information (特定個人情報), where the table leaves it to the asker
	Place                 string   `json:"place"`                 // mynaportal or institution
	InsurerNumber         string   `json:"insurerNumber"`         // of the membership that the information is about; empty if there is none
	PersonalInsuredNumber string   `json:"personalInsuredNumber"` // of the same
	Outcome               string   `json:"outcome"`               // notOffered, provided, addressHidden or withheld
	Reasons               []Reason `json:"reasons"`               // the flags that count; none: as for a person without flags
}

// Reason is a flag that made an outcome stricter, and the rule by which it counts.
type Reason struct {
	Flag                  string `json:"flag"` // nonDisclosure or selfInformationBlocked; empty for a reason that is no flag (P6-5)
	InsurerNumber         string `json:"insurerNumber"`
	PersonalInsuredNumber string `json:"personalInsuredNumber"`
	Rule                  string `json:"rule"`
}

// Disclosure is what the flags do to a person.
type Disclosure struct {
	Mutant string `json:"mutant"` // the wrong policy by which the world answers; empty: it answers by the notice
	Rows   []Row  `json:"rows"`
}

// Disclosure gives what the flags do to a person now, with the reasons.
func (w *World) Disclosure(ctx context.Context, id string) (Disclosure, error) {
	return ask[Disclosure](ctx, w, http.MethodGet, personPath(id)+"/disclosure", nil)
}
