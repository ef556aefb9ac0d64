package console

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// mostTrainees bounds a class; its worlds have two digits.
const mostTrainees = 99

var (
	classForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	memberForm = regexp.MustCompile(`^(.+)-[0-9]{2}$`)
)

// classOf is the class that a world's name says it is of; empty if it says none.
func classOf(name string) string {
	if parts := memberForm.FindStringSubmatch(name); parts != nil {
		return parts[1]
	}
	return ""
}

// worldsOf are those of the worlds that are of a class.
func worldsOf(class string, names []string) (of []string) {
	for _, name := range names {
		if classOf(name) == class {
			of = append(of, name)
		}
	}
	return of
}

// class is a class with how many worlds it has.
type class struct {
	Name string
	Size int
}

func classesOf(names []string) (classes []class) {
	for _, name := range names {
		of := classOf(name)
		at := slices.IndexFunc(classes, func(c class) bool { return c.Name == of })
		switch {
		case of == "":
		case at >= 0:
			classes[at].Size++
		default:
			classes = append(classes, class{of, 1})
		}
	}
	return classes
}

// makeClass makes a world for each trainee: all of them, or none.
func makeClass(v *visit) {
	names, field, why := v.namesOfClass()
	if why != "" {
		v.refuse(http.StatusUnprocessableEntity, why, field)
		listWorlds(v)
		return
	}
	for i, name := range names {
		err := v.make(name, v.given("scenario"))
		if err == nil {
			continue
		}
		v.undo(names[:i]...)
		v.refused(err)
		v.view.Refusal.Text = fmt.Sprintf("世界 %s を作れなかったため、クラスの世界は1つも作っていません。%s", name, v.view.Refusal.Text)
		listWorlds(v)
		return
	}
	v.redirect("/console/class?done=class&class=" + url.QueryEscape(v.given("prefix")))
}

// namesOfClass are the names of the worlds that the form asks for; or else which field is wrong, and why.
func (v *visit) namesOfClass() (names []string, field, why string) {
	prefix := v.given("prefix")
	if !classForm.MatchString(prefix) {
		return nil, "prefix", "クラスの名前は、英小文字・数字・「-」で40字までです(英小文字か数字で始めます)。"
	}
	number, err := strconv.Atoi(v.given("number"))
	if err != nil || number < 1 || number > mostTrainees {
		return nil, "number", fmt.Sprintf("人数は1から%dまでの数字で入力してください。", mostTrainees)
	}
	for i := range number {
		names = append(names, fmt.Sprintf("%s-%02d", prefix, i+1))
	}
	there, err := v.names()
	if err != nil {
		return nil, "prefix", "いまある世界を読めませんでした。しばらくしてからやり直してください。"
	}
	taken := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !slices.Contains(there, name) })
	if len(taken) > 0 {
		return nil, "prefix", "同じ名前の世界があります: " + strings.Join(taken, "、") + "。世界は1つも作っていません。"
	}
	return names, "", ""
}

// showSheet is for printing: a card for each trainee, to cut out.
func showSheet(v *visit) {
	names, err := v.names()
	if err != nil {
		v.fail(err)
		return
	}
	chosen := v.URL.Query().Get("class")
	var list []listedWorld
	for _, name := range names {
		if chosen != "" && classOf(name) != chosen {
			continue
		}
		if w, err := v.Worlds.World(v.Context(), name); err == nil { // else it went meanwhile
			list = append(list, v.listed(w))
		}
	}
	v.show("sheet", "入室票", map[string]any{"Worlds": list, "Classes": classesOf(names), "Class": chosen})
}
