package population

import "strconv"

// towns is how many there are; the blocks go through them in turn, so that each has about as many inhabitants.
const towns = 990

// movedTo is how far on in the list of towns lies the one where a household lived before, in the first and the second
// place, and the one to which a spouse fled. The distances are the same for everybody, so that the members of a town's
// insurer can be found.
var movedTo = [...]int{whereTheyLive: 0, formerly: 271, beforeThat: 523, whereSheFled: 719}

// dwelling is which of its addresses a household's member lives at.
type dwelling int

const (
	whereTheyLive dwelling = iota
	formerly
	beforeThat
	whereSheFled
	ownRefuge // from here on, one for each member
)

// drawTowns gives each of the first blocks its town; those after them go on in the same order.
func (n *Nation) drawTowns(k key) {
	order := newPermutation(k, towns)
	for b := range towns {
		n.towns[b] = uint16(order.of(uint64(b)))
	}
}

// townOf is the town that a dwelling of a household of a town is in.
func townOf(town int, d dwelling) int {
	if d < ownRefuge {
		town += movedTo[d]
	}
	return town % towns
}

// address is a place to live: the ordinal of a household among those of its town tells district and lot (番), the dwelling
// shows in the house number (号). So no two households have one address, and neither has a refuge or a former address.
type address struct {
	town     int
	lot      int
	dwelling dwelling
}

func (f *family) address(d dwelling) address {
	return address{townOf(f.town, d), f.block/towns*householdsPerBlock + f.household, d}
}

// The numbers of an address are the digits of the lot in a system of mixed radix.
const (
	streets = len(streetNames)
	houses  = 6
)

// home is an address as it is written.
type home struct{ address, postNumber string }

func (t *text) writeHome(a address) home { return home{t.writeAddress(a), t.writePostNumber(a)} }

// writeAddress writes 都道府県, 市町村, 町, 丁目, 番 and 号.
func (t *text) writeAddress(a address) string {
	lot, district := a.lot/len(districts), districts[a.lot%len(districts)]
	lot, street := lot/streets, lot%streets
	lot, house := lot/houses, lot%houses
	t.write(prefectureAndTown[a.town])
	t.write(district)
	t.write(streetNames[street])
	var room [24]byte
	b := append(strconv.AppendInt(room[:0], int64(lot+1), 10), "番"...)
	b = append(strconv.AppendInt(b, int64(10*int(a.dwelling)+house+1), 10), "号"...)
	t.Write(b)
	return t.end()
}

// writePostNumber writes a postal code that no post office has: 000, and ten codes for each town.
func (t *text) writePostNumber(a address) string {
	b := [8]byte{'0', '0', '0', '-'}
	putDigits(b[4:], uint64(a.town*10+a.lot%10))
	t.Write(b[:])
	return t.end()
}
