package console

// trainee is one line of the class: a world with how far its exercise is.
type trainee struct {
	listedWorld
	Done, Steps          int
	Different, Forgotten int
	Next                 string // title of the first step that is open
	Finished             bool
}

// showClass shows how far all trainees are.
func showClass(v *visit) {
	names, err := v.names()
	if err != nil {
		v.fail(err)
		return
	}
	chosen := v.URL.Query().Get("class")
	var trainees []trainee
	for _, name := range names {
		if chosen != "" && classOf(name) != chosen {
			continue
		}
		t, err := v.trainee(name)
		if err != nil {
			v.fail(err)
			return
		}
		if t != nil {
			trainees = append(trainees, *t)
		}
	}
	v.liveForAll()
	v.show("class", "クラスの進み具合", map[string]any{"Trainees": trainees, "Classes": classesOf(names), "Class": chosen})
}

// trainee is the line of a world; nil if it has no exercise.
func (v *visit) trainee(name string) (*trainee, error) {
	w, err := v.Worlds.World(v.Context(), name)
	if err != nil {
		return nil, nil // it went meanwhile
	}
	l, err := v.scenarios.Of(v.Context(), w)
	if err != nil || l == nil {
		return nil, err
	}
	c := l.Progress.Counts
	t := &trainee{
		listedWorld: v.listed(w), Done: doneOf(c), Steps: c.Steps, Different: c.Different,
		Forgotten: len(l.Progress.Forgotten), Finished: l.Progress.Finished,
	}
	if next := l.Progress.Next; next >= 0 {
		t.Next = l.Progress.Steps[next].Title
	}
	return t, nil
}
