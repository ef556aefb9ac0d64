package oqs

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// answer looks at a request and answers it, if that can be done now.
func (t *Terminal) answer(ctx context.Context, l look, at *place) looked {
	if l.begun.ready == nil && t.away.rests() {
		return looked{l.file, unanswered, l.begun}
	}
	r, _, known := requestOf(l.file)
	data, seen, err := t.readRequest(l.file)
	if errors.Is(err, fs.ErrNotExist) {
		return looked{l.file, answered, begun{}}
	}
	if l.begun.seen != seen {
		l.begun = begun{seen: seen}
	}
	var root message.Element
	switch {
	case !known:
		err = refuse("SIM-OQS-NAME", "no request is called %.100q; names are as in OQSsiquc01req_202104010001.xml", l.file)
	case err == nil:
		root, _, err = message.Read(data)
	}
	refusal, refused := errors.AsType[*message.Refusal](err)
	if err != nil && !refused || message.Incomplete(err) && !l.final {
		return looked{l.file, notWhole, l.begun}
	}
	ready := l.begun.ready
	if ready == nil {
		if ready = t.prepare(ctx, r, root, refusal, &l.begun, at); ready == nil {
			return looked{l.file, unanswered, l.begun}
		}
	}
	if err := ready.deliver(ctx, t.answers, at); err != nil {
		if kinds[r.kind].once {
			l.begun.ready = ready
		}
		if ctx.Err() == nil && !l.begun.failed {
			l.begun.failed = true
			t.Logger.Warn("an answer can't be put into its folder; it is tried again", "answer", ready.name, "error", err)
		}
		return looked{l.file, unanswered, l.begun}
	}
	return looked{l.file, t.settle(r, known, seen), begun{seen: seen}}
}

// prepare makes the answer to a request, or its error file if it is refused; nil if that can't be done now.
func (t *Terminal) prepare(ctx context.Context, r request, root message.Element, refusal *message.Refusal, b *begun, at *place) *delivered {
	about := r.kind
	if _, known := kinds[about]; !known {
		about = world.OtherFile
	}
	taken, err := t.take(ctx, about, b, at)
	var ready *delivered
	if err == nil {
		x := &exchange{Terminal: t, request: r, TakenFile: taken}
		ready, err = x.exchange(ctx, root, refusal)
	}
	if err != nil {
		if ctx.Err() == nil {
			t.away.begins(err)
		}
		return nil
	}
	t.away.ends()
	return ready
}

// take tells the simulator of a file, and waits as long as a fault has it late: what is late is made late, by the flags that are
// in force then. A fault that strikes a file strikes it whenever it is tried again, and is late once.
func (t *Terminal) take(ctx context.Context, about string, b *begun, at *place) (world.TakenFile, error) {
	taken, err := t.takeFile(ctx, about, b.taken)
	if err != nil {
		return taken, err
	}
	if !b.taken {
		b.taken, b.fault = true, taken.Fault
	}
	if late := lateness(b.fault); late > 0 {
		at.leave()
		if pause(ctx, late); ctx.Err() != nil {
			return taken, ctx.Err()
		}
		b.fault = &world.FileFault{ID: b.fault.ID, File: b.fault.File}
		if taken, err = t.takeFile(ctx, about, true); err != nil {
			return taken, err
		}
	}
	taken.Fault = b.fault
	return taken, nil
}

// settle takes an answered request out of the folder. One that changed meanwhile is another request; a folder, and what is not
// called as a request, is none of ours.
func (t *Terminal) settle(r request, known bool, seen version) (settled result) {
	err := t.requests.within(func(root *os.Root) error {
		info, err := root.Lstat(r.file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			settled = answered
			return nil
		case err != nil || !known || info.IsDir():
			settled = left
			return err
		case versionOf(info) != seen:
			settled = unanswered
			return nil
		}
		settled = answered
		return removed(root, r.file)
	})
	if err != nil {
		t.Logger.Warn("an answered request can't be removed; it would be answered again at the next start", "request", r.file, "error", err)
		return left
	}
	return settled
}
