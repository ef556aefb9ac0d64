package work

// The answers in the shape that encoding/json gives them. They are this package's own, so that nothing that makes the
// simulator quicker makes the baseline so.

type eligibility struct {
	InsuredCardClassification       string                       `json:"insuredCardClassification"`
	InsurerNumber                   string                       `json:"insurerNumber"`
	InsurerName                     string                       `json:"insurerName"`
	InsuredCardSymbol               string                       `json:"insuredCardSymbol"`
	InsuredIdentificationNumber     string                       `json:"insuredIdentificationNumber"`
	InsuredBranchNumber             string                       `json:"insuredBranchNumber"`
	PersonalFamilyClassification    string                       `json:"personalFamilyClassification"`
	Name                            string                       `json:"name"`
	NameKana                        string                       `json:"nameKana"`
	Sex1                            string                       `json:"sex1"`
	Birthdate                       string                       `json:"birthdate"`
	Address                         string                       `json:"address"`
	PostNumber                      string                       `json:"postNumber"`
	QualificationDate               string                       `json:"qualificationDate"`
	DisqualificationDate            string                       `json:"disqualificationDate"`
	InsuredPartialContributionRatio string                       `json:"insuredPartialContributionRatio"`
	ReasonOfLoss                    string                       `json:"reasonOfLoss"`
	ElderlyRecipientCertificate     *elderlyRecipientCertificate `json:"elderlyRecipientCertificate"`
	LimitApplicationCertificate     *limitCertificate            `json:"limitApplicationCertificate"`
	SpecificDiseasesCertificates    []diseaseCertificate         `json:"specificDiseasesCertificates"`
}

type elderlyRecipientCertificate struct {
	ElderlyRecipientCertificateDate   string `json:"elderlyRecipientCertificateDate"`
	ElderlyRecipientValidStartDate    string `json:"elderlyRecipientValidStartDate"`
	ElderlyRecipientValidEndDate      string `json:"elderlyRecipientValidEndDate"`
	ElderlyRecipientContributionRatio string `json:"elderlyRecipientContributionRatio"`
}

type limitCertificate struct {
	LimitApplicationCertificateClassification     string `json:"limitApplicationCertificateClassification"`
	LimitApplicationCertificateClassificationFlag string `json:"limitApplicationCertificateClassificationFlag"`
	LimitApplicationCertificateDate               string `json:"limitApplicationCertificateDate"`
	LimitApplicationCertificateValidStartDate     string `json:"limitApplicationCertificateValidStartDate"`
	LimitApplicationCertificateValidEndDate       string `json:"limitApplicationCertificateValidEndDate"`
	LimitApplicationCertificateLongTermDate       string `json:"limitApplicationCertificateLongTermDate"`
}

type diseaseCertificate struct {
	SpecificDiseasesDiseaseCategory string `json:"specificDiseasesDiseaseCategory"`
	SpecificDiseasesCertificateDate string `json:"specificDiseasesCertificateDate"`
	SpecificDiseasesValidStartDate  string `json:"specificDiseasesValidStartDate"`
	SpecificDiseasesValidEndDate    string `json:"specificDiseasesValidEndDate"`
	SpecificDiseasesSelfPay         string `json:"specificDiseasesSelfPay"`
}

type certificateAnswer struct {
	QualificationValidity string        `json:"qualificationValidity"`
	Results               []eligibility `json:"results"`
	ReferenceNumber       string        `json:"referenceNumber"`
}

type cardReadAnswer struct {
	QualificationValidity string        `json:"qualificationValidity"`
	Results               []eligibility `json:"results"`
	CardReadID            string        `json:"cardReadId"`
	ReferenceNumber       string        `json:"referenceNumber"`

	LimitApplicationCertificateRelatedConsFlg  string `json:"limitApplicationCertificateRelatedConsFlg"`
	LimitApplicationCertificateRelatedConsTime string `json:"limitApplicationCertificateRelatedConsTime"`
	SpecificDiseasesCertificateRelatedConsFlg  string `json:"specificDiseasesCertificateRelatedConsFlg"`
	SpecificDiseasesCertificateRelatedConsTime string `json:"specificDiseasesCertificateRelatedConsTime"`
	SpecificHealthCheckupsInfoConsFlg          string `json:"specificHealthCheckupsInfoConsFlg"`
	SpecificHealthCheckupsInfoConsTime         string `json:"specificHealthCheckupsInfoConsTime"`
	SpecificHealthCheckupsInfoAvailableTime    string `json:"specificHealthCheckupsInfoAvailableTime"`
	PharmacistsInfoConsFlg                     string `json:"pharmacistsInfoConsFlg"`
	PharmacistsInfoConsTime                    string `json:"pharmacistsInfoConsTime"`
	PharmacistsInfoAvailableTime               string `json:"pharmacistsInfoAvailableTime"`
}

type searchAnswer struct {
	Candidates []candidate `json:"candidates"`
}

type candidate struct {
	CandidateID string `json:"candidateId"`
	Name        string `json:"name"`
	NameKana    string `json:"nameKana"`
	Sex1        string `json:"sex1"`
	Birthdate   string `json:"birthdate"`
	Address     string `json:"address"`
	InsurerName string `json:"insurerName"`
}

type selfInformationAnswer struct {
	Entries []selfInformation `json:"entries"`
}

type selfInformation struct {
	Status                      string    `json:"status"`
	Message                     string    `json:"message"`
	InsurerNumber               string    `json:"insurerNumber"`
	InsurerName                 string    `json:"insurerName"`
	InsuredCardSymbol           string    `json:"insuredCardSymbol"`
	InsuredIdentificationNumber string    `json:"insuredIdentificationNumber"`
	InsuredBranchNumber         string    `json:"insuredBranchNumber"`
	InsuredCardExpirationDate   string    `json:"insuredCardExpirationDate"`
	QualificationDate           string    `json:"qualificationDate"`
	DisqualificationDate        string    `json:"disqualificationDate"`
	Benefits                    []benefit `json:"benefits"`
}

type benefit struct {
	BenefitName string `json:"benefitName"`
	PaidOn      string `json:"paidOn"`
	Amount      int64  `json:"amount"`
}
