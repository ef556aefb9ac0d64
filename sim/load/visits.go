package load

import (
	"context"
	"math/rand/v2"
	"time"

	"onshisim/sim/population"
)

// make makes a visit: its first request is due at an instant, each other one when the answer before it is there.
func (p *player) make(ctx context.Context, v *visit, due time.Time) {
	switch v.errand {
	case byCard:
		p.visitByCard(ctx, v, due)
	case byCertificate:
		p.visitByCertificate(ctx, v, due)
	case inBatch:
		p.checkForTomorrow(ctx, v, due)
	case atPortal:
		p.visitPortal(ctx, v, due)
	case inDisaster:
		p.visitInDisaster(ctx, v, due)
	case errands:
	}
}

// where is the institution of a visit, with the dice for what is done there.
func (p *player) where(v *visit) (place, *rand.Rand) {
	if v.pharmacy {
		dice := v.dice(ofHowAtPharmacy)
		return among(dice, p.places.pharmacies), dice
	}
	dice := v.dice(ofHow)
	return among(dice, p.places.hospitals), dice
}

// drawTries bounds the search for somebody who has what the errand needs.
const drawTries = 100

// whom draws the person of a visit: the same at the pharmacy as before.
func (p *player) whom(v *visit, suits func(*population.Person) bool) (person population.Person, found bool) {
	dice := v.dice(ofWhom)
	for range drawTries {
		if person = p.book.nation.Person(p.crowd.draw(dice)); suits(&person) {
			return person, true
		}
	}
	return person, false
}

func hasCard(person *population.Person) bool { return len(person.Cards) > 0 }

func hasMember(person *population.Person) bool { return len(person.Members) > 0 }

func hasUsableCard(person *population.Person) bool {
	return len(person.Cards) > 0 && person.Cards[len(person.Cards)-1].Status == "valid"
}

// visitByCard: the card is read, then medicines and checkups are opened as far as the patient consented.
func (p *player) visitByCard(ctx context.Context, v *visit, due time.Time) {
	person, found := p.whom(v, hasCard)
	if !found {
		p.tally.leftOut()
		return
	}
	at, dice := p.where(v)
	card := person.Cards[len(person.Cards)-1]
	if len(person.Cards) > 1 && dice.Float64() < shareFormerCard {
		card = person.Cards[0]
	}
	request := cardRequest{CardSerial: card.CardSerial, Verification: verification{Method: "face", Match: dice.Float64() >= shareFaceDiffers}}
	if dice.Float64() < shareByPIN {
		request.Verification = verification{Method: "pin", PIN: card.PIN}
	}
	request.Consents = consents{
		Medicines: dice.Float64() < shareConsenting, Checkups: dice.Float64() < shareConsenting,
		LimitCertificate: dice.Float64() < shareConsenting, SpecificDiseases: dice.Float64() < shareConsenting,
	}
	answer, due, answered := p.ask(ctx, p.readCard(at, person.Index, request), due)
	id := seen[cardAnswer](answer).CardReadID
	if !answered || id == "" {
		return
	}
	if request.Consents.Medicines || dice.Float64() < shareUnconsented {
		_, due, answered = p.ask(ctx, p.openedByRead(at, person.Index, request, id, "medicines"), due)
	}
	if answered && request.Consents.Checkups {
		p.ask(ctx, p.openedByRead(at, person.Index, request, id, "checkups"), due)
	}
}

// visitByCertificate: the certificate is checked, for today or an earlier day; it is the current one, a past one, or misread.
func (p *player) visitByCertificate(ctx context.Context, v *visit, due time.Time) {
	person, found := p.whom(v, hasMember)
	if !found {
		p.tally.leftOut()
		return
	}
	at, dice := p.where(v)
	m := &person.Members[len(person.Members)-1]
	if dice.Float64() < shareFormerMember {
		m = &person.Members[dice.IntN(len(person.Members))]
	}
	c := certificateOf(&person, m)
	if dice.Float64() < shareMisread {
		c.InsuredIdentificationNumber += "0"
	}
	if dice.Float64() < shareForThatDay {
		back := -dice.IntN(mostDaysBack)
		c.QualificationConfirmationDate = p.book.now().Now.In(japan).AddDate(0, 0, back).Format(time.DateOnly)
	}
	_, due, answered := p.ask(ctx, p.checkCertificate("certificate-check", at, person.Index, c), due)
	if !answered || dice.Float64() >= shareClosedScreens {
		return
	}
	if leave, in := p.screens.tryClosed(); in {
		defer leave()
		p.ask(ctx, p.searchFor(at, person.Index, searchOf(&person, dice), false), due)
	}
}

