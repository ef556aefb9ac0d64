package world

import "crypto/sha256"

// tokenDigest stands for a token where tokens are looked up. A look-up by the token itself would compare it with one that
// there is, in a time that tells how far the two agree. Digests tell nothing by which a token could be guessed piece by
// piece: whoever sends a token can't choose what its digest is. So they need no key, and are the same in every replica.
type tokenDigest [sha256.Size]byte

func digestOf(token string) tokenDigest {
	return sha256.Sum256(append(make([]byte, 0, 64), token...)) // on the stack, as long as a token is no longer
}
