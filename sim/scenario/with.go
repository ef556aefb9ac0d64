package scenario

import "onshisim/sim/world"

// The parameters of the acts. A key without omitempty is required to make the call at all; what the server demands
// beyond that is for the server to refuse, so that a scenario can show it.

type registerMemberWith struct {
	PersonalInsuredNumber string `json:"personalInsuredNumber" in:"path" doc:"個人単位被保険者番号"`
	IndividualNumber      string `json:"individualNumber,omitempty" doc:"個人番号; it ties the members of several insurers to one person"`
	world.Eligibility
	InsuredCardExpirationDate string          `json:"insuredCardExpirationDate,omitempty" doc:"有効期限"`
	Benefits                  []world.Benefit `json:"benefits,omitempty" doc:"給付情報"`
}

type listMembersWith struct {
	Limit  int    `json:"limit,omitempty" in:"query"`
	Cursor string `json:"cursor,omitempty" in:"query"`
}

type memberWith struct {
	PersonalInsuredNumber string `json:"personalInsuredNumber" in:"path" doc:"個人単位被保険者番号"`
}

type setFlagsWith struct {
	PersonalInsuredNumber  string   `json:"personalInsuredNumber" in:"path" doc:"個人単位被保険者番号"`
	NonDisclosure          bool     `json:"nonDisclosure,omitempty" doc:"不開示該当フラグ"`
	SelfInformationBlocked bool     `json:"selfInformationBlocked,omitempty" doc:"自己情報提供不可フラグ"`
	AppliedOn              string   `json:"appliedOn,omitempty" doc:"申出日"`
	Reason                 string   `json:"reason,omitempty" doc:"理由"`
	Items                  []string `json:"items,omitempty" enum:"eligibility,benefits,checkups" doc:"for these alone; absent: the branch number as a whole"`
}

type putCheckupWith struct {
	PersonalInsuredNumber  string              `json:"personalInsuredNumber" in:"path" doc:"個人単位被保険者番号"`
	CheckupID              string              `json:"checkupId" in:"path"`
	Date                   string              `json:"date,omitempty"`
	MedicalInstitutionCode string              `json:"medicalInstitutionCode,omitempty"`
	InstitutionName        string              `json:"institutionName,omitempty"`
	Items                  []world.CheckupItem `json:"items,omitempty"`
}

type findSubjectWith struct {
	IndividualNumber string `json:"individualNumber,omitempty" doc:"個人番号"`
}

type subjectWith struct {
	InstitutionSpecificCode string `json:"institutionSpecificCode" in:"path" doc:"機関別符号"`
}

type setSubjectFlagWith struct {
	InstitutionSpecificCode string `json:"institutionSpecificCode" in:"path" doc:"機関別符号"`
	NonDisclosure           bool   `json:"nonDisclosure,omitempty" doc:"不開示該当フラグ"`
}

type inquireWith struct {
	InstitutionSpecificCode string `json:"institutionSpecificCode,omitempty" doc:"機関別符号"`
	ProviderInsurerNumber   string `json:"providerInsurerNumber,omitempty" doc:"情報提供者の保険者番号"`
	Item                    string `json:"item,omitempty" doc:"特定個人情報"`
}

type cardWith struct {
	CardSerial string `json:"cardSerial" in:"path"`
}

type setPinWith struct {
	CardSerial string `json:"cardSerial" in:"path"`
	PIN        string `json:"pin,omitempty" doc:"暗証番号"`
}

type individualNumberWith struct {
	IndividualNumber string `json:"individualNumber" in:"path" doc:"個人番号"`
}

type logInWith struct {
	PIN string `json:"pin,omitempty" doc:"暗証番号"`
}

type principalWith struct {
	Principal string `json:"principal,omitempty" in:"query" doc:"portalUserId of the person whom the proxy looks at"`
}

type proxyWith struct {
	PortalUserID string `json:"portalUserId" in:"path"`
}

type readCardWith struct {
	CardSerial   string        `json:"cardSerial,omitempty"`
	Verification *verification `json:"verification,omitempty" doc:"本人確認"`
	Consents     *consents     `json:"consents,omitempty" doc:"同意"`
}

