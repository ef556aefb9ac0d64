package population

// ElderlyRecipientCertificate is the elderly recipient's certificate (高齢受給者証), which 70 to 74-year-olds have.
type ElderlyRecipientCertificate struct {
	ElderlyRecipientCertificateDate   string
	ElderlyRecipientValidStartDate    string
	ElderlyRecipientValidEndDate      string
	ElderlyRecipientContributionRatio string
}

// LimitApplicationCertificate is the certificate of the limit on co-payment (限度額適用認定証).
type LimitApplicationCertificate struct {
	LimitApplicationCertificateClassification     string
	LimitApplicationCertificateClassificationFlag string
	LimitApplicationCertificateDate               string
	LimitApplicationCertificateValidStartDate     string
	LimitApplicationCertificateValidEndDate       string
	LimitApplicationCertificateLongTermDate       string
}

// SpecificDiseasesCertificate is the certificate for treatment of a specific disease (特定疾病療養受療証).
type SpecificDiseasesCertificate struct {
	SpecificDiseasesDiseaseCategory string
	SpecificDiseasesCertificateDate string
	SpecificDiseasesValidStartDate  string
	SpecificDiseasesValidEndDate    string
	SpecificDiseasesSelfPay         string
}

// writeBenefits writes what somebody pays of the costs, and the certificates that change it. Those are renewed every
// August; a membership that is over has none.
func (n *Nation) writeBenefits(t *text, r *resident, m *membership, to *Member) {
	last := min(asOf, m.to-1)
	ratio := n.contributionRatio(r, m, last)
	to.InsuredPartialContributionRatio = ratio
	if m.to != never {
		return
	}
	begin := max(on(2020, 8, 1), m.from)
	if from := r.born.turns(70); from <= asOf && !m.insurer.isElder() {
		start := t.writeDay(max(from, begin))
		end := t.writeDay(min(r.born.turns(75)-1, on(2021, 7, 31)))
		to.ElderlyRecipientCertificate = &ElderlyRecipientCertificate{start, start, end, ratio}
	}
	to.LimitApplicationCertificate = n.limitCertificate(t, r, m, begin)
	to.SpecificDiseasesCertificates = n.diseaseCertificates(t, r, m)
}

// contributionRatio (負担割合) is 30 % but for small children, for the elderly, and for 70 to 74-year-olds.
func (n *Nation) contributionRatio(r *resident, m *membership, at day) string {
	earnsWell := n.keys.certificate.draw(r.drawing(drawLimit))>>32%100 < 7
	switch {
	case at < r.born.aprilFrom(6), r.born.turns(70) <= at && !m.insurer.isElder() && !earnsWell:
		return "020"
	case m.insurer.isElder() && !earnsWell:
		return "010"
	}
	return "030"
}

// limitCertificate is what one in fifty has, and one in five in the elderly scheme.
func (n *Nation) limitCertificate(t *text, r *resident, m *membership, begin day) *LimitApplicationCertificate {
	draws, one := n.keys.certificate.draw(r.drawing(drawLimit)), uint64(50)
	if m.insurer.isElder() {
		one = 5
	}
	if draws%one != 0 {
		return nil
	}
	classification, flag := "01", "A0"+string('1'+rune(draws>>16%4))
	if r.born.turns(70) <= asOf {
		classification, flag = "02", "B05"
	}
	start := t.writeDay(begin)
	return &LimitApplicationCertificate{
		LimitApplicationCertificateClassification:     classification,
		LimitApplicationCertificateClassificationFlag: flag,
		LimitApplicationCertificateDate:               start,
		LimitApplicationCertificateValidStartDate:     start,
		LimitApplicationCertificateValidEndDate:       "2021-07-31",
	}
}

// diseaseCertificates are those of dialysis patients: three in a thousand adults.
func (n *Nation) diseaseCertificates(t *text, r *resident, m *membership) []SpecificDiseasesCertificate {
	if n.keys.certificate.draw(r.drawing(drawDisease))%1000 >= 3 || r.born.turns(30) > asOf {
		return nil
	}
	start := t.writeDay(max(on(2018, 4, 1), m.from))
	return []SpecificDiseasesCertificate{{
		SpecificDiseasesDiseaseCategory: "1",
		SpecificDiseasesCertificateDate: start,
		SpecificDiseasesValidStartDate:  start,
		SpecificDiseasesSelfPay:         "10000",
	}}
}
