package room

import (
	"net/http"
	"net/url"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
)

// information is what can be read in Mynaportal, in the order of its menu.
var information = []struct{ path, title string }{
	{"eligibility", "資格情報"},
	{"checkups", "特定健診情報等"},
	{"medicines", "薬剤情報"},
	{"medical-expenses", "医療費通知情報"},
	{"self-information", "わたしの情報(自己情報)"},
	{"exchange-records", "やりとり履歴"},
}

// mountPortal adds Mynaportal.
func (r *room) mountPortal(mux *http.ServeMux) {
	const seat = "/room/mynaportal"
	r.mountSeat(mux, seat, "GET ", openPortal)
	r.mountSeat(mux, seat, "POST ", logIn)
	r.mountSeat(mux, seat, "POST /leave", logOut)
	for _, i := range information {
		r.mountSeat(mux, seat, "GET /"+i.path, loggedIn(func(v *visit) { read(v, i.path, i.title) }))
	}
	r.mountSeat(mux, seat, "GET /registration", loggedIn(func(v *visit) { read(v, "registration", "健康保険証利用の初回登録") }))
	r.mountSeat(mux, seat, "POST /registration", loggedIn(register))
	r.mountSeat(mux, seat, "GET /proxies", loggedIn(listProxies))
	r.mountSeat(mux, seat, "POST /proxies", loggedIn(nameProxy))
	r.mountSeat(mux, seat, "POST /proxies/end", loggedIn(removeProxy))
}

// asCitizen asks with the session of the card that is logged in.
func (v *visit) asCitizen(method, path string, body any) (ask.Fields, error) {
	return v.ask(method, "/mynaportal"+path, v.kept(v.portal()), body)
}

// atPortal says that the reader is in Mynaportal, with its menu about whomever it shows.
func (v *visit) atPortal() {
	v.sit("portal", "マイナポータル")
	if v.kept(v.portal()) == "" {
		return
	}
	base, whom := v.here("/room/mynaportal"), ""
	if principal := v.URL.Query().Get("for"); principal != "" {
		whom = "?for=" + url.QueryEscape(principal)
	}
	links := []page.Link{{Path: base, Text: "トップ"}}
	for _, i := range information {
		links = append(links, page.Link{Path: base + "/" + i.path + whom, Text: i.title, Here: v.URL.Path == "/room/mynaportal/"+i.path})
	}
	links = append(links,
		page.Link{Path: base + "/registration" + whom, Text: "初回登録", Here: v.URL.Path == "/room/mynaportal/registration"},
		page.Link{Path: base + "/proxies", Text: "代理人", Here: v.URL.Path == "/room/mynaportal/proxies"})
	links[0].Here = v.URL.Path == "/room/mynaportal"
	v.view.Links = links
	v.view.Leave = &page.Leave{Path: base + "/leave", Text: "ログアウト"}
}

// openPortal shows the first page to who is logged in, and the log-in to all others.
func openPortal(v *visit) {
	v.atPortal()
	if v.kept(v.portal()) == "" {
		askForCard(v)
		return
	}
	principals, err := v.asCitizen("GET", "/principals", nil)
	if err != nil {
		expired(v, err)
		return
	}
	v.view.Links = nil // the page is the menu itself
	v.show("portal", "マイナポータル", map[string]any{"Base": v.here("/room/mynaportal"), "Information": titles(), "Principals": principals, "Seal": v.sealed})
}

func titles() (list []page.Link) {
	for _, i := range information {
		list = append(list, page.Link{Path: i.path, Text: i.title})
	}
	return list
}

func askForCard(v *visit) {
	v.view.Links, v.view.Leave = nil, &page.Leave{Path: v.here("/room/leave"), Text: "退室"}
	v.show("login", "マイナンバーカードでログイン", map[string]any{"Path": v.here("/room/mynaportal"), "Cards": v.cards()})
}

// expired shows the log-in again if the session is over, on the first page also if its card is no longer good, and else what
// went wrong.
func expired(v *visit, err error) {
	status, first := page.RefusalOf(err).Status, v.URL.Path == "/room/mynaportal"
	if status == http.StatusUnauthorized || first && status == http.StatusForbidden {
		v.cookie(v.portal(), "")
		if v.refused(err); first {
			v.code = http.StatusOK // it is where people log in
		}
		askForCard(v)
		return
	}
	v.fail(err)
}

// loggedIn is a screen of Mynaportal for who is logged in.
func loggedIn(screen func(*visit)) func(*visit) {
	return func(v *visit) {
		if v.kept(v.portal()) == "" {
			v.redirect("/room/mynaportal")
			return
		}
		v.atPortal()
		screen(v)
	}
}

func logIn(v *visit) {
	v.sit("portal", "マイナポータル")
	session, err := v.ask("POST", "/mynaportal/sessions", "", v.sent("cardSerial", "pin"))
	if v.refused(err) {
		askForCard(v)
		return
	}
	v.cookie(v.portal(), session["token"].(string))
	v.redirect("/room/mynaportal")
}

// logOut forgets the session, also what the browser keeps of its pages.
func logOut(v *visit) {
	v.cookie(v.portal(), "")
	v.ResponseWriter.Header().Set("Clear-Site-Data", `"cache"`)
	v.redirect("/room/mynaportal?done=left")
}

// read shows one kind of information, of the person who is logged in or of one whose proxy that is.
func read(v *visit, path, title string) {
	query, whom, ok := v.principal()
	if !ok {
		v.lost()
		return
	}
	answer, err := v.asCitizen("GET", "/"+path+query, nil)
	if err != nil {
		expired(v, err)
		return
	}
	v.show(path, title, map[string]any{"Answer": answer, "Whom": whom, "Path": v.here("/room/mynaportal/" + path)})
}

// principal is the query for the person whom the address names sealed; empty for oneself. It is not ok if the address names
// somebody who can't be read: whoever asks for another must never be shown oneself.
func (v *visit) principal() (query, whom string, ok bool) {
	sealed := v.URL.Query().Get("for")
	if sealed == "" {
		return "", "", true
	}
	whom = v.opened(sealed)
	return "?principal=" + url.QueryEscape(whom), whom, whom != ""
}

// register does the initial registration, or reserves it; what came of it is read again.
func register(v *visit) {
	if _, err := v.asCitizen("POST", "/registration", nil); err != nil {
		expired(v, err)
		return
	}
	v.redirect("/room/mynaportal/registration")
}

func listProxies(v *visit) {
	proxies, err := v.asCitizen("GET", "/proxies", nil)
	if err != nil {
		expired(v, err)
		return
	}
	v.show("proxies", "代理人", map[string]any{"Answer": proxies, "Path": v.here("/room/mynaportal/proxies")})
}

func nameProxy(v *visit) { actOnProxy(v, "PUT", "proxy") }

func removeProxy(v *visit) { actOnProxy(v, "DELETE", "proxyEnded") }

func actOnProxy(v *visit, method, done string) {
	if _, err := v.asCitizen(method, "/proxies/"+segment(v.PostFormValue("portalUserId")), nil); v.refused(err) {
		listProxies(v)
		return
	}
	v.redirect("/room/mynaportal/proxies?done=" + done)
}
