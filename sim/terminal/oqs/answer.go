package oqs

import (
	"context"
	"errors"
	"io/fs"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// answer looks at a request and answers it, as soon as the simulator can be asked.
func (t *Terminal) answer(ctx context.Context, l look) looked {
	r, _, known := requestOf(l.file)
	data, seen, err := t.readRequest(l.file)
	if errors.Is(err, fs.ErrNotExist) {
		return looked{l.file, answered, seen}
	}
	if !known {
		err = refuse("SIM-OQS-NAME", "no request is called %.100q; names are as in OQSsiquc01req_202104010001.xml", l.file)
	}
	var root message.Element
	if err == nil {
		root, _, err = message.Read(data)
	}
	if (errors.Is(err, errNotWhole) || message.Incomplete(err)) && !l.final {
		return looked{l.file, notWhole, seen}
	}
	for {
		failed := t.exchange(ctx, r, root, err)
		if ctx.Err() != nil {
			return looked{l.file, untold, seen}
		}
		if failed == nil {
			t.away.ends()
			return looked{l.file, t.settle(r, known, seen), seen}
		}
		t.away.begins(failed)
		pause(ctx, betweenTries)
	}
}

// settle takes an answered request out of the folder. One that changed meanwhile is another request; a folder, and what is not
// called as a request, is none of ours.
func (t *Terminal) settle(r request, known bool, seen version) result {
	info, err := t.requests.Lstat(r.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return answered
	case err != nil || !known || info.IsDir():
		return left
	case versionOf(info) != seen:
		return untold
	}
	if err := t.requests.Remove(r.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Logger.Warn("an answered request can't be removed", "request", r.file, "error", err)
		return left
	}
	return answered
}

// exchange answers a request that was read, or refuses it. The error is that it can't now.
func (t *Terminal) exchange(ctx context.Context, r request, root message.Element, unread error) error {
	about := r.kind
	if _, known := kinds[about]; !known {
		about = world.OtherFile
	}
	taken, err := t.Desk.TakeFile(ctx, about)
	if err != nil {
		return err
	}
	x := &exchange{Terminal: t, request: r, TakenFile: taken}
	refusal := unread
	if refusal == nil {
		x.header, x.body, refusal = parts(&root)
	}
	if refusal == nil && x.meets(faultError) {
		refusal = refuse("SIM-OQS-FAULT", "a scripted fault strikes this request: %s", x.Fault.ID)
	}
	if refusal != nil {
		return t.refuse(ctx, x, refusal)
	}
	a, err := x.carryOut(ctx)
	if err != nil {
		return err
	}
	return x.deliver(ctx, t.answers, r.answer(a.extension()), a)
}

// refuse puts an error file into the folder of answers. Its form is not public; this is ours.
func (t *Terminal) refuse(ctx context.Context, x *exchange, why error) error {
	told := &rejection{message.CodeXML, why.Error()}
	if refusal, ok := errors.AsType[*message.Refusal](why); ok {
		told.code, told.message = refusal.Code, refusal.Message
	}
	t.Logger.Warn("a request is refused", "request", x.file, "code", told.code, "reason", told.message)
	return x.deliver(ctx, t.answers, x.refusal(), answer{header: x.failed(told)})
}

func (a *answer) extension() string {
	if a.pdf != nil {
		return ".pdf"
	}
	return ".xml"
}
