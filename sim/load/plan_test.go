package load

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestTheSameSeedIsTheSameDay(t *testing.T) {
	t.Parallel()
	one, again, other := slices.Collect(plan(1, 0.1)), slices.Collect(plan(1, 0.1)), slices.Collect(plan(2, 0.1))
	assert.Equal(t, one, again)
	assert.NotEqual(t, one, other)
}

func TestVisitsComeInOrderAtTheRatesOfTheDay(t *testing.T) {
	t.Parallel()
	const units = 3
	last := time.Duration(0)
	var counted [hours][errands]float64
	pharmacies, patients := 0.0, 0.0
	for v := range plan(1, units) {
		assert.GreaterOrEqual(t, v.at, last)
		last = v.at
		switch {
		case v.pharmacy:
			pharmacies++
		default:
			counted[int(v.at.Hours())][v.errand]++
			if v.errand == byCard || v.errand == byCertificate {
				patients++
			}
		}
		if v.errand == inDisaster {
			assert.GreaterOrEqual(t, v.at, disasterHour*time.Hour+screensOpen)
		}
	}
	assert.Less(t, last, hours*time.Hour)
	for h := range day {
		rates, _ := day[h].rates(units)
		for e, rate := range rates {
			if rate > 1000 {
				assert.InEpsilon(t, rate, counted[h][e], 0.15, "hour %d, errand %d", h, e)
			}
			if rate == 0 {
				assert.Zero(t, counted[h][e], "hour %d, errand %d", h, e)
			}
		}
	}
	assert.InEpsilon(t, shareToPharmacy, pharmacies/patients, 0.05)
	morning, night := counted[10][byCard], counted[3][byCard]
	assert.Greater(t, morning, 50*night)
}
