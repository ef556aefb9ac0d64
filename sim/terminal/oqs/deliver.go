package oqs

import (
	"context"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"time"

	"onshisim/sim/terminal/oqs/message"
)

// The faults that a file can meet.
const (
	faultPartial     = "partial"             // half of it is there first
	faultLocked      = "locked"              // nobody can read it first
	faultProcessing  = "processing"          // it says that the answer is still being made
	faultSwapped     = "swappedEncoding"     // it is in the other encoding
	faultMislabelled = "mislabelledEncoding" // it is in the other encoding than it says
	faultError       = "error"               // it is an error file, instead
)

// usualDelay is how long a file that is there stays half written, or locked.
const usualDelay = time.Second

// meets says whether a fault strikes the exchange.
func (x *exchange) meets(fault string) bool { return x.Fault != nil && x.Fault.File == fault }

// encoding is what the answer says it is in.
func (x *exchange) encoding() message.Encoding {
	if x.meets(faultSwapped) || x.meets(faultMislabelled) {
		return x.Encoding.Other()
	}
	return x.Encoding
}

// delay is that of the exchange's fault.
func (x *exchange) delay() time.Duration {
	if x.Fault == nil {
		return 0
	}
	d, _ := time.ParseDuration(x.Fault.Delay) // checked when it was scripted; none is 0
	if d == 0 && (x.meets(faultPartial) || x.meets(faultLocked)) {
		return usualDelay
	}
	return d
}

// deliver puts an answer into a folder under its name, in the way that the fault asks for, if there is one.
func (x *exchange) deliver(ctx context.Context, folder *os.Root, name string, a answer) error {
	data := a.pdf
	if data == nil {
		data = x.encoded(a.message(), name)
	}
	switch {
	case x.meets(faultPartial):
		return writeInTwo(ctx, folder, name, data, x.delay())
	case x.meets(faultLocked):
		return writeLocked(ctx, folder, name, data, x.delay())
	}
	if late := x.delay(); late > 0 {
		if pause(ctx, late); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return write(folder, name, data, false)
}

// encoded is a message as bytes.
func (x *exchange) encoded(root message.Element, name string) []byte {
	if x.Shuffle {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(name)) // never fails
		message.Shuffle(&root, hash.Sum64())
	}
	as := x.encoding()
	if x.meets(faultMislabelled) {
		return message.AppendLabelled(nil, root, as, x.Encoding)
	}
	return message.Append(nil, root, as)
}

// writeInTwo writes a file under its name while everybody looks, half of it first.
func writeInTwo(ctx context.Context, folder *os.Root, name string, data []byte, apart time.Duration) error {
	if err := removed(folder, name); err != nil {
		return err
	}
	file, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	half := len(data) / 2
	if _, err = file.Write(data[:half]); err == nil {
		pause(ctx, apart)
		_, err = file.Write(data[half:]) // also at the end of the process: the fault is a slow file, not a broken one
	}
	return errors.Join(err, file.Close())
}

// writeLocked writes a file that nobody else can read at first.
func writeLocked(ctx context.Context, folder *os.Root, name string, data []byte, held time.Duration) error {
	if err := removed(folder, name); err != nil {
		return err
	}
	file, err := createLocked(folder, name)
	if err != nil {
		return err
	}
	if _, err = file.Write(data); err == nil {
		pause(ctx, held)
	}
	return errors.Join(err, unlock(file))
}

// removed takes a file out of a folder, if it is there.
func removed(folder *os.Root, name string) error {
	err := folder.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
