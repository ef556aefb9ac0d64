package world

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"sync/atomic"
)

// drawKey is the source of everything that a world draws: ids, tokens, PINs. It comes from the world's seed alone, and
// what is drawn comes from it and from what it is drawn for, so that the same document and the same calls give the same
// bytes; and a call that opens nothing draws the same for a protected person and a plain one (QA-3).
type drawKey [sha256.Size]byte

func newDrawKey(seed uint64) drawKey {
	return sha256.Sum256(binary.BigEndian.AppendUint64([]byte("onshisim world "), seed))
}

// draw gives 32 hexadecimal digits for a purpose and what it concerns.
func (k *drawKey) draw(purpose string, parts ...string) string {
	sum := k.sum(purpose, parts...)
	var text [32]byte
	hex.Encode(text[:], sum[:16])
	return string(text[:])
}

// number gives a number below bound, which is not 0.
func (k *drawKey) number(bound uint64, purpose string, parts ...string) uint64 {
	sum := k.sum(purpose, parts...)
	return binary.BigEndian.Uint64(sum[:8]) % bound
}

// sum is the HMAC-SHA-256 (RFC 2104) of purpose and parts, written out: crypto/hmac needs seven allocations for it.
func (k *drawKey) sum(purpose string, parts ...string) [sha256.Size]byte {
	var inner, outer [sha256.BlockSize]byte
	for i := range inner {
		inner[i], outer[i] = 0x36, 0x5c
	}
	for i, b := range k {
		inner[i] ^= b
		outer[i] ^= b
	}
	text := append(append(make([]byte, 0, 256), inner[:]...), purpose...) // on the stack, as long as it is no longer
	for _, part := range parts {
		text = append(append(text, 0), part...)
	}
	sum := sha256.Sum256(text)
	return sha256.Sum256(append(append(make([]byte, 0, 2*sha256.BlockSize), outer[:]...), sum[:]...))
}

// seal turns a person's ordinal, with a mark of who that is, into a code that only this purpose and owner can turn back.
// Nothing is stored for it: an institution-specific code (機関別符号) differs per organisation and is still found without an
// index.
func (k *drawKey) seal(purpose, owner string, ordinal uint64, mark uint32) string {
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint32(block[4:8], mark)
	binary.BigEndian.PutUint64(block[8:], ordinal)
	k.block(purpose, owner).Encrypt(block[:], block[:])
	return hex.EncodeToString(block[:])
}

// open turns a sealed code back; ok is false for anything that seal did not make for this purpose and owner.
func (k *drawKey) open(purpose, owner, code string) (ordinal uint64, mark uint32, ok bool) {
	var block [aes.BlockSize]byte
	if len(code) != hex.EncodedLen(len(block)) {
		return 0, 0, false
	}
	if _, err := hex.Decode(block[:], []byte(code)); err != nil {
		return 0, 0, false
	}
	k.block(purpose, owner).Decrypt(block[:], block[:])
	if binary.BigEndian.Uint32(block[:4]) != 0 {
		return 0, 0, false
	}
	return binary.BigEndian.Uint64(block[8:]), binary.BigEndian.Uint32(block[4:8]), true
}

func (k *drawKey) block(purpose, owner string) cipher.Block {
	place := &blocks[slot(owner)]
	if last := place.Load(); last != nil && last.key == *k && last.purpose == purpose && last.owner == owner {
		return last.Block
	}
	key := k.sum(purpose, owner)
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // unreachable: the key has a length that AES knows
	}
	place.Store(&ownBlock{block, *k, purpose, owner})
	return block
}

// blocks are those used last: an organisation that seals one code seals many.
var blocks [64]atomic.Pointer[ownBlock]

type ownBlock struct {
	cipher.Block
	key            drawKey
	purpose, owner string
}

func slot(owner string) (n uint8) {
	for _, c := range []byte(owner) {
		n = n*31 + c
	}
	return n % uint8(len(blocks))
}

// The purposes for which ordinals are sealed.
const (
	sealSubject   = "institution-specific code" // 機関別符号
	sealLink      = "link number"               // 紐付番号
	sealCandidate = "disaster candidate"
)
