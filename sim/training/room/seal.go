package room

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"net/url"
)

// A path or query that would hold a personal number, a name or a date of birth holds it sealed: nobody who sees the address
// in a history, a log or on a projector learns from it, and it opens in this world alone.

// sealed is a text that can stand in an address.
func (v *visit) sealed(text string) string {
	return base64.RawURLEncoding.EncodeToString(v.seal().Seal(nil, nil, []byte(text), nil))
}

// opened is what was sealed; empty if it was not sealed here.
func (v *visit) opened(sealed string) string {
	content, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return ""
	}
	text, err := v.seal().Open(nil, nil, content, nil)
	if err != nil {
		return ""
	}
	return string(text)
}

// sealedForm is what a form was sent with, to stand in the address of what it leads to.
func (v *visit) sealedForm() string { return v.sealed(v.PostForm.Encode()) }

// openedForm is a sealed form; empty if it was not sealed here.
func (v *visit) openedForm(sealed string) url.Values {
	form, _ := url.ParseQuery(v.opened(sealed)) // what was sealed here can be read
	return form
}

func (v *visit) seal() cipher.AEAD {
	block, err := aes.NewCipher(derived(v.world, "seal"))
	if err != nil {
		panic(err) // 32 bytes are a key
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return seal
}
