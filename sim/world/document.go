package world

import (
	"bytes"
	"encoding/json"
)

// Document is a world in one piece: what a scenario's world: holds, and what the control plane takes and answers.
// Only what differs from a sensible default need be given; the answer is the full document.
type Document struct {
	Seed                uint64        `json:"seed" required:"false" format:"uint64" doc:"every id and token that the world draws comes from it; absent: random"`
	Now                 string        `json:"now" required:"false" doc:"the world's clock, set; absent: real time until the clock is set"`
	RegistrationOpensAt string        `json:"registrationOpensAt" required:"false" doc:"before it an initial registration is a reservation (予約登録); absent: open from the beginning"`
	Insurers            []Insurer     `json:"insurers" required:"false" doc:"医療保険者等"`
	Agencies            []Agency      `json:"agencies" required:"false" doc:"情報照会者"`
	Institutions        []Institution `json:"institutions" required:"false" doc:"保険医療機関・保険薬局"`
	CardOffice          CardOffice    `json:"cardOffice" required:"false" doc:"市区町村・JPKI"`
	Persons             []Person      `json:"persons" required:"false"`
	Population          *Population   `json:"population" required:"false" doc:"the synthetic nation under the persons; absent: none"`
}

// Insurer is a medical insurer (医療保険者等), the information provider (情報提供者) with its own logical partition (論理区画).
type Insurer struct {
	InsurerNumber string `json:"insurerNumber" pattern:"^([0-9]{6}|[0-9]{8})$" patternDescription:"6 or 8 digits" doc:"保険者番号"`
	InsurerName   string `json:"insurerName" required:"false" maxLength:"200" doc:"保険者名"`
	Token         string `json:"token" required:"false" maxLength:"200"`
}

// Agency is an organisation that inquires over the information network (情報照会者).
type Agency struct {
	AgencyCode string `json:"agencyCode" maxLength:"64" minLength:"1"`
	AgencyName string `json:"agencyName" required:"false" maxLength:"200"`
	Token      string `json:"token" required:"false" maxLength:"200"`
}

// Institution is a medical institution or pharmacy (保険医療機関・保険薬局) with terminals.
type Institution struct {
	MedicalInstitutionCode string `json:"medicalInstitutionCode" maxLength:"20" pattern:"^[0-9]{10}$" patternDescription:"10 digits" doc:"医療機関コード"`
	InstitutionName        string `json:"institutionName" required:"false" maxLength:"200"`
	Kind                   string `json:"kind" required:"false" enum:",medical,dental,pharmacy" doc:"absent: medical"`
	Area                   string `json:"area" required:"false" maxLength:"200" doc:"where it stands, for disaster mode"`
	Token                  string `json:"token" required:"false" maxLength:"200"`
}

// CardOffice stands for the municipalities and JPKI, who issue and stop My Number cards.
type CardOffice struct {
	Token string `json:"token" required:"false" maxLength:"200"`
}

