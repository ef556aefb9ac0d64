package population

// condition is something that people suffer from for long or now and then. The names of the medicines are made up, and
// their codes begin with 999, which no medicine's does.
type condition struct {
	name      string
	share     [5]int // of a hundred below 15, 40, 60, 75 years, and above
	months    []int  // in which it is treated; none: all year round
	medicines []medicine
}

type medicine struct {
	code, name string
	cost       int64 // yen for what is dispensed at a time
}

// The conditions that show in checkups.
const (
	hypertension = "高血圧症"
	diabetes     = "糖尿病"
	dyslipidemia = "脂質異常症"
)

var conditions = [...]condition{
	{hypertension, [5]int{0, 2, 16, 38, 55}, nil, []medicine{
		{"999000001", "架空降圧錠５ｍｇ", 620}, {"999000011", "架空降圧カプセル２０ｍｇ", 940},
	}},
	{diabetes, [5]int{0, 1, 6, 15, 19}, nil, []medicine{
		{"999000012", "架空糖降下錠２５０ｍｇ", 580}, {"999000013", "架空糖降下錠５０ｍｇ", 2430},
	}},
	{dyslipidemia, [5]int{0, 2, 13, 27, 30}, nil, []medicine{
		{"999000014", "架空脂質錠１０ｍｇ", 510}, {"999000015", "架空脂質カプセル", 860},
	}},
	{"不眠症", [5]int{0, 3, 6, 9, 16}, nil, []medicine{
		{"999000002", "架空睡眠導入錠１ｍｇ", 430}, {"999000016", "架空睡眠錠５ｍｇ", 780},
	}},
	{"花粉症", [5]int{25, 30, 32, 22, 8}, []int{2, 3, 4}, []medicine{
		{"999000003", "架空点鼻液", 1080}, {"999000017", "架空抗アレルギー錠１０ｍｇ", 690},
	}},
	{"腰痛症", [5]int{0, 3, 8, 14, 24}, []int{1, 6, 12}, []medicine{
		{"999000018", "架空湿布１０ｃｍ", 540}, {"999000019", "架空鎮痛錠６０ｍｇ", 360},
	}},
	{"湿疹", [5]int{12, 6, 5, 6, 9}, []int{7, 8}, []medicine{
		{"999000004", "架空軟膏", 470}, {"999000020", "架空保湿クリーム", 650},
	}},
	{"かぜ", [5]int{45, 20, 14, 12, 12}, []int{11}, []medicine{
		{"999000005", "架空シロップ", 280}, {"999000021", "架空感冒顆粒", 310},
	}},
	{"胃炎", [5]int{1, 5, 9, 12, 15}, []int{5, 10}, []medicine{
		{"999000006", "架空整腸散", 260}, {"999000022", "架空胃粘膜錠１００ｍｇ", 520},
	}},
}

// conditions draws what somebody suffers from, by age.
func (p *patient) conditions() (ill []*condition) {
	group := 0
	for _, begins := range [...]int{15, 40, 60, 75} {
		if p.born.turns(begins) <= asOf {
			group++
		}
	}
	for i := range conditions {
		if p.chance(conditions[i].share[group]) {
			ill = append(ill, &conditions[i])
		}
	}
	return ill
}

func (p *patient) suffersFrom(name string) bool {
	for _, c := range p.ill {
		if c.name == name {
			return true
		}
	}
	return false
}

// isTreatedIn says whether a condition brings somebody to the doctor in a month.
func (c *condition) isTreatedIn(month int) bool {
	for _, m := range c.months {
		if m == month {
			return true
		}
	}
	return false
}
