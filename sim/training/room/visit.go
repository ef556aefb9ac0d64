package room

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
	"onshisim/sim/world"
)

// visit is one request for a screen, within the world that its path names.
type visit struct {
	http.ResponseWriter
	*http.Request
	*room
	world *world.World
	base  string // the world's prefix, "" or "/w/NAME"
	view  page.View
	code  int // the answer's status, if it is no success
}

// here is a path within the world.
func (v *visit) here(path string) string { return v.base + path }

// redirect leads on after a form was taken, so that reading the page again sends nothing twice.
func (v *visit) redirect(path string) {
	http.Redirect(v.ResponseWriter, v.Request, v.here(path), http.StatusSeeOther)
}

// show answers with a screen.
func (v *visit) show(name, title string, data any) {
	v.view.Title, v.view.Data = title, data
	if v.view.Done == "" {
		v.view.Done = dones[v.URL.Query().Get("done")]
	}
	status := http.StatusOK
	if v.code != 0 {
		status = v.code
	}
	site.Write(v.ResponseWriter, status, name, &v.view)
}

// ask asks a system of the world.
func (v *visit) ask(method, path, token string, body any) (ask.Fields, error) {
	return v.systems.Ask(v.Context(), method, v.here(path), token, body)
}

// refused puts what went wrong on the screen that is shown next, with what the form was sent with; false if nothing did.
func (v *visit) refused(err error) bool {
	if err == nil {
		return false
	}
	r := page.RefusalOf(err)
	v.view.Refusal, v.code = r, r.Status
	if r.Status >= http.StatusInternalServerError && r.Status != http.StatusServiceUnavailable {
		v.code = http.StatusBadGateway // it is not the screen that failed
	}
	v.view.Form.Values, v.view.Form.Errors = v.PostForm, r.Fields
	return true
}

// refuse is a refusal of the screens themselves, about a field.
func (v *visit) refuse(status int, text, field string) {
	v.code = status
	v.view.Refusal = &page.Refusal{Status: status, Code: "SIM-ROOM-" + strconv.Itoa(status), Text: text}
	v.view.Form = page.Form{Values: v.PostForm, Errors: map[string]string{field: text}}
}

// fail shows what went wrong where there is no other screen to show it on.
func (v *visit) fail(err error) {
	v.refused(err)
	v.show("problem", "表示できません", nil)
}

// lost shows that there is nothing under an address.
func (v *visit) lost() { v.fail(&ask.Refusal{Status: http.StatusNotFound}) }

// sent are some fields of the form as the interface takes them, without those that were left empty.
func (v *visit) sent(names ...string) ask.Fields {
	fields := ask.Fields{}
	for _, name := range names {
		if value := strings.TrimSpace(v.PostFormValue(name)); value != "" {
			fields[name] = value
		}
	}
	return fields
}

// ticked says whether a box of the form was checked.
func (v *visit) ticked(name string) bool { return v.PostFormValue(name) != "" }

// fill gives a form the values with which it is first shown.
func (v *visit) fill(values url.Values) {
	if v.view.Form.Values == nil {
		v.view.Form.Values = values
	}
}

// segment is a text as one segment of a path.
func segment(text string) string { return url.PathEscape(text) }

// dones are what was just done, by the word in the address that says so.
var dones = map[string]string{
	"flags":      "フラグの処理を記録しました。",
	"member":     "加入者の情報を登録しました。",
	"checkup":    "特定健診情報を登録しました。",
	"suspended":  "カードを一時停止しました。",
	"lifted":     "一時停止を解除しました。",
	"pin":        "暗証番号を再設定しました。",
	"number":     "個人番号を変更しました。",
	"proxy":      "代理人を設定しました。",
	"proxyEnded": "代理人の設定を解除しました。",
	"consent":    "同意を登録しました。",
	"reference":  "照会番号を登録しました。",
	"subject":    "フラグの設定を記録しました。",
	"left":       "ログアウトしました。",
}

// sit says at whose screen the reader is, and where else to go there.
func (v *visit) sit(seat, place string, links ...page.Link) {
	v.view.Seat, v.view.Place, v.view.Links = seat, place, links
	for i := range links {
		links[i].Here = links[i].Path == v.here(v.URL.Path)
	}
}