// Person is a person with cards, memberships and records in one document (P3-6).
type Person struct {
	ID               string           `json:"id" required:"false" pattern:"^([A-Za-z0-9][A-Za-z0-9._-]{0,63})?$" patternDescription:"letters, digits, dot, dash, underscore"`
	IndividualNumber string           `json:"individualNumber" required:"false" pattern:"^([0-9]{12})?$" patternDescription:"12 digits" doc:"個人番号"`
	Name             string           `json:"name" required:"false" maxLength:"200"`
	NameKana         string           `json:"nameKana" required:"false" maxLength:"200"`
	Sex1             string           `json:"sex1" required:"false" enum:",1,2,3" doc:"1 male, 2 female, 3 unset"`
	Birthdate        string           `json:"birthdate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	Address          string           `json:"address" required:"false" maxLength:"400"`
	PostNumber       string           `json:"postNumber" required:"false" maxLength:"64"`
	PortalUserID     string           `json:"portalUserId" required:"false" pattern:"^([A-Za-z0-9][A-Za-z0-9._-]{0,79})?$" patternDescription:"letters, digits, dot, dash, underscore" doc:"the person in Mynaportal"`
	Cards            []Card           `json:"cards" required:"false"`
	RegisteredCard   string           `json:"registeredCard" required:"false" maxLength:"64" doc:"serial of the card that the initial registration (初回登録) was done with"`
	Proxies          []string         `json:"proxies" required:"false" doc:"portalUserIds of the proxies (代理人) who may see this person"`
	Members          []Member         `json:"members" required:"false" doc:"memberships (資格), in the order they were registered"`
	Checkups         []Checkup        `json:"checkups" required:"false" doc:"特定健診情報等"`
	Medicines        []Medicine       `json:"medicines" required:"false" doc:"薬剤情報"`
	MedicalExpenses  []MedicalExpense `json:"medicalExpenses" required:"false" doc:"医療費通知情報"`
}

// The states of a card.
const (
	CardValid     = "valid"
	CardSuspended = "suspended"
	CardRevoked   = "revoked"
	CardLocked    = "locked"
	CardExpired   = "expired" // by its dates, on the world's day; never in a document
)

// Card is a My Number card (マイナンバーカード) with the certificate that opens Mynaportal and the card reader.
type Card struct {
	CardSerial string `json:"cardSerial" required:"false" pattern:"^([A-Za-z0-9._-]{1,64})?$" patternDescription:"letters, digits, dot, dash, underscore"`
	PIN        string `json:"pin" required:"false" pattern:"^([0-9]{4})?$" patternDescription:"4 digits"`
	Status     string `json:"status" required:"false" enum:",valid,suspended,revoked,locked" doc:"absent: valid"`

	CardExpirationDate        string `json:"cardExpirationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"カードの有効期限, the last day on which it is good; absent: none"`
	CertificateExpirationDate string `json:"certificateExpirationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"電子証明書の有効期限, the last day on which it is good; absent: none"`

	failures int // wrong PINs in a row; with pinTries of them the card is locked
}

// Member is one membership (資格): a person at an insurer under one personal insured number (個人単位被保険者番号, QA-6).
type Member struct {
	PersonalInsuredNumber string `json:"personalInsuredNumber" required:"false" maxLength:"128"`
	Eligibility
	InsuredCardExpirationDate string    `json:"insuredCardExpirationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"有効期限"`
	Benefits                  []Benefit `json:"benefits" required:"false" doc:"給付情報"`
	Flags                     Flags     `json:"flags" required:"false"`

	addressGiven bool // the document says the address or the postal code, if only that there is none
}

// plainMember is a member without methods.
type plainMember Member

var quickMember = quickly[plainMember]()

// UnmarshalJSON reads a member and remembers whether its address was left out, and so is the person's, or empty: one that
// an insurer does not know must never become the one that another insurer knows.
func (m *Member) UnmarshalJSON(data []byte) error {
	if err := read(data, (*plainMember)(m), quickMember); err != nil {
		return err
	}
	if bytes.Contains(data, []byte(`"address":"`)) || bytes.Contains(data, []byte(`"postNumber":"`)) { // a name can't stand in a text so
		m.addressGiven = true
		return nil
	}
	var given struct{ Address, PostNumber *string }
	if err := json.Unmarshal(data, &given); err != nil {
		return err
	}
	m.addressGiven = given.Address != nil || given.PostNumber != nil
	return nil
}

// AddressLeftOut says whether the document leaves the address out, which then is the person's.
func (m *Member) AddressLeftOut() bool { return !m.addressGiven && m.Address+m.PostNumber == "" }

// WithoutAddress is the member as an insurer keeps it who knows no address.
func (m Member) WithoutAddress() Member {
	m.Address, m.PostNumber, m.addressGiven = "", "", true
	return m
}

