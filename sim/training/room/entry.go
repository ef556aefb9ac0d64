package room

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"net/http"
	"strings"

	"onshisim/sim/world"
)

// alphabet are the letters of entry codes: none looks like another.
var alphabet = base32.NewEncoding("ABCDEFGHJKLMNPQRSTUVWXYZ23456789").WithPadding(base32.NoPadding)

// EntryCode is the word (入室コード) that lets people in to a world's screens. It comes from a token of the world, so that it
// is the same at every process, and as secret as the tokens are: who knows it may do all that the actors may.
func EntryCode(w *world.World) string {
	code := alphabet.EncodeToString(derived(w, "entry code")[:10])
	return code[:4] + "-" + code[4:8] + "-" + code[8:12]
}

// derived is a secret of a world, for a purpose.
func derived(w *world.World, purpose string) []byte {
	mac := hmac.New(sha256.New, []byte(w.Outline().CardOffice.Token))
	mac.Write([]byte(purpose + " of " + w.Name()))
	return mac.Sum(nil)
}

// knows says whether somebody gave the world's entry code, however it was written.
func knows(w *world.World, given string) bool {
	plain := func(code string) []byte {
		sum := sha256.Sum256([]byte(strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(code))))
		return sum[:]
	}
	return subtle.ConstantTimeCompare(plain(given), plain(EntryCode(w))) == 1
}

// cookie is a cookie that scripts and other sites do not see. It ends with the browser.
func (v *visit) cookie(name, value string) {
	c := &http.Cookie{Name: name, Value: value, Path: v.base + "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: v.TLS != nil}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(v.ResponseWriter, c)
}

// kept is a cookie's value; empty if there is none.
func (v *visit) kept(name string) string {
	c, err := v.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// entered is the name of the cookie that holds a world's entry code, portal of the one that holds a Mynaportal session. The
// world is in the name, since the cookies of the world default are sent in all worlds.
func (v *visit) entered() string { return "entered." + v.world.Name() }
func (v *visit) portal() string  { return "portal." + v.world.Name() }

// enter lets in who gives the code.
func enter(v *visit) {
	if !knows(v.world, v.FormValue("code")) {
		v.refuse(http.StatusForbidden, "入室コードが違います。", "code")
		v.show("entry", "入室", v.here("/room/entry"))
		return
	}
	v.cookie(v.entered(), EntryCode(v.world))
	v.redirect("/")
}

// leave forgets who was here, also what the browser keeps of the pages.
func leave(v *visit) {
	v.cookie(v.entered(), "")
	v.cookie(v.portal(), "")
	v.ResponseWriter.Header().Set("Clear-Site-Data", `"cache"`)
	v.redirect("/")
}
