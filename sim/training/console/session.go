package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"

	"onshisim/sim/training/page"
	"onshisim/sim/web"
)

// sessionCookie is the cookie of who has given the token. It holds what comes from the token and not the token itself, and
// is good as long as that is: at every process of the same token.
const sessionCookie = "console"

// atHome lets through what this machine's own pages send, where no token says who sends it.
func (c *console) atHome(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.Token == "" && web.Foreign(r) != nil {
			http.Error(w, "講師用コンソールは、シミュレーターを動かしている機械の http://localhost から開いてください。ほかから開くには、--control-token を付けて起動します。", http.StatusForbidden)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

// session is what the cookie holds.
func (c *console) session() string {
	mac := hmac.New(sha256.New, []byte(c.Token))
	mac.Write([]byte("instructor's session"))
	return hex.EncodeToString(mac.Sum(nil))
}

// same compares secrets in a time that tells nothing of them, not even how long they are.
func same(given, wanted string) bool {
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(wanted))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// knows says whether a request comes from an instructor.
func (c *console) knows(r *http.Request) bool {
	if c.Token == "" {
		return true
	}
	cookie, err := r.Cookie(sessionCookie)
	return err == nil && same(cookie.Value, c.session())
}

func (v *visit) cookie(value string, age int) {
	http.SetCookie(v.ResponseWriter, &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: v.TLS != nil,
	})
}

// logIn lets in who gives the token.
func logIn(v *visit) {
	if !same(v.PostFormValue("token"), v.Token) {
		v.refuse(http.StatusForbidden, "トークンが違います。", "token")
		v.askForToken()
		return
	}
	v.cookie(v.session(), 0)
	v.redirect("/")
}

// logOut forgets who was here, also what the browser keeps of the pages.
func logOut(v *visit) {
	v.cookie("", -1)
	v.ResponseWriter.Header().Set("Clear-Site-Data", `"cache"`)
	v.redirect("/")
}

func (v *visit) askForToken() { v.show("login", "ログイン", nil) }

// leave is the button of who has logged in.
func (c *console) leave() *page.Leave {
	if c.Token == "" {
		return nil
	}
	return &page.Leave{Path: "/console/leave", Text: "ログアウト"}
}
