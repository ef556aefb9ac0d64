package population

import "math/bits"

// key draws numbers for one purpose.
type key uint64

func newKey(seed uint64, purpose string) key {
	k := mix(seed)
	for _, c := range []byte(purpose) {
		k = mix(k ^ uint64(c))
	}
	return key(k)
}

// draw gives the number that stands for x.
func (k key) draw(x uint64) uint64 { return mix(uint64(k) + x*0x9E3779B97F4A7C15) }

// below is a draw from 0 to bound-1.
func (k key) below(x, bound uint64) uint64 {
	high, _ := bits.Mul64(k.draw(x), bound)
	return high
}

// mix is the finalizer of SplitMix64: a bijection in which every bit of x reaches every bit of what it gives.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
