package terminal

import (
	"context"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
	"onshisim/sim/show"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

type cardReadInput struct {
	ID string `path:"id" maxLength:"64" doc:"the cardReadId"`
}

type medicinesOutput struct {
	Body show.List[show.Medicine]
}

func listMedicines(ctx context.Context, in *cardReadInput) (*medicinesOutput, error) {
	p, look, err := consented(ctx, in.ID, func(c world.Consents) bool { return c.Medicines })
	if err != nil {
		return nil, err
	}
	return &medicinesOutput{show.InstitutionMedicines(p, look)}, nil
}

type checkupsOutput struct {
	Body show.List[show.Checkup]
}

func listCheckups(ctx context.Context, in *cardReadInput) (*checkupsOutput, error) {
	p, look, err := consented(ctx, in.ID, func(c world.Consents) bool { return c.Checkups })
	if err != nil {
		return nil, err
	}
	return &checkupsOutput{show.InstitutionCheckups(p, look)}, nil
}

// consented is the person whom a card read opened, nil if nobody, when the consent asked for was given within 24 hours.
func consented(ctx context.Context, id string, to func(world.Consents) bool) (p *world.Insured, look world.Look, err error) {
	a := web.AccessOf(ctx)
	look = a.World.Look(ctx)
	read, p, err := a.World.CardRead(look, a.Caller.Code, id)
	if err != nil {
		return nil, look, err
	}
	if !look.Of(p).Consented(disclosure.ConsentGiven, to(read.Consents), read.At) {
		return nil, look, errNoConsent
	}
	return p, look, nil
}

var errNoConsent = problem.New(problem.Forbidden, "SIM-TERM-CONSENT", "The patient did not consent to this at the card reader within the last 24 hours; read the card again.")

type certificateInput struct {
	Body Certificate
}

// listMedicinesByCertificate lists the medicines of a certificate's holder, as the files of a terminal ask for them.
func listMedicinesByCertificate(ctx context.Context, in *certificateInput) (*medicinesOutput, error) {
	p, look, err := consentedHolder(ctx, &in.Body, func(c world.Consents) bool { return c.Medicines })
	if err != nil {
		return nil, err
	}
	return &medicinesOutput{show.InstitutionMedicines(p, look)}, nil
}

// listCheckupsByCertificate lists the checkups of a certificate's holder.
func listCheckupsByCertificate(ctx context.Context, in *certificateInput) (*checkupsOutput, error) {
	p, look, err := consentedHolder(ctx, &in.Body, func(c world.Consents) bool { return c.Checkups })
	if err != nil {
		return nil, err
	}
	return &checkupsOutput{show.InstitutionCheckups(p, look)}, nil
}

// consentedHolder is the holder of a certificate if the newest read of the holder's card here opened anything, nil if it did
// not, when the consent asked for was given with it within 24 hours. Without such a read nobody has consented.
func consentedHolder(ctx context.Context, c *Certificate, to func(world.Consents) bool) (p *world.Insured, look world.Look, err error) {
	a := web.AccessOf(ctx)
	look = a.World.Look(ctx)
	var room [mostHeld]world.MemberOf
	holders := c.holders(room[:0], a.World, "", look.Today)
	if len(holders) == 0 || areSeveral(holders) {
		return nil, look, errNoConsent
	}
	read, p, known := a.World.NewestCardRead(look, a.Caller.Code, holders[0].Person)
	if !known || !look.Of(p).Consented(disclosure.ConsentGiven, to(read.Consents), read.At) {
		return nil, look, errNoConsent
	}
	return p, look, nil
}
