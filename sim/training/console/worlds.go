package console

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"onshisim/sim/training/ask"
	"onshisim/sim/training/lesson"
	"onshisim/sim/training/room"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// usualClass is how many worlds a class has unless somebody says otherwise.
const usualClass = "40"

// listedWorld is a world as the lists have it.
type listedWorld struct {
	Name, Path, Code string
	Room, Inside     string // where its screens are, and their path there
	Away             bool   // Room is a whole address
	Now              string
	Running          bool // its clock shows real time
	Mode             string
	Exercise         string // title; empty: none
}

// listWorlds shows all worlds, and makes new ones.
func listWorlds(v *visit) {
	names, err := v.names()
	if err != nil {
		v.fail(err)
		return
	}
	list := make([]listedWorld, 0, len(names))
	for _, name := range names {
		if w, err := v.Worlds.World(v.Context(), name); err == nil { // else it went meanwhile
			list = append(list, v.listed(w))
		}
	}
	v.liveForAll()
	v.fill(url.Values{"number": {usualClass}})
	v.show("worlds", "世界の一覧", map[string]any{"Worlds": list, "Classes": classesOf(names), "Scenarios": v.choices()})
}

// names are the names of all worlds.
func (v *visit) names() (names []string, err error) {
	answer, err := v.ask("GET", "/worlds", nil)
	if err != nil {
		return nil, err
	}
	for _, each := range answer["worlds"].([]any) {
		names = append(names, each.(ask.Fields)["world"].(string))
	}
	return names, nil
}

func (v *visit) listed(w *world.World) listedWorld {
	base, inside := v.roomsAt(), "/"
	if w.Name() != web.DefaultWorld {
		inside = "/w/" + url.PathEscape(w.Name()) + "/"
	}
	l := listedWorld{
		Name: w.Name(), Path: worldPath(w.Name()), Code: room.EntryCode(w), Room: base + inside, Inside: inside, Away: base != "",
		Now: world.Instant(w.Now()), Running: !w.ClockIsSet(), Mode: w.Mode().Mode,
	}
	if s, err := v.scenarios.AssignedTo(w); err == nil && s != nil {
		l.Exercise = s.Title
	}
	return l
}

// roomsAt is where the screens of all worlds are: the one place of all systems; empty where there is none.
func (c *console) roomsAt() string {
	base := c.PublicURLs[world.Systems[0]]
	for _, system := range world.Systems {
		if c.PublicURLs[system] != base {
			return ""
		}
	}
	return base
}

// choices are what a world can be made of, as options of a field.
func (v *visit) choices() []string {
	all, err := v.scenarios.All()
	if err != nil {
		panic(err) // the program's own files
	}
	var exercises, worlds, others []string
	for _, s := range all {
		switch {
		case s.Exercise != nil:
			exercises = append(exercises, s.Name+"=演習 "+s.Title)
		case len(s.Steps) == 0:
			worlds = append(worlds, s.Name+"=手順なし "+s.Title)
		default:
			others = append(others, s.Name+"="+s.Title)
		}
	}
	return slices.Concat(exercises, worlds, others)
}

// makeWorld makes one world by name.
func makeWorld(v *visit) {
	name := v.given("name")
	if !world.IsName(name) {
		v.refuse(http.StatusUnprocessableEntity, "世界の名前は、英小文字・数字・「.」「_」「-」で64字までです。", "name")
		listWorlds(v)
		return
	}
	if v.refused(v.make(name, v.given("scenario"))) {
		v.view.Form.Errors["name"] = v.view.Refusal.Text
		listWorlds(v)
		return
	}
	v.done(worldPath(name), "made")
}

// make makes a world of a scenario, for which it then is. Whatever lets in to it is its own: nobody who knows another world
// of the scenario can guess it.
func (v *visit) make(name, scenario string) error {
	s, err := v.scenarios.Find(scenario)
	if err != nil {
		return err
	}
	if s == nil {
		return &ask.Refusal{Status: http.StatusNotFound, Code: "SIM-SCENARIO-404"}
	}
	document, err := withoutSecrets(s)
	if err != nil {
		return err
	}
	path := "/worlds/" + url.PathEscape(name)
	if _, err = v.ask("PUT", path, ask.Fields{"world": document}); err != nil || len(s.Steps) == 0 {
		return err
	}
	if _, err = v.ask("PUT", path+"/checkpoints/"+lesson.Checkpoint(s.Name), nil); err != nil {
		v.undo(name)
	}
	return err
}

// confirmDeletion asks whether worlds are really to go.
func confirmDeletion(v *visit) {
	names := v.Form["world"]
	if class := v.URL.Query().Get("class"); class != "" {
		all, err := v.names()
		if err != nil {
			v.fail(err)
			return
		}
		names = worldsOf(class, all)
	}
	if len(names) == 0 {
		v.lost()
		return
	}
	v.show("deletion", strconv.Itoa(len(names))+"の世界を削除しますか", names)
}

// deleteWorlds deletes worlds; one that is gone already is no reason to keep the others.
func deleteWorlds(v *visit) {
	for _, name := range v.PostForm["world"] {
		_, err := v.ask("DELETE", "/worlds/"+url.PathEscape(name), nil)
		if err != nil && !isGone(err) {
			v.fail(err)
			return
		}
	}
	v.done("/", "deleted")
}
