package population

import "math/bits"

// rounds of a permutation: enough that no pattern of the input shows in the output. It hides nothing from an attacker,
// and need not: all of this is made up.
const rounds = 6

// permutation maps the numbers below its domain to each other under a key, and back: a Feistel network over the next
// power of two, walked along its cycle until it comes back into the domain.
type permutation struct {
	domain uint64
	low    uint // bits of the lower half
	masks  [2]uint64
	keys   [rounds]key
}

func newPermutation(k key, domain uint64) permutation {
	width := uint(bits.Len64(domain - 1))
	p := permutation{domain: domain, low: width / 2}
	p.masks = [2]uint64{1<<p.low - 1, 1<<(width-p.low) - 1}
	for i := range p.keys {
		p.keys[i] = key(k.draw(uint64(i)))
	}
	return p
}

// of gives the number that x, which is below the domain, is mapped to.
func (p *permutation) of(x uint64) uint64 {
	for {
		if x = p.forward(x); x < p.domain {
			return x
		}
	}
}

// inverse gives the number that is mapped to y, which is below the domain.
func (p *permutation) inverse(y uint64) uint64 {
	for {
		if y = p.backward(y); y < p.domain {
			return y
		}
	}
}

func (p *permutation) forward(x uint64) uint64 {
	low, high := x&p.masks[0], x>>p.low
	for i := 0; i < rounds; i += 2 {
		high ^= p.keys[i].draw(low) & p.masks[1]
		low ^= p.keys[i+1].draw(high) & p.masks[0]
	}
	return high<<p.low | low
}

func (p *permutation) backward(y uint64) uint64 {
	low, high := y&p.masks[0], y>>p.low
	for i := rounds - 2; i >= 0; i -= 2 {
		low ^= p.keys[i+1].draw(high) & p.masks[0]
		high ^= p.keys[i].draw(low) & p.masks[1]
	}
	return high<<p.low | low
}

// shuffle maps the days of each stretch of 2^width days to each other, so that a relative's birthday follows from the
// head's and gives it back, and yet differs from family to family.
type shuffle struct {
	mask, factor, inverse, shift uint32
}

func newShuffle(k key, width uint) shuffle {
	s := shuffle{mask: 1<<width - 1, factor: uint32(k.draw(0)) | 1, shift: uint32(k.draw(1))}
	s.inverse = s.factor // right in its last three bits; each step doubles them
	for range 4 {
		s.inverse *= 2 - s.factor*s.inverse
	}
	return s
}

func (s *shuffle) of(x uint32) uint32 { return x&^s.mask | (x*s.factor+s.shift)&s.mask }

func (s *shuffle) back(y uint32) uint32 { return y&^s.mask | (y-s.shift)*s.inverse&s.mask }
