package scenario

// Exercise makes a scenario one whose steps a trainee does on the screens, in a world made of the scenario's.
type Exercise struct {
	Brief string `json:"brief"` // what the trainee is told before; it does not give away what will be seen
}
