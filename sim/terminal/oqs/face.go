package oqs

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// longestLook is how long the simulator keeps a question for cards on the reader.
const longestLook = 5 * time.Second

// betweenTries is how long the reader rests after something did not work.
const betweenTries = time.Second

// readCards reads the cards that people put on the reader (顔認証付きカードリーダー), one after the other, until the context is
// done. Each is read once: a wrong PIN counts.
func (t *Terminal) readCards(ctx context.Context) {
	ends := map[string]world.PresentationOutcome{} // of cards that were read, until the simulator knows
	for ctx.Err() == nil {
		if !t.readWaiting(ctx, ends) {
			pause(ctx, betweenTries)
		}
	}
}

// readWaiting waits for cards on the reader and reads them; one that can't be read keeps no other from it.
func (t *Terminal) readWaiting(ctx context.Context, ends map[string]world.PresentationOutcome) (worked bool) {
	asking, cancel := context.WithTimeout(ctx, longestLook+answerTime)
	defer cancel()
	waiting, err := t.Desk.Waiting(asking, longestLook)
	if worked = err == nil; worked {
		maps.DeleteFunc(ends, func(id string, _ world.PresentationOutcome) bool { // another has said what became of it
			return !slices.ContainsFunc(waiting, func(p world.Presentation) bool { return p.ID == id })
		})
	}
	for i := range waiting {
		if failed := t.readCard(ctx, &waiting[i], ends); failed != nil {
			worked, err = false, failed
		}
	}
	if !worked && ctx.Err() == nil {
		t.away.begins(err)
	}
	return worked
}

// readCard reads a card, unless it was read, and says what became of it.
func (t *Terminal) readCard(ctx context.Context, p *world.Presentation, ends map[string]world.PresentationOutcome) error {
	outcome, read := ends[p.ID]
	if !read {
		var err error
		if outcome, err = t.openCard(ctx, p); err != nil {
			return err
		}
		ends[p.ID] = outcome
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime) // or the next start reads it again
	defer cancel()
	_, err := t.Desk.End(ending, p.ID, outcome)
	if err == nil {
		delete(ends, p.ID)
	}
	return err
}

// openCard drops what a card opens into the folder face. Of a card that can't be read, or whose holder was not made sure of, the
// reader says so, and there is no file; nor is one kept that can't be put there now, for flags may be set before it can.
func (t *Terminal) openCard(ctx context.Context, p *world.Presentation) (outcome world.PresentationOutcome, err error) {
	taken, err := t.take(ctx, world.FaceFile, &begun{}, nil)
	if err != nil {
		return outcome, err
	}
	x := &exchange{Terminal: t, TakenFile: taken, confirmationDate: taken.Now.Format(time.DateOnly), classification: byCard}
	var found eligibility
	why, err := x.system.ask(ctx, x.Token, http.MethodPost, "/card-reads", p.PresentedCard, &found)
	if failed, ok := errors.AsType[*rejection](err); ok {
		why, err = failed, nil
	}
	if err != nil {
		return outcome, err
	}
	if why == nil {
		x.pretend(&found)
		outcome.File = faceFile(t.Institution, p.ID+" "+found.CardReadID, timestamp(x.Now))
		file := x.ready(outcome.File, answer{header: header{segment: normal}.elements(x), body: found.elements(nil)})
		if err := file.deliver(ctx, t.faces, nil); err != nil {
			t.Logger.Warn("what a card opened can't be put into its folder", "file", file.name, "error", err)
			why = reject("SIM-OQS-FACE", "The card was read, but its file can't be put into the folder face; mend that and put the card on the reader again.")
		}
	}
	outcome.Status = world.PresentationRead
	if why != nil {
		outcome = world.PresentationOutcome{Status: world.PresentationRefused, Code: why.code, Message: why.message}
	}
	return outcome, nil
}

// message is the answer as a message.
func (a *answer) message() message.Element {
	return message.Group("XmlMsg", message.Group("MessageHeader", a.header...), message.Group("MessageBody", a.body...))
}
