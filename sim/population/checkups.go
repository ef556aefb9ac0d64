package population

// Checkup is a specific health checkup (特定健診情報).
type Checkup struct {
	CheckupID, PersonalInsuredNumber, Date  string
	MedicalInstitutionCode, InstitutionName string
	Items                                   []CheckupItem
}

// CheckupItem is one result of a checkup; the code is a 17-character JLAC10 code.
type CheckupItem struct{ Code, Name, Value, Unit string }

// The years of which checkups are held.
const firstCheckup, lastCheckup = 2018, 2020

// checkups are one a year for those who go and are 40 to 74 years old.
func (p *patient) checkups() (all []Checkup) {
	if p.born.turns(40) > asOf || p.born.turns(75) <= on(firstCheckup, 1, 1) || !p.chance(60) {
		return nil
	}
	b := p.measure()
	for year := firstCheckup; year <= lastCheckup; year++ {
		date := on(year, p.fake.Number(5, 12), p.fake.Number(1, 28))
		age := p.born.ageOn(date)
		which, ok := p.memberships.on(date)
		if !ok || age < 40 || age > 74 || !p.chance(85) {
			continue
		}
		code, name := p.text.writeInstitution(p.doctor(which))
		all = append(all, Checkup{
			CheckupID: p.writeCheckupID(year), PersonalInsuredNumber: p.insuredNumbers[which], Date: p.text.writeDay(date),
			MedicalInstitutionCode: code, InstitutionName: name, Items: p.writeItems(&b),
		})
	}
	return all
}

func (p *patient) writeCheckupID(year int) string {
	p.text.write("checkup-n-")
	p.text.writeNumber(p.index)
	p.text.write("-")
	p.text.writeNumber(year)
	return p.text.end()
}

// body is what is measured, as it is from year to year: lengths in mm, weight in 100 g, blood sugar in tenths of a percent.
type body struct {
	height, weight, waist       int
	systolic, diastolic         int
	triglycerides, hdl, ldl     int
	aspartate, alanine, gammaGT int
	bloodSugar, hemoglobinA1c   int
}

// measure draws a body on which the person's conditions show.
func (p *patient) measure() (b body) {
	b.height = p.fake.Number(1630, 1780)
	bmi := p.fake.Number(195, 275) // in tenths
	if p.female {
		b.height, bmi = b.height-125, bmi-10
	}
	if p.suffersFrom(diabetes) {
		bmi += p.fake.Number(5, 40)
	}
	b.weight = bmi * b.height * b.height / 1_000_000
	b.waist = 3*bmi + p.fake.Number(150, 230)
	b.systolic = p.fake.Number(105, 132)
	b.hemoglobinA1c = p.fake.Number(50, 57)
	b.triglycerides, b.ldl, b.hdl = p.fake.Number(55, 145), p.fake.Number(80, 135), p.fake.Number(42, 80)
	if p.suffersFrom(hypertension) {
		b.systolic += p.fake.Number(10, 30)
	}
	if p.suffersFrom(diabetes) {
		b.hemoglobinA1c += p.fake.Number(8, 22)
	}
	if p.suffersFrom(dyslipidemia) {
		b.triglycerides, b.ldl = b.triglycerides+p.fake.Number(20, 120), b.ldl+p.fake.Number(10, 60)
	}
	b.diastolic = b.systolic*5/8 + p.fake.Number(-4, 8)
	b.bloodSugar = 85 + (b.hemoglobinA1c-50)*3
	b.aspartate, b.alanine, b.gammaGT = p.fake.Number(15, 32), p.fake.Number(11, 42), p.fake.Number(13, 70)
	return b
}

// writeItems writes the results of one year, in which all but the height goes up and down a little.
func (p *patient) writeItems(b *body) []CheckupItem {
	about := func(value, percent int) int { return value + value*p.fake.Number(-10*percent, 10*percent)/1000 }
	weight := about(b.weight, 3)
	square := b.height * b.height
	bmi := (weight*1_000_000 + square/2) / square
	systolic := about(b.systolic, 4)
	return []CheckupItem{
		{"9N001000000000001", "身長", p.writeTenths(b.height), "cm"},
		{"9N006000000000001", "体重", p.writeTenths(weight), "kg"},
		{"9N011000000000001", "BMI", p.writeTenths(bmi), "kg/m2"},
		{"9N016160100000001", "腹囲(実測)", p.writeTenths(about(b.waist, 2)), "cm"},
		{"9A751000000000001", "収縮期血圧(1回目)", p.writeWhole(systolic), "mmHg"},
		{"9A761000000000001", "拡張期血圧(1回目)", p.writeWhole(about(b.diastolic, 4)), "mmHg"},
		{"3F015000002327101", "中性脂肪(トリグリセリド)", p.writeWhole(about(b.triglycerides, 15)), "mg/dl"},
		{"3F070000002327101", "HDLコレステロール", p.writeWhole(about(b.hdl, 6)), "mg/dl"},
		{"3F077000002327101", "LDLコレステロール", p.writeWhole(about(b.ldl, 6)), "mg/dl"},
		{"3B035000002327201", "GOT(AST)", p.writeWhole(about(b.aspartate, 12)), "U/l"},
		{"3B045000002327201", "GPT(ALT)", p.writeWhole(about(b.alanine, 12)), "U/l"},
		{"3B090000002327101", "γ-GT(γ-GTP)", p.writeWhole(about(b.gammaGT, 12)), "U/l"},
		{"3D010000001926101", "空腹時血糖", p.writeWhole(about(b.bloodSugar, 5)), "mg/dl"},
		{"3D046000001906202", "HbA1c(NGSP)", p.writeTenths(about(b.hemoglobinA1c, 2)), "%"},
	}
}

func (p *patient) writeTenths(n int) string {
	p.text.writeNumber(n / 10)
	p.text.write(".")
	p.text.writeNumber(n % 10)
	return p.text.end()
}

func (p *patient) writeWhole(n int) string {
	p.text.writeNumber(n)
	return p.text.end()
}
