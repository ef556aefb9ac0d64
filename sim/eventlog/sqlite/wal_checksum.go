package sqlite

import "encoding/binary"

// checksums are the two running sums that a WAL's header and each of its frames carry, as in "Checksum Algorithm" of
// SQLite's documentation of the WAL.
type checksums [2]uint32

// checksumsAt reads what a header or a frame carries.
func checksumsAt(b []byte) checksums {
	return checksums{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
}

// over continues the sums over data, a multiple of 8 bytes, taken as words in that order.
func (s checksums) over(order binary.ByteOrder, data []byte) checksums {
	for i := 0; i < len(data); i += 8 {
		s[0] += order.Uint32(data[i:]) + s[1]
		s[1] += order.Uint32(data[i+4:]) + s[0]
	}
	return s
}
