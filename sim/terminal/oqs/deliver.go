package oqs

import (
	"context"
	"errors"
	"hash/fnv"
	"os"
	"time"

	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/world"
)

// usualDelay is how long a file that is there stays half written, or locked.
const usualDelay = time.Second

// meets says whether a fault strikes the exchange.
func (x *exchange) meets(fault string) bool { return x.Fault != nil && x.Fault.File == fault }

// encoding is what the answer says it is in.
func (x *exchange) encoding() message.Encoding {
	if x.meets(world.FileSwappedEncoding) || x.meets(world.FileMislabelledEncoding) {
		return x.Encoding.Other()
	}
	return x.Encoding
}

// lateness is how late a fault has a file made; one that is there first, and then whole or free, is made at once.
func lateness(fault *world.FileFault) time.Duration {
	if fault == nil || fault.File == world.FilePartial || fault.File == world.FileLocked {
		return 0
	}
	late, _ := time.ParseDuration(fault.Delay) // checked when it was scripted; none is 0
	return late
}

// delivered is an answer as its file, in the way that the fault asks for, if there is one.
type delivered struct {
	name  string
	data  []byte
	fault string
	delay time.Duration // for which it stays half written, or locked
}

// ready is an answer as its file.
func (x *exchange) ready(name string, a answer) *delivered {
	d := &delivered{name: name, data: a.pdf}
	if a.pdf == nil {
		d.data = x.encoded(a.message(), name)
	}
	if x.meets(world.FilePartial) || x.meets(world.FileLocked) {
		d.fault, d.delay = x.Fault.File, usualDelay
		if given, err := time.ParseDuration(x.Fault.Delay); err == nil {
			d.delay = given
		}
	}
	return d
}

// encoded is a message as bytes.
func (x *exchange) encoded(root message.Element, name string) []byte {
	if x.Shuffle {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(name)) // never fails
		message.Shuffle(&root, hash.Sum64())
	}
	as := x.encoding()
	if x.meets(world.FileMislabelledEncoding) {
		return message.AppendLabelled(nil, root, as, x.Encoding)
	}
	return message.Append(nil, root, as)
}

// deliver puts the file into a folder. While a fault has it half written, or locked, it leaves its place to others.
func (d *delivered) deliver(ctx context.Context, to folder, at *place) error {
	if d.fault == "" {
		return to.write(d.name, d.data, false)
	}
	at.leave()
	put := writeInTwo
	if d.fault == world.FileLocked {
		put = writeLocked
	}
	return to.within(func(root *os.Root) error { return put(ctx, root, d.name, d.data, d.delay) })
}

// writeInTwo writes a file under its name while everybody looks, half of it first. The end of the process makes it whole: the
// fault is a slow file, not a broken one.
func writeInTwo(ctx context.Context, root *os.Root, name string, data []byte, apart time.Duration) error {
	file, err := created(root, name)
	if err != nil {
		return err
	}
	half := len(data) / 2
	if _, err = file.Write(data[:half]); err == nil {
		pause(ctx, apart)
		_, err = file.Write(data[half:])
	}
	return errors.Join(err, file.Close())
}

// writeLocked writes a file that nobody else can read at first.
func writeLocked(ctx context.Context, root *os.Root, name string, data []byte, held time.Duration) error {
	if err := removed(root, name); err != nil {
		return err
	}
	file, err := createLocked(root, name)
	if err != nil {
		return err
	}
	if _, err = file.Write(data); err == nil {
		pause(ctx, held)
	}
	return errors.Join(err, unlock(file))
}
