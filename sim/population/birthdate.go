package population

// birthdate is a birthday in the calendar, from which ages are reckoned.
type birthdate struct{ year, month, dayOfMonth int }

func (d day) birthdate() (b birthdate) {
	b.year, b.month, b.dayOfMonth = d.civil()
	return b
}

// turns is the day on which somebody turns an age.
func (b *birthdate) turns(age int) day { return on(b.year+age, b.month, b.dayOfMonth) }

// aprilFrom is the first 1 April on which somebody has turned an age: school and work begin on it.
func (b *birthdate) aprilFrom(age int) day {
	year := b.year + age
	if b.month > 4 || b.month == 4 && b.dayOfMonth > 1 {
		year++
	}
	return on(year, 4, 1)
}

// ageOn is the age in whole years on a day.
func (b *birthdate) ageOn(d day) int {
	year, _, _ := d.civil()
	age := year - b.year
	if b.turns(age) > d {
		age--
	}
	return age
}