// Eligibility is the eligibility object (資格情報, P12-d); coded fields carry their official codes.
type Eligibility struct {
	InsuredCardClassification       string                        `json:"insuredCardClassification" required:"false" enum:",01,02,03,04,05,06,07" doc:"被保険者証区分: 01 一般 … 07 自衛官診療証; absent: 01"`
	InsurerNumber                   string                        `json:"insurerNumber" required:"false" pattern:"^([0-9]{6}|[0-9]{8})?$" patternDescription:"6 or 8 digits"`
	InsurerName                     string                        `json:"insurerName" required:"false" maxLength:"200" doc:"absent: the insurer's"`
	InsuredCardSymbol               string                        `json:"insuredCardSymbol" required:"false" maxLength:"40" doc:"記号"`
	InsuredIdentificationNumber     string                        `json:"insuredIdentificationNumber" required:"false" maxLength:"40" doc:"番号"`
	InsuredBranchNumber             string                        `json:"insuredBranchNumber" required:"false" pattern:"^([0-9]{2})?$" patternDescription:"2 digits" doc:"枝番"`
	PersonalFamilyClassification    string                        `json:"personalFamilyClassification" required:"false" enum:",1,2" doc:"1 本人 (absent), 2 家族"`
	Name                            string                        `json:"name" required:"false" maxLength:"200"`
	NameKana                        string                        `json:"nameKana" required:"false" maxLength:"200"`
	Sex1                            string                        `json:"sex1" required:"false" enum:",1,2,3"`
	Birthdate                       string                        `json:"birthdate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	Address                         string                        `json:"address" required:"false" maxLength:"400"`
	PostNumber                      string                        `json:"postNumber" required:"false" maxLength:"64"`
	QualificationDate               string                        `json:"qualificationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"資格取得日"`
	DisqualificationDate            string                        `json:"disqualificationDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02" doc:"資格喪失日"`
	InsuredPartialContributionRatio string                        `json:"insuredPartialContributionRatio" required:"false" enum:",010,020,030" doc:"負担割合; absent: 030"`
	ReasonOfLoss                    string                        `json:"reasonOfLoss" required:"false" enum:",01,02,03,99" doc:"資格喪失事由: 01 死亡, 02 生活保護受給開始, 03 医療保険等の資格取得, 99 その他"`
	ElderlyRecipientCertificate     *ElderlyRecipientCertificate  `json:"elderlyRecipientCertificate" required:"false" doc:"高齢受給者証"`
	LimitApplicationCertificate     *LimitApplicationCertificate  `json:"limitApplicationCertificate" required:"false" doc:"限度額適用認定証"`
	SpecificDiseasesCertificates    []SpecificDiseasesCertificate `json:"specificDiseasesCertificates" required:"false" doc:"特定疾病療養受療証"`
}

// ElderlyRecipientCertificate is the elderly recipient's certificate (高齢受給者証).
type ElderlyRecipientCertificate struct {
	_ struct{} `nullable:"true"`

	ElderlyRecipientCertificateDate   string `json:"elderlyRecipientCertificateDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	ElderlyRecipientValidStartDate    string `json:"elderlyRecipientValidStartDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	ElderlyRecipientValidEndDate      string `json:"elderlyRecipientValidEndDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	ElderlyRecipientContributionRatio string `json:"elderlyRecipientContributionRatio" required:"false" enum:",010,020,030"`
}

// LimitApplicationCertificate is the certificate of the limit on co-payment (限度額適用認定証).
type LimitApplicationCertificate struct {
	_ struct{} `nullable:"true"`

	LimitApplicationCertificateClassification     string `json:"limitApplicationCertificateClassification" required:"false" enum:",01,02,03"`
	LimitApplicationCertificateClassificationFlag string `json:"limitApplicationCertificateClassificationFlag" required:"false" maxLength:"20"`
	LimitApplicationCertificateDate               string `json:"limitApplicationCertificateDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	LimitApplicationCertificateValidStartDate     string `json:"limitApplicationCertificateValidStartDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	LimitApplicationCertificateValidEndDate       string `json:"limitApplicationCertificateValidEndDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	LimitApplicationCertificateLongTermDate       string `json:"limitApplicationCertificateLongTermDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
}

// SpecificDiseasesCertificate is the certificate for treatment of a specific disease (特定疾病療養受療証).
type SpecificDiseasesCertificate struct {
	SpecificDiseasesDiseaseCategory string `json:"specificDiseasesDiseaseCategory" required:"false" enum:",1,2,3"`
	SpecificDiseasesCertificateDate string `json:"specificDiseasesCertificateDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	SpecificDiseasesValidStartDate  string `json:"specificDiseasesValidStartDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	SpecificDiseasesValidEndDate    string `json:"specificDiseasesValidEndDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	SpecificDiseasesSelfPay         string `json:"specificDiseasesSelfPay" required:"false" maxLength:"20"`
}

// Benefit is a benefit paid by the insurer (給付情報, part of P12-a).
type Benefit struct {
	BenefitName string `json:"benefitName" maxLength:"200"`
	PaidOn      string `json:"paidOn" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	Amount      int64  `json:"amount" required:"false" minimum:"0" doc:"yen"`
}

