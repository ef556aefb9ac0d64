package work

// The requests in the shape that encoding/json reads; each is comparable, and so the key of its answer at the baseline.

type certificateCheck struct {
	InsurerNumber                 string `json:"insurerNumber"`
	InsuredCardSymbol             string `json:"insuredCardSymbol"`
	InsuredIdentificationNumber   string `json:"insuredIdentificationNumber"`
	InsuredBranchNumber           string `json:"insuredBranchNumber"`
	Birthdate                     string `json:"birthdate"`
	QualificationConfirmationDate string `json:"qualificationConfirmationDate,omitempty"`
}

type cardRead struct {
	CardSerial   string       `json:"cardSerial"`
	Verification verification `json:"verification"`
	Consents     consents     `json:"consents"`
}

type verification struct {
	Method string `json:"method"`
	PIN    string `json:"pin"`
}

type consents struct {
	Checkups         bool `json:"checkups"`
	Medicines        bool `json:"medicines"`
	LimitCertificate bool `json:"limitCertificate"`
	SpecificDiseases bool `json:"specificDiseases"`
}

type search struct {
	Name      string `json:"name"`
	Birthdate string `json:"birthdate"`
	Address   string `json:"address"`
}

type referenceNumber struct {
	InsurerNumber               string `json:"insurerNumber"`
	InsuredCardSymbol           string `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber"`
	InsuredBranchNumber         string `json:"insuredBranchNumber"`
	Birthdate                   string `json:"birthdate"`
	ReferenceNumber             string `json:"referenceNumber"`
}

type login struct {
	CardSerial string `json:"cardSerial"`
	PIN        string `json:"pin"`
}

type session struct {
	Token string `json:"token"`
}
