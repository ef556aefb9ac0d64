package sqlite

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"onshisim/sim/eventlog"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is the CRC-32C of a record and its place: the length of the world's name (8 bytes, little-endian), the name,
// the position (likewise), the data.
func checksum(world string, position eventlog.Position, data []byte) uint32 {
	place := make([]byte, 0, 64)
	place = binary.LittleEndian.AppendUint64(place, uint64(len(world)))
	place = append(place, world...)
	place = binary.LittleEndian.AppendUint64(place, uint64(position))
	return crc32.Update(crc32.Checksum(place, castagnoli), castagnoli, data)
}

// believe says why a record that was read with a checksum, where the one at position should stand, can't be believed.
func believe(world string, position eventlog.Position, r eventlog.Record, sum uint32) (reason string) {
	if r.Position != position {
		return fmt.Sprintf("the record is missing, the next one is %d", r.Position)
	}
	if sum != checksum(world, position, r.Data) {
		return "the record does not fit its checksum"
	}
	return ""
}
