package oqs

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"onshisim/sim/terminal/oqs/message"
)

// The messages that a batch (一括照会) comes as. Its client then asks for the results by the number of its reception.
const (
	batchOfChecks  = "OQSmuquc01" // eligibility
	batchOfNumbers = "OQSmuimm01" // reference numbers
)

// receiveChecks answers OQSmuquc01.
func (x *exchange) receiveChecks(context.Context) (answer, error) {
	x.confirmationDate = x.header.date("QualificationConfirmationDate")
	return x.receive(searchElement)
}

// receiveNumbers answers OQSmuimm01.
func (x *exchange) receiveNumbers(context.Context) (answer, error) {
	return x.receive(registrationElement)
}

// receive keeps a batch until its client asks for the results. They are made then, so that they tell what is in force then.
func (x *exchange) receive(of string) (answer, error) {
	units := x.body.groups(of)
	if len(units) == 0 {
		x.body.mistake(of, "is missing")
	}
	if why := x.wrong(x.header, x.body); why != nil {
		return answer{}, why
	}
	kept := reception{Kind: x.kind, Institution: x.Institution, ArbitraryFileIdentifier: x.identifier, QualificationConfirmationDate: x.confirmationDate}
	for _, unit := range units {
		kept.Units = append(kept.Units, unit.element)
	}
	at := timestamp(x.Now)
	number, err := x.receptions.keep(at, &kept)
	if err != nil {
		return answer{}, fmt.Errorf("keep the batch: %w", err)
	}
	x.confirmationDate = "" // this answer has none
	return answer{
		header: header{}.elements(x),
		body:   []message.Element{message.Leaf("ReceptionNumber", number), message.Leaf("ReceptionDateTime", at)},
	}, nil
}

// checkedBatch answers OQSmuquc02: the eligibilities that a batch asked for.
func (x *exchange) checkedBatch(ctx context.Context) (answer, error) {
	return x.batch(ctx, batchOfChecks, func(ctx context.Context, f *fields) (message.Element, *rejection, error) {
		s := x.searchOf(f)
		found, why, err := x.check(ctx, &s)
		unit := append([]message.Element{s.echo()}, outcome(why)...)
		unit = append(unit, message.Leaf("QualificationValidity", found.QualificationValidity))
		for i := range found.Results {
			unit = append(unit, resultOf(&found.Results[i], consents{}, ""))
		}
		unit = append(unit, message.Leaf("ReferenceNumber", found.ReferenceNumber))
		return message.Group("BulkConfirmUnit", unit...), why, err
	})
}

// atOnce is how many persons of a batch are asked about at the same time.
const atOnce = 8

// batch answers for every unit of a batch, in the order in which they came.
func (x *exchange) batch(ctx context.Context, of string, answerUnit func(context.Context, *fields) (message.Element, *rejection, error)) (answer, error) {
	number := x.body.required("ReceptionNumber")
	if why := x.wrong(x.header, x.body); why != nil {
		return answer{}, why
	}
	kept, err := x.receptions.find(number)
	if err != nil {
		x.Logger.Warn("a batch that was received can't be read any more", "receptionNumber", number, "error", err)
	}
	if kept == nil || kept.Kind != of || kept.Institution != x.Institution {
		return answer{}, reject("SIM-OQS-RECEPTION", "There is no batch %s with the reception number %.40q.", of, number)
	}
	x.identifier, x.confirmationDate = kept.ArbitraryFileIdentifier, kept.QualificationConfirmationDate
	h := header{segment: processing}
	if x.receptions.ask(number) <= x.Processing {
		return answer{header: h.elements(x)}, nil
	}
	units, errors, err := inParallel(ctx, kept.Units, answerUnit)
	if err != nil {
		return answer{}, err
	}
	h.segment = normal
	h.counts = []message.Element{
		message.Leaf("NumberOfProcessingResult", strconv.Itoa(len(units))),
		message.Leaf("NumberOfNormalProcessing", strconv.Itoa(len(units)-errors)),
		message.Leaf("NumberOfError", strconv.Itoa(errors)),
	}
	return answer{header: h.elements(x), body: units}, nil
}

// inParallel answers all units, and counts those rejected. The first error ends it.
func inParallel(
	ctx context.Context, units []message.Element, answerUnit func(context.Context, *fields) (message.Element, *rejection, error),
) (answers []message.Element, rejected int, err error) {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	answers = make([]message.Element, len(units))
	next := make(chan int)
	var mu sync.Mutex
	var answering sync.WaitGroup
	for range min(atOnce, len(units)) {
		answering.Go(func() {
			for i := range next {
				unit, why, err := answerUnit(ctx, fieldsOf(units[i]))
				if err != nil {
					end(err)
					continue
				}
				answers[i] = unit
				if why != nil {
					mu.Lock()
					rejected++
					mu.Unlock()
				}
			}
		})
	}
	for i := range units {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	answering.Wait()
	return answers, rejected, context.Cause(ctx)
}
