package main

import (
	"errors"
	"fmt"
	"time"

	"onshisim/sim/world"
)

// cardCommand is what a patient does with a My Number card.
type cardCommand struct {
	Present cardPresentCommand `cmd:"" help:"${cardPresent}"`
}

type cardPresentCommand struct {
	Card        string   `required:"" placeholder:"SERIAL" help:"${cardSerial}"`
	Institution string   `required:"" placeholder:"CODE" help:"${cardInstitution}"`
	PIN         string   `name:"pin" help:"${cardPIN}"`
	Face        string   `enum:",match,mismatch" default:"" placeholder:"match|mismatch" help:"${cardFace}"`
	Staff       bool     `help:"${cardStaff}"`
	Consent     []string `enum:"all,checkups,medicines,limitCertificate,specificDiseases" placeholder:"INFORMATION" help:"${cardConsent}"`
	planeFlags
}

// readWithin is how long a card may lie on the reader until somebody should look why no terminal reads it.
const readWithin = 10 * time.Second

// Run puts the card on the reader of an institution and waits until its terminal has read it.
func (c *cardPresentCommand) Run(t *terminal) error {
	how, err := c.verification()
	if err != nil {
		return err
	}
	reader := c.world().Terminal(c.Institution)
	p, err := reader.Present(t, world.PresentedCard{CardSerial: c.Card, Verification: how, Consents: c.consents()})
	for until := time.Now().Add(readWithin); err == nil && p.Status == world.PresentationWaiting && time.Now().Before(until); {
		p, err = reader.Presentation(t, p.ID, time.Second)
	}
	switch {
	case err != nil:
		return err
	case p.Status == world.PresentationWaiting:
		return errors.New(t.language.say(
			"カードはリーダーに置かれましたが、まだどの端末も読んでいません。sim terminal か sim serve --oqs が動いていなければ起動してください(起動すれば読まれます)",
			"the card lies on the reader, but no terminal has read it yet; if none is running, start sim terminal or sim serve --oqs, and it will be read"))
	case p.Status == world.PresentationRefused:
		return fmt.Errorf("%s: %s", p.Code, p.Message)
	}
	fmt.Fprintf(t.out, "face/%s\n", p.File)
	return nil
}

// verification is how the patient shows to be the card's holder.
func (c *cardPresentCommand) verification() (world.Verification, error) {
	given := 0
	for _, way := range []bool{c.PIN != "", c.Face != "", c.Staff} {
		if way {
			given++
		}
	}
	switch {
	case given > 1:
		return world.Verification{}, errors.New("--pin, --face and --staff are three ways to show to be the card's holder: give one of them")
	case c.PIN != "":
		return world.Verification{Method: world.VerifyPIN, PIN: c.PIN}, nil
	case c.Face != "":
		return world.Verification{Method: world.VerifyFace, Match: c.Face == "match"}, nil
	case c.Staff:
		return world.Verification{Method: world.VerifyStaff}, nil
	}
	return world.Verification{}, errors.New("give --pin 1234, --face match, --face mismatch or --staff: how the patient shows to be the card's holder")
}

// consents are those that were named.
func (c *cardPresentCommand) consents() (given world.Consents) {
	for _, information := range c.Consent {
		switch information {
		case "all":
			given = world.Consents{Checkups: true, Medicines: true, LimitCertificate: true, SpecificDiseases: true}
		case "checkups":
			given.Checkups = true
		case "medicines":
			given.Medicines = true
		case "limitCertificate":
			given.LimitCertificate = true
		case "specificDiseases":
			given.SpecificDiseases = true
		}
	}
	return given
}
