package store

import (
	"context"
	"strconv"
	"time"

	"onshisim/bench/work"
	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// institution is the one of the worlds that work.Document makes.
const institution = "9919990011"

// Open opens the worlds of a log, with the machine's clock.
func Open(ctx context.Context, log eventlog.Log, wall func() time.Time) (*world.Registry, error) {
	return world.Open(ctx, log, world.Sources{Wall: wall, Seed: func() uint64 { return 1 }, Limits: world.Limits{Events: 1 << 40}})
}

// Town makes a world of a log, with as many persons as there are writers.
func Town(ctx context.Context, log eventlog.Log, persons int, wall func() time.Time) (*world.World, error) {
	worlds, err := Open(ctx, log, wall)
	if err != nil {
		return nil, err
	}
	return worlds.Create(ctx, "town", work.Document(persons))
}

// References has every writer give its own person a reference number.
func References(w *world.World) Writer {
	return func(ctx context.Context, number int) error {
		p, _ := w.Person("p" + strconv.Itoa(number))
		return w.PutReferenceNumber(ctx, institution, p, "reference-"+strconv.Itoa(number))
	}
}

// CardReads has every writer read its own person's card.
func CardReads(w *world.World) Writer {
	return func(ctx context.Context, number int) error {
		_, _, _, err := w.ReadCard(ctx, institution, "c"+strconv.Itoa(number),
			world.Verification{Method: world.VerifyPIN, PIN: "1234"}, world.Consents{Medicines: true})
		return err
	}
}

// Typical is a record as a world writes it.
func Typical(ctx context.Context) (record []byte, err error) {
	w, err := Town(ctx, eventlog.NewMemory(), 1, time.Now)
	if err != nil {
		return nil, err
	}
	if err := CardReads(w)(ctx, 0); err != nil {
		return nil, err
	}
	for line, err := range w.Events(ctx) {
		if err != nil {
			return nil, err
		}
		record = line
	}
	return record, nil
}
