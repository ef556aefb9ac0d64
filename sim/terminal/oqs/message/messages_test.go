package message_test

import (
	"onshisim/sim/terminal/oqs/message"
)

// A request for one person's eligibility, as clinics' systems write it.
const request = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<XmlMsg><MessageHeader><QualificationConfirmationDate>20260401</QualificationConfirmationDate>` +
	`<MedicalInstitutionCode>9919990011</MedicalInstitutionCode><ArbitraryFileIdentifier>受付1&amp;2</ArbitraryFileIdentifier></MessageHeader>` +
	`<MessageBody><QualificationConfirmSearchInfo><InsurerNumber>  999904</InsurerNumber><InsuredCardSymbol>記号１</InsuredCardSymbol>` +
	`<InsuredIdentificationNumber>123</InsuredIdentificationNumber><Birthdate>19800401</Birthdate>` +
	`<LimitApplicationCertificateRelatedConsFlg>0</LimitApplicationCertificateRelatedConsFlg></QualificationConfirmSearchInfo></MessageBody></XmlMsg>`

// asked is what the request says.
var asked = message.Group("XmlMsg",
	message.Group("MessageHeader",
		message.Leaf("QualificationConfirmationDate", "20260401"),
		message.Leaf("MedicalInstitutionCode", "9919990011"),
		message.Leaf("ArbitraryFileIdentifier", "受付1&2")),
	message.Group("MessageBody",
		message.Group("QualificationConfirmSearchInfo",
			message.Leaf("InsurerNumber", "999904"),
			message.Leaf("InsuredCardSymbol", "記号１"),
			message.Leaf("InsuredIdentificationNumber", "123"),
			message.Leaf("Birthdate", "19800401"),
			message.Leaf("LimitApplicationCertificateRelatedConsFlg", "0"))))

// answer is a result with the fields that most results have.
func answer() message.Element {
	return message.Group("XmlMsg",
		message.Group("MessageHeader",
			message.Leaf("ProcessExecutionTime", "20260401093000"),
			message.Leaf("QualificationConfirmationDate", "20260401"),
			message.Leaf("MedicalInstitutionCode", "9919990011"),
			message.Leaf("ArbitraryFileIdentifier", "受付1&2"),
			message.Leaf("ReferenceClassification", "2"),
			message.Leaf("SegmentOfResult", "1"),
			message.Leaf("CharacterCodeIdentifier", "0")),
		message.Group("MessageBody",
			message.Leaf("ProcessingResultStatus", "1"),
			message.Leaf("QualificationValidity", "1"),
			message.Group("ResultList", message.Group("ResultOfQualificationConfirmation",
				message.Leaf("InsuredCardClassification", "01"),
				message.Leaf("InsurerNumber", "  999904"),
				message.Leaf("InsuredCardSymbol", "記号１"),
				message.Leaf("InsuredIdentificationNumber", "123"),
				message.Leaf("PersonalFamilyClassification", "1"),
				message.Leaf("Name", "恩資　髙子"),
				message.Leaf("NameKana", "ｵﾝｼ ﾀｶｺ"),
				message.Leaf("Sex1", "2"),
				message.Leaf("Birthdate", "19800401"),
				message.Leaf("Address", "架空県幻市夢見町一丁目１－２－３"),
				message.Leaf("PostNumber", "999-0001"),
				message.Leaf("QualificationDate", "20200401"),
				message.Leaf("InsurerName", "架空県幻市"),
				message.Optional("ElderlyRecipientCertificateInfo"),
				message.Leaf("LimitApplicationCertificateRelatedConsFlg", "1"),
				message.Leaf("LimitApplicationCertificateRelatedConsTime", "20260401093000"),
				message.Optional("LimitApplicationCertificateRelatedInfo",
					message.Leaf("LimitApplicationCertificateClassification", "01"),
					message.Leaf("LimitApplicationCertificateClassificationFlag", "A03"),
					message.Leaf("LimitApplicationCertificateDate", "20250801")),
				message.Leaf("PharmacistsInfoConsFlg", "1"),
				message.Leaf("PharmacistsInfoConsTime", "20260401093000"),
				message.Leaf("PharmacistsInfoAvailableTime", "20260402093000")))))
}