type verification struct {
	Method string `json:"method,omitempty" enum:"pin,face,staff" doc:"暗証番号, 顔認証, 目視"`
	PIN    string `json:"pin,omitempty"`
	Match  bool   `json:"match,omitempty" doc:"顔認証の結果"`
}

type consents struct {
	Checkups         bool `json:"checkups,omitempty"`
	Medicines        bool `json:"medicines,omitempty"`
	LimitCertificate bool `json:"limitCertificate,omitempty"`
	SpecificDiseases bool `json:"specificDiseases,omitempty"`
}

type cardReadWith struct {
	CardSerial string `json:"cardSerial,omitempty" in:"player" doc:"the card's last read at this institution"`
	CardReadID string `json:"cardReadId,omitempty" in:"path" doc:"instead of cardSerial: this read"`
}

type checkCertificateWith struct {
	InsurerNumber                 string `json:"insurerNumber,omitempty"`
	InsuredCardSymbol             string `json:"insuredCardSymbol,omitempty" doc:"記号"`
	InsuredIdentificationNumber   string `json:"insuredIdentificationNumber,omitempty" doc:"番号"`
	InsuredBranchNumber           string `json:"insuredBranchNumber,omitempty" doc:"枝番"`
	Birthdate                     string `json:"birthdate,omitempty"`
	QualificationConfirmationDate string `json:"qualificationConfirmationDate,omitempty" doc:"資格確認日"`
}

type putReferenceNumberWith struct {
	ReferenceNumber             string `json:"referenceNumber,omitempty" doc:"照会番号"`
	InsurerNumber               string `json:"insurerNumber,omitempty"`
	InsuredCardSymbol           string `json:"insuredCardSymbol,omitempty" doc:"記号"`
	InsuredIdentificationNumber string `json:"insuredIdentificationNumber,omitempty" doc:"番号"`
	InsuredBranchNumber         string `json:"insuredBranchNumber,omitempty" doc:"枝番"`
	Birthdate                   string `json:"birthdate,omitempty"`
}

type searchWith struct {
	Name        string `json:"name,omitempty"`
	NameKana    string `json:"nameKana,omitempty"`
	Birthdate   string `json:"birthdate,omitempty"`
	Address     string `json:"address,omitempty"`
	InsurerName string `json:"insurerName,omitempty"`
	Sex1        string `json:"sex1,omitempty"`
}

type candidateWith struct {
	CandidateID string `json:"candidateId,omitempty" in:"path" doc:"absent: the first of the last search at this institution"`
}

type consentWith struct {
	CandidateID string `json:"candidateId,omitempty" in:"path" doc:"absent: the first of the last search at this institution"`
	Checkups    bool   `json:"checkups,omitempty"`
	Medicines   bool   `json:"medicines,omitempty"`
	AskedBy     string `json:"askedBy,omitempty" doc:"口頭で同意を得た人"`
}

type setClockWith struct {
	Now string `json:"now,omitempty"`
}

type advanceClockWith struct {
	Duration string `json:"duration,omitempty" doc:"30m, 36h, 1d"`
}

type setModeWith struct {
	Mode         string   `json:"mode,omitempty" enum:"normal,disaster,failure"`
	Areas        []string `json:"areas,omitempty"`
	Institutions []string `json:"institutions,omitempty"`
	Systems      []string `json:"systems,omitempty"`
}

type putPersonWith struct {
	ID string `json:"id" in:"path"`
	world.Person
}

type personWith struct {
	ID string `json:"id" in:"path"`
}

type putRecordsWith struct {
	ID              string                 `json:"id" in:"path"`
	Checkups        []world.Checkup        `json:"checkups,omitempty" doc:"特定健診情報等"`
	Medicines       []world.Medicine       `json:"medicines,omitempty" doc:"薬剤情報"`
	MedicalExpenses []world.MedicalExpense `json:"medicalExpenses,omitempty" doc:"医療費通知情報"`
}