func certificateOf(person *population.Person, m *population.Member) certificate {
	return certificate{
		InsurerNumber: m.InsurerNumber, InsuredCardSymbol: m.InsuredCardSymbol,
		InsuredIdentificationNumber: m.InsuredIdentificationNumber, InsuredBranchNumber: m.InsuredBranchNumber, Birthdate: person.Birthdate,
	}
}

// checkForTomorrow: the night's list has the certificate that tomorrow's patient showed last.
func (p *player) checkForTomorrow(ctx context.Context, v *visit, due time.Time) {
	person, found := p.whom(v, hasMember)
	if !found {
		p.tally.leftOut()
		return
	}
	at, _ := p.where(v)
	c := certificateOf(&person, &person.Members[len(person.Members)-1])
	p.ask(ctx, p.checkCertificate("batch-check", at, person.Index, c), due)
}

// visitPortal: somebody logs in, reads self-information and eligibility, and goes on to other pages, or to somebody else's.
func (p *player) visitPortal(ctx context.Context, v *visit, due time.Time) {
	person, found := p.whom(v, hasUsableCard)
	if !found {
		p.tally.leftOut()
		return
	}
	dice := v.dice(ofHow)
	card := person.Cards[len(person.Cards)-1]
	answer, due, answered := p.ask(ctx, p.logIn(person.Index, logIn{card.CardSerial, card.PIN}), due)
	token := seen[session](answer).Token
	if !answered || token == "" {
		return
	}
	pages := []string{selfInformationPage, eligibilityPage}
	for _, page := range []string{medicinesPage, checkupsPage, expensesPage} {
		if dice.Float64() < shareReadsOn {
			pages = append(pages, page)
		}
	}
	for _, page := range pages {
		if _, due, answered = p.ask(ctx, p.readPage(person.Index, person.Index, token, page), due); !answered {
			return
		}
	}
	if dice.Float64() < shareForPrincipal {
		subject := p.crowd.draw(dice) // hardly ever named the reader proxy
		if principals := p.book.nation.ByProxy(person.PortalUserID); len(principals) > 0 {
			subject = principals[dice.IntN(len(principals))]
		}
		p.ask(ctx, p.readPage(person.Index, subject, token, pages[dice.IntN(len(pages))]), due)
	}
}

// visitInDisaster: somebody without card and certificate is searched, found, and asked for consent.
func (p *player) visitInDisaster(ctx context.Context, v *visit, due time.Time) {
	person, found := p.whom(v, hasMember)
	leave, in := p.screens.enter(ctx)
	if !in {
		p.tally.leftOut()
		return
	}
	defer leave()
	if !found {
		p.tally.leftOut()
		return
	}
	dice := v.dice(ofHow)
	s := searchOf(&person, dice)
	if len(p.places.outside) > 0 && dice.Float64() < shareOutside {
		p.ask(ctx, p.searchFor(among(dice, p.places.outside), person.Index, s, false), due)
		return
	}
	at := among(dice, p.places.inside)
	answer, due, answered := p.ask(ctx, p.searchFor(at, person.Index, s, true), due)
	listed := seen[candidates](answer).Candidates
	_, ids, _ := p.book.candidates(&s)
	if !answered || len(listed) != 1 || len(ids) != 1 || ids[0] != person.ID {
		return // of several, the list alone does not tell who it is
	}
	release, claimed := p.claim(at, person.Index)
	if !claimed {
		return
	}
	defer release()
	id := listed[0].CandidateID
	given := oralConsent{Medicines: dice.Float64() < shareConsenting, Checkups: dice.Float64() < shareConsenting, AskedBy: "看護師"}
	if _, due, answered = p.ask(ctx, p.openCandidate(at, person.Index, id), due); !answered || !given.Medicines && !given.Checkups {
		return
	}
	_, due, answered = p.ask(ctx, p.consentOrally(at, person.Index, id, given), due)
	if answered && given.Medicines {
		_, due, answered = p.ask(ctx, p.openedOrally(at, person.Index, id, "medicines"), due)
	}
	if answered && given.Checkups {
		p.ask(ctx, p.openedOrally(at, person.Index, id, "checkups"), due)
	}
}

// searchOf is a search by which the person is found: by name, kana name or both, and by address or insurer.
func searchOf(person *population.Person, dice *rand.Rand) search {
	m := &person.Members[len(person.Members)-1]
	s := search{Birthdate: person.Birthdate, Address: m.Address}
	by := dice.IntN(3)
	if by != 1 {
		s.Name = person.Name
	}
	if by != 0 {
		s.NameKana = person.NameKana
	}
	if dice.Float64() < shareByInsurer || m.Address == "" {
		s.Address, s.InsurerName = "", m.InsurerName
	} else if dice.IntN(2) == 0 {
		s.Address = beginning(m.Address)
	}
	if dice.IntN(2) == 0 {
		s.Sex1 = person.Sex1
	}
	return s
}
