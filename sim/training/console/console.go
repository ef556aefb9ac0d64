// Package console is the instructor's console (講師用コンソール) on the control listener: the worlds of a class, their clocks,
// modes and faults, who did what and why it was answered so, and how far each trainee is. What it does it asks the control
// plane for as every client does; it shows reasons, so that it is nowhere else.
package console

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"

	"onshisim/sim/baseurl"
	"onshisim/sim/scenario"
	"onshisim/sim/training/ask"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/page"
	"onshisim/sim/training/picture"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Prefix is what the paths of all pages but the first begin with.
const Prefix = "/console/"

//go:embed pages
var pages embed.FS

var site = page.New(pages, "pages")

// Config is what the console stands on.
type Config struct {
	Worlds     *world.Registry     // for what the control plane does not tell: entry codes, what has just happened, pictures
	Plane      ask.Desk            // the listener of the control plane
	Token      string              // of the control plane, which instructors log in with; empty: whoever is on this machine is in
	Stage      scenario.Target     // where steps are played; without a client, nowhere
	Scenarios  fs.FS               // what worlds are made of
	PublicURLs baseurl.URLs        // where trainees reach the screens
	Operations map[string][]string // the operations of each national system, for faults
	Leaving    <-chan struct{}     // closed when the process is about to end; nil never is
}

type console struct {
	Config
	http.Handler
	scenarios *lesson.Scenarios
}

// New makes the console.
func New(c Config) web.Screens {
	made := &console{Config: c, scenarios: lesson.NewScenarios(c.Scenarios)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Prefix+"files/{file}", page.ServeAsset)
	mux.HandleFunc("GET "+Prefix+"files/picture.css", servePictureStyle)
	mux.HandleFunc("/", made.inside(func(v *visit) { v.lost() }))
	mux.HandleFunc("POST /console/session", made.open(logIn))
	mux.HandleFunc("POST /console/leave", made.open(logOut))
	for _, r := range routes {
		screen := made.inside(r.screen)
		if strings.Contains(r.pattern, "{world}") {
			screen = made.within(r.screen)
		}
		mux.HandleFunc(r.pattern, screen)
	}
	made.Handler = page.Protect(made.atHome(mux))
	return made
}

// ServeFailure implements web.Screens.
func (c *console) ServeFailure(w http.ResponseWriter, r *http.Request, requestID string) {
	v := c.visit(w, r)
	v.view.Refusal, v.code = page.Failure(requestID), http.StatusInternalServerError
	v.show("problem", "表示できません", nil)
}

// servePictureStyle answers with the style sheet of the pictures.
func servePictureStyle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, _ = w.Write([]byte(picture.CSS)) // fails when nobody is there any more
}

// routes are the pages for instructors; those of a world have it in their path.
var routes = []struct {
	pattern string
	screen  func(*visit)
}{
	{"GET /{$}", listWorlds},
	{"GET /console/live", liveOfAll},
	{"POST /console/worlds", whole(makeWorld)},
	{"POST /console/classes", whole(makeClass)},
	{"GET /console/class", showClass},
	{"GET /console/sheet", showSheet},
	{"GET /console/deletion", confirmDeletion},
	{"POST /console/deletion", whole(deleteWorlds)},

	{"GET /console/worlds/{world}", showWorld},
	{"GET /console/worlds/{world}/live", liveOfWorld},
	{"GET /console/worlds/{world}/events", exportEvents},
	{"POST /console/worlds/{world}/clock", setClock},
	{"POST /console/worlds/{world}/clock/advance", advanceClock},
	{"GET /console/worlds/{world}/mode", showMode},
	{"POST /console/worlds/{world}/mode", setMode},
	{"GET /console/worlds/{world}/faults", showFaults},
	{"POST /console/worlds/{world}/faults", scriptFault},
	{"POST /console/worlds/{world}/faults/clear", clearFaults},
	{"POST /console/worlds/{world}/mutant", setMutant},
	{"POST /console/worlds/{world}/checkpoints", putCheckpoint},
	{"POST /console/worlds/{world}/checkpoints/restore", restoreCheckpoint},
	{"POST /console/worlds/{world}/checkpoints/delete", deleteCheckpoint},
	{"GET /console/worlds/{world}/persons", listPersons},
	{"GET /console/worlds/{world}/persons/{id}", showPerson},
	{"GET /console/worlds/{world}/journal", showJournal},
	{"POST /console/worlds/{world}/journal/clear", clearJournal},
	{"GET /console/worlds/{world}/journal/{number}", showRequest},
	{"GET /console/worlds/{world}/exercise", showExercise},
	{"POST /console/worlds/{world}/exercise", whole(assignExercise)},
	{"POST /console/worlds/{world}/exercise/step", playStep},
	{"POST /console/worlds/{world}/exercise/restart", whole(restartExercise)},
	{"GET /console/worlds/{world}/report", showReport},
}
