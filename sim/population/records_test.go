package population_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/population"
)

// Whatever is on record happened under the membership that it names, at an institution that exists.
func TestRecordsLieWithinMemberships(t *testing.T) {
	t.Parallel()
	everyone(t, func(t require.TestingT, n *population.Nation, p *population.Person) {
		r := n.Records(p.Index)
		assert.LessOrEqual(t, len(r.Checkups), 3)
		assert.LessOrEqual(t, len(r.Medicines), 12)
		assert.LessOrEqual(t, len(r.MedicalExpenses), 12)
		for _, c := range r.Checkups {
			assert.True(t, wasMember(p, c.PersonalInsuredNumber, c.Date))
			assert.GreaterOrEqual(t, c.Date, birthday(p, 40))
			assert.Less(t, c.Date, birthday(p, 75))
			isInstitution(t, n, c.MedicalInstitutionCode, c.InstitutionName)
		}
		for _, m := range r.Medicines {
			assert.True(t, wasMember(p, m.PersonalInsuredNumber, m.TreatmentDate))
			assert.Regexp(t, `^999\d{6}$`, m.MedicineCode)
			assert.Contains(t, m.MedicineName, "架空")
		}
		for _, e := range r.MedicalExpenses {
			isInstitution(t, n, e.MedicalInstitutionCode, e.InstitutionName)
			assert.Greater(t, e.ReviewMonth, e.TreatmentMonth)
			assert.Less(t, e.ReviewMonth, population.AsOf[:7])
		}
	})
}

func wasMember(p *population.Person, number, date string) bool {
	for i := range p.Members {
		m := &p.Members[i]
		if m.PersonalInsuredNumber == number {
			return m.QualificationDate <= date && date < population.AsOf &&
				(m.DisqualificationDate == "" || date < m.DisqualificationDate)
		}
	}
	return false
}

func isInstitution(t require.TestingT, n *population.Nation, code, name string) {
	index, ok := n.InstitutionByCode(code)
	assert.True(t, ok)
	assert.Equal(t, name, n.Institution(index).InstitutionName)
	assert.Equal(t, "medical", n.Institution(index).Kind)
}

// Every medicine is covered by a line of expenses of its month and institution.
func TestExpensesCoverMedicines(t *testing.T) {
	t.Parallel()
	dispensed := 0
	everyone(t, func(t require.TestingT, n *population.Nation, p *population.Person) {
		r := n.Records(p.Index)
		lines := map[[3]string]int64{}
		for _, e := range r.MedicalExpenses {
			key := [3]string{e.PersonalInsuredNumber, e.TreatmentMonth, e.InstitutionName}
			assert.NotContains(t, lines, key, "one line for a month and an institution")
			lines[key] = e.TotalCost
		}
		for _, m := range r.Medicines {
			dispensed++
			key := [3]string{m.PersonalInsuredNumber, m.TreatmentDate[:7], m.InstitutionName}
			assert.Contains(t, lines, key)
			lines[key] -= 200 // no medicine costs less
		}
		for _, left := range lines {
			assert.Positive(t, left)
		}
	})
	assert.Positive(t, dispensed)
}

// What is measured fits: the body mass index is that of height and weight, and who takes something for the blood pressure
// or against diabetes has reasons.
func TestCheckupsFit(t *testing.T) {
	t.Parallel()
	n := nationOf(t, japan, 0)
	mean := map[bool][2]float64{} // HbA1c, by whether a diabetic's medicine is taken: sum and count
	for i := range 4000 {
		r := n.Records(i * 31_013)
		diabetic := false
		for _, m := range r.Medicines {
			diabetic = diabetic || m.MedicineCode == "999000012" || m.MedicineCode == "999000013"
		}
		for _, c := range r.Checkups {
			values := map[string]float64{}
			for _, item := range c.Items {
				assert.Len(t, item.Code, 17)
				value, err := strconv.ParseFloat(item.Value, 64)
				require.NoError(t, err)
				values[item.Code] = value
			}
			height, weight, bmi := values["9N001000000000001"]/100, values["9N006000000000001"], values["9N011000000000001"]
			assert.InDelta(t, weight/height/height, bmi, 0.06)
			assert.InDelta(t, 24, bmi, 12)
			assert.Greater(t, values["9A751000000000001"], values["9A761000000000001"]+15, "systolic above diastolic")
			sum := mean[diabetic]
			mean[diabetic] = [2]float64{sum[0] + values["3D046000001906202"], sum[1] + 1}
		}
	}
	require.Greater(t, mean[true][1], 50.0)
	assert.Greater(t, mean[true][0]/mean[true][1], 0.5+mean[false][0]/mean[false][1])
}
