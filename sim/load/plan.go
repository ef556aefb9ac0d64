package load

import (
	"container/heap"
	"iter"
	"math/rand/v2"
	"time"
)

// errand is what somebody sets out for.
type errand uint8

const (
	byCard errand = iota
	byCertificate
	inBatch
	atPortal
	inDisaster
	errands
)

// visit is one errand of one person at one time of the day.
type visit struct {
	at       time.Duration // since midnight, of the day that is played
	errand   errand
	pharmacy bool
	seed     uint64 // of whom and how; a patient at the pharmacy has that of the visit before
}

// dice are the visit's own, so that no other visit changes what it does. Those of whom are the same at the pharmacy.
func (v *visit) dice(of uint64) *rand.Rand { return rand.New(rand.NewPCG(v.seed, of)) }

// What dice are for.
const (
	ofWhom uint64 = iota + 1
	ofHow
	ofHowAtPharmacy
)

// plan yields the visits of a day in the order of their times: arrivals as of people who know nothing of each other
// (Poisson), by the rates of the hour. units is how many lines of the table's unit there are.
func plan(seed uint64, units float64) iter.Seq[visit] {
	return func(yield func(visit) bool) {
		dice := rand.New(rand.NewPCG(seed, uint64(hours)))
		var later followers // few: those of the next hour at most
		for h := range hours {
			from, to := time.Duration(h)*time.Hour, time.Duration(h+1)*time.Hour
			rates, total := day[h].rates(units)
			for at := from; total > 0; {
				at += time.Duration(dice.ExpFloat64() / total * float64(time.Hour))
				if at >= to {
					break
				}
				v := visit{at: at, errand: pick(dice, &rates, total), seed: dice.Uint64()}
				if v.errand == byCard || v.errand == byCertificate {
					later.follow(v, dice)
				}
				if v.errand == inDisaster && at < from+screensOpen {
					v.at += screensOpen // the screens are not open yet
				}
				heap.Push(&later, v)
				if !later.until(at, yield) {
					return
				}
			}
			if !later.until(to, yield) {
				return
			}
		}
	}
}

// rates are the hour's by errand, and their sum.
func (h *hour) rates(units float64) (rates [errands]float64, total float64) {
	rates = [errands]float64{byCard: h.cards, byCertificate: h.certificates, inBatch: h.batch, atPortal: h.portal, inDisaster: h.searches}
	for i := range rates {
		rates[i] *= units
		total += rates[i]
	}
	return rates, total
}

func pick(dice *rand.Rand, rates *[errands]float64, total float64) errand {
	at := dice.Float64() * total
	for e, rate := range rates {
		if at -= rate; at < 0 {
			return errand(e)
		}
	}
	return byCard
}

// followers are visits that are still to come, the next one first.
type followers []visit

// follow sends a patient to the pharmacy afterwards, if so it falls.
func (f *followers) follow(v visit, dice *rand.Rand) {
	if dice.Float64() >= shareToPharmacy {
		return
	}
	v.at += time.Duration(fewestToPharmacy+dice.IntN(mostToPharmacy-fewestToPharmacy)) * time.Minute
	v.pharmacy = true
	if v.at < hours*time.Hour {
		heap.Push(f, v)
	}
}

// until yields those who come before an instant.
func (f *followers) until(at time.Duration, yield func(visit) bool) bool {
	for len(*f) > 0 && (*f)[0].at < at {
		if !yield(heap.Pop(f).(visit)) {
			return false
		}
	}
	return true
}

// Len, Less, Swap, Push and Pop are a heap's.
func (f followers) Len() int           { return len(f) }
func (f followers) Less(i, j int) bool { return f[i].at < f[j].at }
func (f followers) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }

// Push adds one at the end.
func (f *followers) Push(v any) { *f = append(*f, v.(visit)) }

// Pop takes the last one.
func (f *followers) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
