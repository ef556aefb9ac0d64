package world

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"time"

	"onshisim/sim/eventlog"
	"onshisim/sim/wire"
)

// JST is the one time zone of every world.
var JST = time.FixedZone("JST", 9*60*60)

// change is what an event does to the state: the only way in which state changes. It looks at nothing but the state and
// the event's instant, so that the same events always give the same state.
type change interface {
	apply(s *State, at time.Time)
}

// kind ties the name that an event has in the log to its Go type. A new version of an event is a new kind with the next
// version; the old one stays readable.
type kind struct {
	name    string
	version int
	of      reflect.Type // a pointer to its Go type
	read    func(data []byte) (change, error)
	data    *wire.Encoder
}

func kindOf[T any, P interface {
	*T
	change
}](name string) kind {
	quick := quickly[T]()
	return kind{
		name: name, version: 1, of: reflect.TypeFor[P](), data: wire.NewEncoder(reflect.TypeFor[T](), wire.EscapeHTML),
		read: func(data []byte) (change, error) {
			event := new(T)
			return P(event), read(data, event, quick)
		},
	}
}

// kinds are all events there are.
var kinds = []kind{
	kindOf[worldCreated]("worldCreated"),
	kindOf[insurerPut]("insurerPut"),
	kindOf[agencyPut]("agencyPut"),
	kindOf[institutionPut]("institutionPut"),
	kindOf[cardOfficePut]("cardOfficePut"),
	kindOf[clockSet]("clockSet"),
	kindOf[modeSet]("modeSet"),
	kindOf[personPut]("personPut"),
	kindOf[recordsPut]("recordsPut"),
	kindOf[memberPut]("memberPut"),
	kindOf[checkupPut]("checkupPut"),
	kindOf[flagsSet]("flagsSet"),
	kindOf[subjectFlagSet]("subjectFlagSet"),
	kindOf[inquiryAnswered]("inquiryAnswered"),
	kindOf[cardSuspended]("cardSuspended"),
	kindOf[cardSuspensionLifted]("cardSuspensionLifted"),
	kindOf[cardReissued]("cardReissued"),
	kindOf[pinSet]("pinSet"),
	kindOf[pinFailed]("pinFailed"),
	kindOf[pinAccepted]("pinAccepted"),
	kindOf[individualNumberChanged]("individualNumberChanged"),
	kindOf[sessionOpened]("sessionOpened"),
	kindOf[registrationReserved]("registrationReserved"),
	kindOf[registrationEnded]("registrationEnded"),
	kindOf[proxyNamed]("proxyNamed"),
	kindOf[proxyRemoved]("proxyRemoved"),
	kindOf[cardRead]("cardRead"),
	kindOf[cardPresented]("cardPresented"),
	kindOf[presentationEnded]("presentationEnded"),
	kindOf[disasterConsent]("disasterConsent"),
	kindOf[referenceNumberPut]("referenceNumberPut"),
	kindOf[mutantSet]("mutantSet"),
	kindOf[faultScripted]("faultScripted"),
	kindOf[faultsCleared]("faultsCleared"),
	kindOf[checkpointPut]("checkpointPut"),
	kindOf[checkpointDeleted]("checkpointDeleted"),
	kindOf[checkpointRestored]("checkpointRestored"),
}

// kindByName and kindByType are kinds, indexed.
var (
	kindByName = func() map[string]kind {
		byName := make(map[string]kind, len(kinds))
		for _, k := range kinds {
			byName[k.name] = k
		}
		return byName
	}()
	kindByType = func() map[reflect.Type]kind {
		byType := make(map[reflect.Type]kind, len(kinds))
		for _, k := range kinds {
			byType[k.of] = k
		}
		return byType
	}()
)

// envelope is an event as it stands in the log and in an export: one line of JSON.
type envelope struct {
	Position eventlog.Position `json:"position"`
	At       time.Time         `json:"at"`
	Type     string            `json:"type"`
	Version  int               `json:"version"`
	Data     json.RawMessage   `json:"data"`
}

// encode writes an event as its line, an envelope without the line's end.
func encode(position eventlog.Position, at time.Time, c change) ([]byte, error) {
	k := kindByType[reflect.TypeOf(c)]
	line := make([]byte, 0, usualEvent)
	line = append(line, `{"position":`...)
	line = strconv.AppendUint(line, uint64(position), 10)
	line = append(line, `,"at":"`...)
	line = at.In(JST).AppendFormat(line, time.RFC3339)
	line = append(line, `","type":"`...)
	line = append(line, k.name...)
	line = append(line, `","version":`...)
	line = strconv.AppendInt(line, int64(k.version), 10)
	line = append(line, `,"data":`...)
	line, err := k.data.Append(line, c)
	if err != nil {
		return nil, fmt.Errorf("encode event %d: %w", position, err)
	}
	return append(line, '}'), nil
}

// usualEvent is how long an event is expected to be as a line, in bytes.
const usualEvent = 320

// envelopeOf takes a line apart that is written as encode does it, which any other need not be.
func envelopeOf(line []byte) (e envelope, written bool) {
	rest, text := line, []byte(nil)
	cut := func(before, after string) bool {
		if rest, written = bytes.CutPrefix(rest, []byte(before)); written {
			text, rest, written = bytes.Cut(rest, []byte(after))
		}
		return written
	}
	number := func(into *uint64) bool {
		var err error
		*into, err = strconv.ParseUint(string(text), 10, 64)
		return err == nil
	}
	var position, version uint64
	var err error
	if !cut(`{"position":`, `,"at":"`) || !number(&position) || !cut("", `","type":"`) {
		return envelope{}, false
	}
	if e.At, err = time.ParseInLocation(time.RFC3339, string(text), JST); err != nil || !cut("", `","version":`) {
		return envelope{}, false
	}
	e.Type = string(text)
	if !cut("", `,"data":`) || !number(&version) || len(rest) == 0 || rest[len(rest)-1] != '}' {
		return envelope{}, false
	}
	e.Position, e.Version, e.Data = eventlog.Position(position), int(version), rest[:len(rest)-1]
	return e, true
}

// decode reads a line. The line must be the one that encode would write at that position, as far as its fields go:
// unknown types, versions and fields are refused.
func decode(line []byte, want eventlog.Position) (change, time.Time, error) {
	e, written := envelopeOf(line)
	if !written {
		if err := strict(line, &e); err != nil {
			return nil, time.Time{}, fmt.Errorf("event %d can't be read: %w", want, err)
		}
	}
	if e.Position != want {
		return nil, time.Time{}, fmt.Errorf("event %d is missing: position %d stands in its place", want, e.Position)
	}
	k, known := kindByName[e.Type]
	if !known || e.Version != k.version {
		return nil, time.Time{}, fmt.Errorf("event %d is of type %q version %d, which this program does not know", want, e.Type, e.Version)
	}
	c, err := k.read(e.Data)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("event %d (%s) can't be read: %w", want, e.Type, err)
	}
	return c, e.At.In(JST), nil
}

// quickly is the quick decoder of a type.
func quickly[T any]() *wire.Decoder {
	decoder, err := wire.NewDecoder(reflect.TypeFor[T]())
	if err != nil {
		panic(err) // a mistake in the type, which the first start shows
	}
	return decoder
}

// read decodes one JSON value strictly: quickly if it is as this program writes it.
func read[T any](data []byte, into *T, quick *wire.Decoder) error {
	if quick.Decode(data, into) {
		return nil
	}
	var empty T
	*into = empty
	return strict(data, into)
}

// strict decodes one JSON value, refusing unknown fields and anything behind it.
func strict(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the value")
	}
	return nil
}
