package console

import "onshisim/sim/training/ask"

// setClock sets the clock to a date and a time.
func setClock(v *visit) {
	at := v.given("date") + "T" + v.given("time")
	if len(at) == len("2006-01-02T15:04") {
		at += ":00"
	}
	v.moveClock("PUT", "/clock", ask.Fields{"now": at + "+09:00"})
}

// advanceClock moves the clock on.
func advanceClock(v *visit) {
	v.moveClock("POST", "/clock/advance", ask.Fields{"duration": v.given("duration")})
}

func (v *visit) moveClock(method, path string, body ask.Fields) {
	if _, err := v.askHere(method, path, body); v.refused(err) {
		if wrong, ok := v.view.Form.Errors["now"]; ok {
			v.view.Form.Errors["date"] = wrong
		}
		showWorld(v)
		return
	}
	v.done(v.here(""), "clock")
}
