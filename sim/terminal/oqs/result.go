package oqs

import (
	"slices"
	"strings"

	"onshisim/sim/terminal/oqs/kana"
	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// resultOf is one membership as files show it (資格確認結果). What is hidden from it is absent already.
func resultOf(e *world.Eligibility, given consents, referenceNumber string) message.Element {
	insuredName := ""
	if e.PersonalFamilyClassification == "1" { // a dependant's file knows nothing of who is insured
		insuredName = e.Name
	}
	return message.Group("ResultOfQualificationConfirmation", slices.Concat(
		[]message.Element{
			message.Leaf("InsuredCardClassification", e.InsuredCardClassification),
			message.Leaf("InsurerNumber", padded(e.InsurerNumber)),
			message.Leaf("InsuredCardSymbol", e.InsuredCardSymbol),
			message.Leaf("InsuredIdentificationNumber", e.InsuredIdentificationNumber),
			message.Leaf("InsuredBranchNumber", e.InsuredBranchNumber),
			message.Leaf("PersonalFamilyClassification", e.PersonalFamilyClassification),
			message.Leaf("InsuredName", kana.Full(insuredName)),
			message.Leaf("Name", kana.Full(e.Name)),
			message.Leaf("NameKana", kana.Half(e.NameKana)),
			message.Leaf("Sex1", e.Sex1),
			message.Leaf("Birthdate", compact(e.Birthdate)),
			message.Leaf("Address", e.Address),
			message.Leaf("PostNumber", postNumber(e.PostNumber)),
			message.Leaf("QualificationDate", compact(e.QualificationDate)),
			message.Leaf("DisqualificationDate", compact(e.DisqualificationDate)),
			message.Leaf("InsuredPartialContributionRatio", e.InsuredPartialContributionRatio),
			message.Leaf("ReasonOfLoss", e.ReasonOfLoss),
			message.Leaf("InsurerName", e.InsurerName),
			elderlyRecipient(e.ElderlyRecipientCertificate),
		},
		given.limit, []message.Element{limitApplication(e.LimitApplicationCertificate)},
		given.diseases, []message.Element{specificDiseases(e.SpecificDiseasesCertificates)},
		given.records, []message.Element{message.Leaf("ReferenceNumber", referenceNumber)},
	)...)
}

// elderlyRecipient is the elderly recipient's certificate (高齢受給者証).
func elderlyRecipient(c *world.ElderlyRecipientCertificate) message.Element {
	if c == nil {
		return message.Element{}
	}
	return message.Optional("ElderlyRecipientCertificateInfo",
		message.Leaf("ElderlyRecipientCertificateDate", compact(c.ElderlyRecipientCertificateDate)),
		message.Leaf("ElderlyRecipientValidStartDate", compact(c.ElderlyRecipientValidStartDate)),
		message.Leaf("ElderlyRecipientValidEndDate", compact(c.ElderlyRecipientValidEndDate)),
		message.Leaf("ElderlyRecipientContributionRatio", c.ElderlyRecipientContributionRatio),
	)
}

// limitApplication is the certificate of the limit on co-payment (限度額適用認定証).
func limitApplication(c *world.LimitApplicationCertificate) message.Element {
	if c == nil {
		return message.Element{}
	}
	return message.Optional("LimitApplicationCertificateRelatedInfo",
		message.Leaf("LimitApplicationCertificateClassification", c.LimitApplicationCertificateClassification),
		message.Leaf("LimitApplicationCertificateClassificationFlag", c.LimitApplicationCertificateClassificationFlag),
		message.Leaf("LimitApplicationCertificateDate", compact(c.LimitApplicationCertificateDate)),
		message.Leaf("LimitApplicationCertificateValidStartDate", compact(c.LimitApplicationCertificateValidStartDate)),
		message.Leaf("LimitApplicationCertificateValidEndDate", compact(c.LimitApplicationCertificateValidEndDate)),
		message.Leaf("LimitApplicationCertificateLongTermDate", compact(c.LimitApplicationCertificateLongTermDate)),
	)
}

// specificDiseases are the certificates for treatment of specific diseases (特定疾病療養受療証).
func specificDiseases(all []world.SpecificDiseasesCertificate) message.Element {
	infos := make([]message.Element, 0, len(all))
	for i := range all {
		c := &all[i]
		infos = append(infos, message.Optional("SpecificDiseasesCertificateInfo",
			message.Leaf("SpecificDiseasesDiseaseCategory", c.SpecificDiseasesDiseaseCategory),
			message.Leaf("SpecificDiseasesCertificateDate", compact(c.SpecificDiseasesCertificateDate)),
			message.Leaf("SpecificDiseasesValidStartDate", compact(c.SpecificDiseasesValidStartDate)),
			message.Leaf("SpecificDiseasesValidEndDate", compact(c.SpecificDiseasesValidEndDate)),
			message.Leaf("SpecificDiseasesSelfPay", c.SpecificDiseasesSelfPay),
		))
	}
	return message.Optional("SpecificDiseasesCertificateList", infos...)
}

// padded is an insurer number as files have it: eight places, spaces on the left.
func padded(insurerNumber string) string {
	if insurerNumber == "" {
		return ""
	}
	return strings.Repeat(" ", max(0, 8-len(insurerNumber))) + insurerNumber
}

// postNumber has a dash behind its third digit.
func postNumber(text string) string {
	if len(text) != 7 || strings.Trim(text, "0123456789") != "" {
		return text
	}
	return text[:3] + "-" + text[3:]
}
