package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/world"
)

// busyPersons is how many persons live in a busy world; in a small one there is one for ten events.
const busyPersons = 10_000

// Busy makes a world in which a mix of commands has left about so many events: of a hundred, seventy read a card, fifteen
// give a person a reference number, six set or lift a flag, five set a card's PIN, and four log in.
func Busy(ctx context.Context, log eventlog.Log, events int) (*world.World, error) {
	at := time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST)
	persons := min(busyPersons, max(1, events/10))
	w, err := Town(ctx, log, persons, func() time.Time { return at })
	if err != nil {
		return nil, err
	}
	for i := 0; int(w.Position()) < events; i++ {
		at = at.Add(10 * time.Millisecond)
		if err := act(ctx, w, i, (i*7919+i/100)%persons); err != nil {
			return nil, fmt.Errorf("command %d: %w", i, err)
		}
	}
	return w, nil
}

// act carries out the ith command, on a person.
func act(ctx context.Context, w *world.World, i, person int) error {
	serial := "c" + strconv.Itoa(person)
	p, _ := w.Person("p" + strconv.Itoa(person))
	switch kind := i % 100; {
	case kind < 70:
		return CardReads(w)(ctx, person)
	case kind < 85:
		return w.PutReferenceNumber(ctx, institution, p, strconv.Itoa(i))
	case kind < 91:
		set := i/100%2 == 0
		return w.SetFlags(ctx, "06990014", p.Members[0].PersonalInsuredNumber, world.FlagSetting{SelfInformationBlocked: &set}, "2021-04-01", "申請")
	case kind < 96:
		return w.SetPIN(ctx, serial, "1234")
	}
	_, err := w.OpenSession(ctx, serial, "1234")
	return err
}
