// Package document writes a person of the synthetic nation as the person document of the interface. It is a second hand
// beside the one by which a world holds the nation: who checks answers by these documents notices where a world's differ.
package document

import (
	"onshisim/sim/population"
	"onshisim/sim/world"
)

// Of is a person with records as a document, in full: no list is nil.
func Of(p *population.Person, r *population.Records) world.Person {
	d := world.Person{
		ID: p.ID, IndividualNumber: p.IndividualNumber, Name: p.Name, NameKana: p.NameKana, Sex1: p.Sex1, Birthdate: p.Birthdate,
		Address: p.Address, PostNumber: p.PostNumber, PortalUserID: p.PortalUserID, RegisteredCard: p.RegisteredCard,
		Proxies: append([]string{}, p.Proxies...),
		Cards:   make([]world.Card, 0, len(p.Cards)), Members: make([]world.Member, 0, len(p.Members)),
		Checkups: make([]world.Checkup, 0, len(r.Checkups)), Medicines: make([]world.Medicine, 0, len(r.Medicines)),
		MedicalExpenses: make([]world.MedicalExpense, 0, len(r.MedicalExpenses)),
	}
	for _, c := range p.Cards {
		d.Cards = append(d.Cards, world.Card{
			CardSerial: c.CardSerial, PIN: c.PIN, Status: c.Status,
			CardExpirationDate: c.CardExpirationDate, CertificateExpirationDate: c.CertificateExpirationDate,
		})
	}
	for i := range p.Members {
		d.Members = append(d.Members, member(p, &p.Members[i]))
	}
	records(&d, r)
	return d
}

// member is a membership; name, sex and date of birth are the person's.
func member(p *population.Person, m *population.Member) world.Member {
	return world.Member{
		PersonalInsuredNumber: m.PersonalInsuredNumber,
		Eligibility: world.Eligibility{
			InsuredCardClassification: m.InsuredCardClassification, InsurerNumber: m.InsurerNumber, InsurerName: m.InsurerName,
			InsuredCardSymbol: m.InsuredCardSymbol, InsuredIdentificationNumber: m.InsuredIdentificationNumber,
			InsuredBranchNumber: m.InsuredBranchNumber, PersonalFamilyClassification: m.PersonalFamilyClassification,
			Name: p.Name, NameKana: p.NameKana, Sex1: p.Sex1, Birthdate: p.Birthdate,
			Address: m.Address, PostNumber: m.PostNumber,
			QualificationDate: m.QualificationDate, DisqualificationDate: m.DisqualificationDate, ReasonOfLoss: m.ReasonOfLoss,
			InsuredPartialContributionRatio: m.InsuredPartialContributionRatio,
			ElderlyRecipientCertificate:     elderly(m.ElderlyRecipientCertificate),
			LimitApplicationCertificate:     limit(m.LimitApplicationCertificate),
			SpecificDiseasesCertificates:    diseases(m.SpecificDiseasesCertificates),
		},
		Benefits: []world.Benefit{},
		Flags: world.Flags{
			NonDisclosure: m.NonDisclosure, SelfInformationBlocked: m.SelfInformationBlocked, Items: []world.ItemFlags{},
		},
	}
}

func elderly(c *population.ElderlyRecipientCertificate) *world.ElderlyRecipientCertificate {
	if c == nil {
		return nil
	}
	return &world.ElderlyRecipientCertificate{
		ElderlyRecipientCertificateDate:   c.ElderlyRecipientCertificateDate,
		ElderlyRecipientValidStartDate:    c.ElderlyRecipientValidStartDate,
		ElderlyRecipientValidEndDate:      c.ElderlyRecipientValidEndDate,
		ElderlyRecipientContributionRatio: c.ElderlyRecipientContributionRatio,
	}
}

func limit(c *population.LimitApplicationCertificate) *world.LimitApplicationCertificate {
	if c == nil {
		return nil
	}
	return &world.LimitApplicationCertificate{
		LimitApplicationCertificateClassification:     c.LimitApplicationCertificateClassification,
		LimitApplicationCertificateClassificationFlag: c.LimitApplicationCertificateClassificationFlag,
		LimitApplicationCertificateDate:               c.LimitApplicationCertificateDate,
		LimitApplicationCertificateValidStartDate:     c.LimitApplicationCertificateValidStartDate,
		LimitApplicationCertificateValidEndDate:       c.LimitApplicationCertificateValidEndDate,
		LimitApplicationCertificateLongTermDate:       c.LimitApplicationCertificateLongTermDate,
	}
}

func diseases(certificates []population.SpecificDiseasesCertificate) []world.SpecificDiseasesCertificate {
	written := make([]world.SpecificDiseasesCertificate, 0, len(certificates))
	for _, c := range certificates {
		written = append(written, world.SpecificDiseasesCertificate{
			SpecificDiseasesDiseaseCategory: c.SpecificDiseasesDiseaseCategory,
			SpecificDiseasesCertificateDate: c.SpecificDiseasesCertificateDate,
			SpecificDiseasesValidStartDate:  c.SpecificDiseasesValidStartDate,
			SpecificDiseasesValidEndDate:    c.SpecificDiseasesValidEndDate,
			SpecificDiseasesSelfPay:         c.SpecificDiseasesSelfPay,
		})
	}
	return written
}

func records(d *world.Person, r *population.Records) {
	for _, c := range r.Checkups {
		items := make([]world.CheckupItem, 0, len(c.Items))
		for _, i := range c.Items {
			items = append(items, world.CheckupItem{Code: i.Code, Name: i.Name, Value: i.Value, Unit: i.Unit})
		}
		d.Checkups = append(d.Checkups, world.Checkup{
			CheckupID: c.CheckupID, PersonalInsuredNumber: c.PersonalInsuredNumber, Date: c.Date,
			MedicalInstitutionCode: c.MedicalInstitutionCode, InstitutionName: c.InstitutionName, Items: items,
		})
	}
	for _, m := range r.Medicines {
		d.Medicines = append(d.Medicines, world.Medicine{
			PersonalInsuredNumber: m.PersonalInsuredNumber, TreatmentDate: m.TreatmentDate, InstitutionName: m.InstitutionName,
			MedicineCode: m.MedicineCode, MedicineName: m.MedicineName,
		})
	}
	for _, e := range r.MedicalExpenses {
		d.MedicalExpenses = append(d.MedicalExpenses, world.MedicalExpense{
			PersonalInsuredNumber: e.PersonalInsuredNumber, ReviewMonth: e.ReviewMonth, TreatmentMonth: e.TreatmentMonth,
			MedicalInstitutionCode: e.MedicalInstitutionCode, InstitutionName: e.InstitutionName, TotalCost: e.TotalCost,
		})
	}
}
