package mynaportal

import (
	"context"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

type logInInput struct {
	Body struct {
		CardSerial string `json:"cardSerial" minLength:"1" maxLength:"64"`
		PIN        string `json:"pin" pattern:"^[0-9]{4}$" patternDescription:"4 digits"`
	}
}

type logInOutput struct {
	Body struct {
		Token     string `json:"token"`
		ExpiresAt string `json:"expiresAt" format:"date-time"`
	}
}

func logIn(ctx context.Context, in *logInInput) (*logInOutput, error) {
	a := web.AccessOf(ctx)
	session, err := a.World.OpenSession(ctx, in.Body.CardSerial, in.Body.PIN)
	if err != nil {
		return nil, err
	}
	a.Session = session
	a.Person, _ = a.World.Person(session.Person) // who is logged in from now on
	out := &logInOutput{}
	out.Body.Token, out.Body.ExpiresAt = session.Token, world.Instant(session.ExpiresAt)
	return out, nil
}
