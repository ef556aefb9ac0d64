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

// betweenTries is how long the reader rests after something did not work.
const betweenTries = time.Second

// cardRead is a card that was read, until the simulator knows what came of it.
type cardRead struct {
	outcome world.PresentationOutcome
	ready   *delivered // the file; nil if there is none, or it is there
}

// readCards reads the cards that people put on the reader (顔認証付きカードリーダー), one after the other, until the context is
// done. Each is read once: a wrong PIN counts.
func (t *Terminal) readCards(ctx context.Context) {
	reads := map[string]*cardRead{}
	for ctx.Err() == nil {
		if !t.readWaiting(ctx, reads) {
			pause(ctx, betweenTries)
		}
	}
}

// readWaiting waits for cards on the reader and reads them; one that can't be read keeps no other from it.
func (t *Terminal) readWaiting(ctx context.Context, reads map[string]*cardRead) (worked bool) {
	asking, cancel := context.WithTimeout(ctx, longestLook+answerTime)
	defer cancel()
	waiting, err := t.Desk.Waiting(asking, longestLook)
	worked = err == nil
	for i := range waiting {
		if failed := t.readCard(ctx, &waiting[i], reads); failed != nil {
			worked, err = false, failed
		}
	}
	if !worked && ctx.Err() == nil {
		t.away.begins(err)
	}
	return worked
}

// readCard reads a card, drops what it opened into the folder face, and says so. Of a card that can't be read, or whose holder
// was not made sure of, the reader says so, and there is no file.
func (t *Terminal) readCard(ctx context.Context, p *world.Presentation, reads map[string]*cardRead) error {
	read := reads[p.ID]
	if read == nil {
		var err error
		if read, err = t.openCard(ctx, p); err != nil {
			return err
		}
		reads[p.ID] = read
	}
	if read.ready != nil {
		if err := read.ready.deliver(ctx, t.faces, nil); err != nil {
			t.failed(ctx, read.ready, err)
			return err
		}
		read.ready = nil
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTime) // or the next start reads it again
	defer cancel()
	_, err := t.Desk.End(ending, p.ID, read.outcome)
	if err == nil {
		delete(reads, p.ID)
	}
	return err
}

// openCard asks what a card opens.
func (t *Terminal) openCard(ctx context.Context, p *world.Presentation) (*cardRead, error) {
	taken, err := t.takeFile(ctx, world.FaceFile, false)
	if err != nil {
		return nil, err
	}
	x := &exchange{Terminal: t, TakenFile: taken, confirmationDate: taken.Now.Format(time.DateOnly), classification: byCard}
	var found eligibility
	why, err := x.system.ask(ctx, x.Token, http.MethodPost, "/card-reads", p.PresentedCard, &found)
	if failed, ok := errors.AsType[*rejection](err); ok {
		why, err = failed, nil
	}
	switch {
	case err != nil:
		return nil, err
	case why != nil:
		return &cardRead{outcome: world.PresentationOutcome{Status: world.PresentationRefused, Code: why.code, Message: why.message}}, nil
	}
	x.pretend(&found)
	name := faceFile(t.Institution, p.ID+" "+found.CardReadID, timestamp(x.Now))
	return &cardRead{
		outcome: world.PresentationOutcome{Status: world.PresentationRead, File: name},
		ready:   x.ready(name, answer{header: header{segment: normal}.elements(x), body: found.elements(nil)}),
	}, nil
}

// message is the answer as a message.
func (a *answer) message() message.Element {
	return message.Group("XmlMsg", message.Group("MessageHeader", a.header...), message.Group("MessageBody", a.body...))
}
