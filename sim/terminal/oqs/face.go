package oqs

import (
	"context"
	"errors"
	"net/http"
	"time"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// longestLook is how long the simulator keeps a question for cards on the reader.
const longestLook = 5 * time.Second

// readCards reads the cards that people put on the reader (顔認証付きカードリーダー), one after the other, until the context is done.
func (t *Terminal) readCards(ctx context.Context) {
	for ctx.Err() == nil {
		waiting, err := t.Desk.Waiting(ctx, longestLook)
		for i := 0; i < len(waiting) && err == nil; i++ {
			err = t.readCard(ctx, &waiting[i])
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			t.away.begins(err)
			pause(ctx, betweenTries)
		default:
			t.away.ends()
		}
	}
}

// readCard reads a card and drops what it opened into the folder face. Of a card that can't be read, or whose holder was not
// made sure of, the reader says so, and there is no file.
func (t *Terminal) readCard(ctx context.Context, p *world.Presentation) error {
	taken, err := t.Desk.TakeFile(ctx, world.FaceFile)
	if err != nil {
		return err
	}
	x := &exchange{Terminal: t, TakenFile: taken, confirmationDate: taken.Now.Format(time.DateOnly)}
	var found eligibility
	why, err := x.system.ask(ctx, x.Token, http.MethodPost, "/card-reads", p.PresentedCard, &found)
	if failed, ok := errors.AsType[*rejection](err); ok {
		why, err = failed, nil
	}
	if err != nil {
		return err
	}
	outcome := world.PresentationOutcome{Status: world.PresentationRefused}
	if why != nil {
		outcome.Code, outcome.Message = why.code, why.message
	} else {
		outcome.Status, outcome.File = world.PresentationRead, faceFile(t.Institution, found.CardReadID, timestamp(x.Now))
		a := answer{header: header{classification: byCard, segment: normal}.elements(x), body: found.elements(nil)}
		if err := x.deliver(ctx, t.faces, outcome.File, a); err != nil {
			return err
		}
	}
	_, err = t.Desk.End(ctx, p.ID, outcome)
	return err
}

// message is the answer as a message.
func (a *answer) message() message.Element {
	return message.Group("XmlMsg", message.Group("MessageHeader", a.header...), message.Group("MessageBody", a.body...))
}