// Flags are the flags in force of one membership: for the insured branch number as a whole, and for single items (P6-1, P6-6).
type Flags struct {
	NonDisclosure          bool        `json:"nonDisclosure" required:"false" doc:"不開示該当フラグ"`
	SelfInformationBlocked bool        `json:"selfInformationBlocked" required:"false" doc:"自己情報提供不可フラグ"`
	Items                  []ItemFlags `json:"items" required:"false" doc:"flags set for one specific personal information (特定個人情報) alone"`
}

// ItemFlags are the flags in force for one specific personal information alone.
type ItemFlags struct {
	Item                   string `json:"item" enum:"eligibility,benefits,checkups"`
	NonDisclosure          bool   `json:"nonDisclosure" required:"false"`
	SelfInformationBlocked bool   `json:"selfInformationBlocked" required:"false"`
}

// Checkup is a specific health checkup (特定健診情報等, P12-f).
type Checkup struct {
	CheckupID              string        `json:"checkupId" required:"false" maxLength:"64"`
	PersonalInsuredNumber  string        `json:"personalInsuredNumber" required:"false" maxLength:"128" doc:"absent: the latest membership's"`
	Date                   string        `json:"date" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	MedicalInstitutionCode string        `json:"medicalInstitutionCode" required:"false" maxLength:"20"`
	InstitutionName        string        `json:"institutionName" required:"false" maxLength:"200"`
	Items                  []CheckupItem `json:"items" required:"false"`
}

// CheckupItem is one result of a checkup; Code is a 17-character JLAC10 code.
type CheckupItem struct {
	Code  string `json:"code" maxLength:"64"`
	Name  string `json:"name" required:"false" maxLength:"200"`
	Value string `json:"value" required:"false" maxLength:"200"`
	Unit  string `json:"unit" required:"false" maxLength:"64"`
}

// Medicine is a dispensed medicine (薬剤情報, P12-e).
type Medicine struct {
	PersonalInsuredNumber string `json:"personalInsuredNumber" required:"false" maxLength:"128" doc:"absent: the latest membership's"`
	TreatmentDate         string `json:"treatmentDate" required:"false" pattern:"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$" patternDescription:"a date as in 2006-01-02"`
	InstitutionName       string `json:"institutionName" required:"false" maxLength:"200"`
	MedicineCode          string `json:"medicineCode" required:"false" maxLength:"64"`
	MedicineName          string `json:"medicineName" maxLength:"200"`
}

// MedicalExpense is a line of the medical-expense notice (医療費通知情報, P12-g).
type MedicalExpense struct {
	PersonalInsuredNumber  string `json:"personalInsuredNumber" required:"false" maxLength:"128" doc:"absent: the latest membership's"`
	ReviewMonth            string `json:"reviewMonth" required:"false" pattern:"^([0-9]{4}-(0[1-9]|1[0-2]))?$" patternDescription:"2006-01"`
	TreatmentMonth         string `json:"treatmentMonth" required:"false" pattern:"^([0-9]{4}-(0[1-9]|1[0-2]))?$" patternDescription:"2006-01"`
	MedicalInstitutionCode string `json:"medicalInstitutionCode" required:"false" maxLength:"20"`
	InstitutionName        string `json:"institutionName" required:"false" maxLength:"200"`
	TotalCost              int64  `json:"totalCost" required:"false" minimum:"0" doc:"yen"`
}
