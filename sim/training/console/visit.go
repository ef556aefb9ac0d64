package console

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"onshisim/sim/mutant"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/page"
	"onshisim/sim/world"
)

// visit is one request for a page.
type visit struct {
	http.ResponseWriter
	*http.Request
	*console
	world *world.World // that the path names; nil: none
	view  page.View
	code  int // the answer's status, if it is no success
}

// visit begins a visit.
func (c *console) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{ResponseWriter: w, Request: r, console: c}
	v.view = page.View{Seat: "console", Place: "講師用コンソール", Home: "/", Files: Prefix + "files/", Styles: []string{"picture.css"}}
	return v
}

// open is a page that needs no log-in.
func (c *console) open(screen func(*visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := c.visit(w, r)
		if err := r.ParseForm(); err != nil {
			v.refuse(http.StatusBadRequest, "フォームを読めませんでした。入力が大きすぎないか確かめてください。", "")
			v.show("problem", "表示できません", nil)
			return
		}
		screen(v)
	}
}

// inside is a page for instructors; all others are asked for the token.
func (c *console) inside(screen func(*visit)) http.HandlerFunc {
	return c.open(func(v *visit) {
		if !c.knows(v.Request) {
			if v.URL.Path != "/" {
				v.code = http.StatusForbidden
			}
			v.askForToken()
			return
		}
		v.view.Leave = c.leave()
		v.view.Links = []page.Link{v.link("/", "世界の一覧"), v.link("/console/class", "クラスの進み具合"), v.link("/console/sheet", "入室票")}
		screen(v)
	})
}

// within is a page of a world.
func (c *console) within(screen func(*visit)) http.HandlerFunc {
	return c.inside(func(v *visit) {
		w, err := c.Worlds.World(v.Context(), v.PathValue("world"))
		if err != nil {
			v.fail(err)
			return
		}
		v.enter(w)
		screen(v)
	})
}

// enter gives the page the frame of a world.
func (v *visit) enter(w *world.World) {
	v.world = w
	v.view.World, v.view.Now = w.Name(), world.Instant(w.Now())
	v.view.Links = []page.Link{
		v.link("/", "世界の一覧"), v.link(v.here(""), "概要"), v.link(v.here("/persons"), "人"), v.link(v.here("/journal"), "記録"),
		v.link(v.here("/exercise"), "演習"), v.link(v.here("/mode"), "モード"), v.link(v.here("/faults"), "障害"), v.link(v.here("/report"), "報告書"),
	}
	if m, wrong := mutant.Find(w.Mutant()); wrong {
		v.view.Warning = "この世界は、わざと誤った規則で答えています(" + m.Rule + ")。" + m.Japanese
	}
}

func (v *visit) link(path, text string) page.Link {
	return page.Link{Path: path, Text: text, Here: v.URL.Path == path}
}

// here is a path of the world.
func (v *visit) here(path string) string { return worldPath(v.world.Name()) + path }

// worldPath is where the pages of a world are.
func worldPath(name string) string { return "/console/worlds/" + url.PathEscape(name) }

// redirect leads on after a form was taken, so that reading the page again sends nothing twice.
func (v *visit) redirect(path string) {
	http.Redirect(v.ResponseWriter, v.Request, path, http.StatusSeeOther)
}

// done leads to a page that says what was done.
func (v *visit) done(path, what string) { v.redirect(path + "?done=" + what) }

// show answers with a page.
func (v *visit) show(name, title string, data any) {
	v.view.Title, v.view.Data = title, data
	v.view.Done = dones[v.URL.Query().Get("done")]
	if v.view.Refusal != nil {
		v.view.Done = ""
	}
	status := http.StatusOK
	if v.code != 0 {
		status = v.code
	}
	site.Write(v.ResponseWriter, status, name, &v.view)
}

// ask asks the control plane.
func (v *visit) ask(method, path string, body any) (ask.Fields, error) {
	return v.Plane.Ask(v.Context(), method, path, v.Token, body)
}

// askHere asks it about the world.
func (v *visit) askHere(method, path string, body any) (ask.Fields, error) {
	return v.ask(method, "/worlds/"+url.PathEscape(v.world.Name())+path, body)
}

// read is what the control plane tells of the world; nil after the page has said why there is nothing.
func (v *visit) read(path string) ask.Fields {
	answer, err := v.askHere("GET", path, nil)
	if err != nil {
		v.fail(err)
		return nil
	}
	return answer
}

// refused puts what went wrong on the page that is shown next, with what the form was sent with; false if nothing did.
func (v *visit) refused(err error) bool {
	if err == nil {
		return false
	}
	r := page.RefusalOf(err)
	v.view.Refusal, v.code = r, r.Status
	v.view.Form = page.Form{Values: v.PostForm, Errors: r.Fields}
	return true
}

// refuse is a refusal of the console itself, about a field.
func (v *visit) refuse(status int, text, field string) {
	v.code = status
	v.view.Refusal = &page.Refusal{Status: status, Code: "SIM-CONSOLE-" + http.StatusText(status), Text: text}
	v.view.Form = page.Form{Values: v.PostForm, Errors: map[string]string{field: text}}
}

// fill gives the forms the values with which they are first shown, where nothing was sent.
func (v *visit) fill(values url.Values) {
	maps.Copy(values, v.view.Form.Values)
	v.view.Form.Values = values
}

// fail shows what went wrong where there is no other page to show it on.
func (v *visit) fail(err error) {
	v.refused(err)
	v.show("problem", "表示できません", nil)
}

// lost shows that there is nothing under an address.
func (v *visit) lost() { v.fail(&ask.Refusal{Status: http.StatusNotFound}) }

// given is a field of the form, without spaces around it.
func (v *visit) given(name string) string { return strings.TrimSpace(v.PostFormValue(name)) }

// dones are what was just done, by the word in the address that says so.
var dones = map[string]string{
	"made":       "世界を作りました。",
	"class":      "クラスの世界を作りました。",
	"deleted":    "世界を削除しました。",
	"clock":      "時計を変えました。",
	"mode":       "モードを変えました。",
	"fault":      "障害を設定しました。",
	"cleared":    "障害をすべて解除しました。",
	"mutant":     "規則を変えました。",
	"checkpoint": "チェックポイントに名前を付けました。",
	"restored":   "チェックポイントの状態に戻しました。",
	"forgotten":  "チェックポイントを削除しました。",
	"journal":    "記録を消しました。",
	"assigned":   "演習を割り当てました。",
	"played":     "手順を行いました。",
	"restarted":  "演習を始めの状態に戻しました。",
}
