// Package room is the training room (研修室): the screens of every actor, each in the manner of the real one, for who knows the
// entry code of a world. A screen asks the national systems over their interface, with the token of the seat at which it is,
// and shows what they answer; it knows no flag's effect and no reason. The abuser's seat alone is teaching material, and names
// both.
package room

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"

	"onshisim/sim/scenario"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/page"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Prefix is what the paths of all screens but the first begin with.
const Prefix = "/room/"

//go:embed screens
var screens embed.FS

var site = page.New(screens, "screens")

// Config is what the room stands on.
type Config struct {
	Worlds    web.WorldSource
	Systems   ask.Desk        // the listener of the national systems
	Scenarios fs.FS           // the exercises, and what the abuser's seat plays
	Plays     scenario.Target // where it plays them, each in a world of its own
}

type room struct {
	Config
	http.Handler
	systems ask.Desk
	lessons *lesson.Scenarios
	plays   *plays
}

// New makes the room.
func New(c Config) web.Screens {
	r := &room{Config: c, systems: c.Systems, plays: newPlays(c.Scenarios, c.Plays), lessons: lesson.NewScenarios(c.Scenarios)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Prefix+"files/{file}", page.ServeAsset)
	mux.HandleFunc("/", r.open(func(v *visit) { v.lost() }))
	mux.HandleFunc("POST /room/entry", r.open(enter))
	mux.HandleFunc("POST /room/leave", r.open(leave))
	for pattern, screen := range map[string]func(*visit){
		"GET /{$}":           home,
		"POST /room/seat":    seat,
		"GET /room/cast":     cast,
		"GET /room/exercise": showExercise,
	} {
		mux.HandleFunc(pattern, r.inside(screen))
	}
	r.mountInsurers(mux)
	r.mountCardOffice(mux)
	r.mountPortal(mux)
	r.mountInstitutions(mux)
	r.mountDisaster(mux)
	r.mountAgencies(mux)
	r.mountAbuser(mux)
	r.Handler = page.Protect(mux)
	return r
}

// visit begins a visit.
func (r *room) visit(w http.ResponseWriter, request *http.Request) *visit {
	name := web.WorldName(request.Context())
	v := &visit{ResponseWriter: w, Request: request, room: r}
	if name != web.DefaultWorld {
		v.base = "/w/" + name
	}
	v.view = page.View{World: name, Home: v.here("/"), Files: v.here(Prefix + "files/")}
	return v
}

// ServeFailure implements web.Screens.
func (r *room) ServeFailure(w http.ResponseWriter, request *http.Request, requestID string) {
	v := r.visit(w, request)
	v.view.Refusal, v.code = page.Failure(requestID), http.StatusInternalServerError
	v.show("problem", "表示できません", nil)
}

// open is a screen that needs no entry code.
func (r *room) open(screen func(*visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, request *http.Request) {
		v := r.visit(w, request)
		var err error
		if v.world, err = r.Worlds.World(request.Context(), web.WorldName(request.Context())); err != nil {
			if v.refused(err); v.code == http.StatusNotFound {
				v.view.Refusal.Text = "この世界はありません。講師から渡されたアドレスを確かめてください。"
			}
			v.show("problem", "表示できません", nil)
			return
		}
		if err := request.ParseForm(); err != nil {
			v.refuse(http.StatusBadRequest, "フォームを読めませんでした。入力が大きすぎないか確かめてください。", "")
			v.show("problem", "表示できません", nil)
			return
		}
		screen(v)
	}
}

// inside is a screen for who knows the entry code; all others are asked for it.
func (r *room) inside(screen func(*visit)) http.HandlerFunc {
	return r.open(func(v *visit) {
		if !knows(v.world, v.kept(v.entered())) {
			v.code = http.StatusForbidden
			if v.URL.Path == "/" {
				v.code = http.StatusOK
			}
			v.show("entry", "入室", v.here("/room/entry"))
			return
		}
		v.view.Now = world.Instant(v.world.Now())
		v.view.Leave = &page.Leave{Path: v.here("/room/leave"), Text: "退室"}
		screen(v)
	})
}

// mountSeat adds a screen below a seat's path; the pattern is as in "GET /members".
func (r *room) mountSeat(mux *http.ServeMux, seat, pattern string, screen func(*visit)) {
	method, path, _ := strings.Cut(pattern, " ")
	mux.HandleFunc(method+" "+seat+path, r.inside(screen))
}
