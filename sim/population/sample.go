package population

import "iter"

// sample draws a share of the numbers from 0 on, one from each of windows of about equal length. So what is drawn is
// found in order, and without asking each number.
type sample struct {
	key  key
	step uint64 // length of a window in 2⁻¹⁶; 0 if nothing is drawn
}

const sampleBits = 16

// leastShare keeps windows below 2⁴⁰, so that reckoning with them can't overflow; it is nobody in any nation.
const leastShare = 1e-12

func newSample(k key, share float64) sample {
	if share < leastShare {
		return sample{}
	}
	return sample{k, uint64((1 << sampleBits) / min(share, 1))}
}

// begin of a window.
func (s *sample) begin(window uint64) uint64 {
	return (window*s.step + 1<<sampleBits - 1) >> sampleBits
}

// window is the one that a number lies in.
func (s *sample) window(x uint64) uint64 { return x << sampleBits / s.step }

// drawn is the number drawn from a window. Of some draws it takes the first that suits, or else the last: a choice, if
// the window leaves one.
func (s *sample) drawn(window uint64, suits func(x uint64) bool) uint64 {
	begin := s.begin(window)
	length := s.begin(window+1) - begin
	for try := uint64(0); ; try++ {
		x := begin + s.key.below(window<<3|try, length)
		if try == 7 || suits(x) {
			return x
		}
	}
}

// has says whether a number is drawn.
func (s *sample) has(x uint64, suits func(x uint64) bool) bool {
	return s.step > 0 && s.drawn(s.window(x), suits) == x
}

// all yields what is drawn, ascending and without end.
func (s *sample) all(suits func(x uint64) bool) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for window := uint64(0); s.step > 0 && yield(s.drawn(window, suits)); window++ {
		}
	}
}
