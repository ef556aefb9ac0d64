package jpki

import (
	"context"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type cardInput struct {
	Serial string `path:"serial" maxLength:"64" doc:"電子証明書の発行番号"`
}

type cardOutput struct {
	Body card
}

type card struct {
	CardSerial string `json:"cardSerial"`
	Status     string `json:"status" enum:"valid,suspended,revoked,locked,expired"`
}

func showCard(ctx context.Context, in *cardInput) (*cardOutput, error) {
	return cardWith(web.AccessOf(ctx).World, in.Serial)
}

// cardWith shows the card with a serial as it is now.
func cardWith(w *world.World, serial string) (*cardOutput, error) {
	p, known := w.PersonByCard(serial)
	if !known {
		return nil, problem.New(problem.NotFound, "SIM-CARD-404", "There is no card with this serial.")
	}
	return &cardOutput{card{serial, p.Card(serial).StateOn(w.Today())}}, nil
}

// suspendCard is step 1 of the measures (P15-1): whoever holds the card can use it no longer.
func suspendCard(ctx context.Context, in *cardInput) (*cardOutput, error) {
	w := web.AccessOf(ctx).World
	if err := w.SuspendCard(ctx, in.Serial); err != nil {
		return nil, err
	}
	return cardWith(w, in.Serial)
}

func liftSuspension(ctx context.Context, in *cardInput) (*cardOutput, error) {
	w := web.AccessOf(ctx).World
	if err := w.LiftSuspension(ctx, in.Serial); err != nil {
		return nil, err
	}
	return cardWith(w, in.Serial)
}

type reissueCardOutput struct {
	Body struct {
		CardSerial string `json:"cardSerial"`
		PIN        string `json:"pin"`
		Status     string `json:"status" enum:"valid,suspended,revoked,locked,expired"`
	}
}

// reissueCard gives the holder a card that nobody else has or knows the PIN of (P15-1).
func reissueCard(ctx context.Context, in *cardInput) (*reissueCardOutput, error) {
	issued, err := web.AccessOf(ctx).World.ReissueCard(ctx, in.Serial)
	if err != nil {
		return nil, err
	}
	out := &reissueCardOutput{}
	out.Body.CardSerial, out.Body.PIN, out.Body.Status = issued.CardSerial, issued.PIN, issued.State()
	return out, nil
}

type setPINInput struct {
	Serial string `path:"serial" maxLength:"64" doc:"電子証明書の発行番号"`
	Body   struct {
		PIN string `json:"pin" pattern:"^[0-9]{4}$" patternDescription:"4 digits" doc:"暗証番号"`
	}
}

func setPIN(ctx context.Context, in *setPINInput) (*cardOutput, error) {
	w := web.AccessOf(ctx).World
	if err := w.SetPIN(ctx, in.Serial, in.Body.PIN); err != nil {
		return nil, err
	}
	return cardWith(w, in.Serial)
}
