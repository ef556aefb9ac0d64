package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"onshisim/client"
	"onshisim/sim/disclosure"
	"onshisim/sim/document"
	"onshisim/sim/matching"
	"onshisim/sim/population"
	"onshisim/sim/world"
)

// book is what is known of the world's persons: the nation as it is computed, the persons that events have changed, and
// those who were written down beside it.
type book struct {
	world  *client.World
	nation *population.Nation

	mu      sync.RWMutex
	clock   client.Clock
	changed map[int]*world.Person // of the nation, by index
	strange []*world.Person       // not of the nation
}

func newBook(ctx context.Context, w *client.World, nation *population.Nation, written []world.Person) (*book, error) {
	b := &book{world: w, nation: nation, changed: map[int]*world.Person{}}
	for i := range written {
		if index, ours := nation.ByID(written[i].ID); ours {
			b.changed[index] = &written[i]
		} else {
			b.strange = append(b.strange, &written[i])
		}
	}
	var err error
	b.clock, err = w.Clock(ctx)
	return b, err
}

// now is the world's clock as it was last seen.
func (b *book) now() client.Clock {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.clock
}

// person is one of the nation, with records.
func (b *book) person(index int) *insured {
	b.mu.RLock()
	d, clock := b.changed[index], b.clock
	b.mu.RUnlock()
	if d == nil {
		d = b.computed(index)
	}
	return newInsured(d, clock)
}

func (b *book) computed(index int) *world.Person {
	p, r := b.nation.Person(index), b.nation.Records(index)
	d := document.Of(&p, &r)
	return &d
}

// holders are the persons under one insurer number, symbol and number.
func (b *book) holders(insurerNumber, symbol, number string) []*insured {
	return b.among(b.nation.ByCertificate(insurerNumber, matching.Fold(symbol), matching.Fold(number)))
}

// namesakes are the persons of one name or kana name and date of birth.
func (b *book) namesakes(name, birthdate string) []*insured {
	return b.among(b.nation.Namesakes(matching.Fold(name), birthdate))
}

// among are some of the nation as they are now, and everybody who was changed or written down: whether they are meant, the
// caller sees.
func (b *book) among(indices []int) []*insured {
	b.mu.RLock()
	clock := b.clock
	documents := slices.Clone(b.strange)
	for _, d := range b.changed {
		documents = append(documents, d)
	}
	indices = slices.DeleteFunc(slices.Clone(indices), func(index int) bool { return b.changed[index] != nil })
	b.mu.RUnlock()
	persons := make([]*insured, 0, len(documents)+len(indices))
	for _, d := range documents {
		persons = append(persons, newInsured(d, clock))
	}
	for _, index := range indices {
		persons = append(persons, newInsured(b.computed(index), clock))
	}
	return persons
}

// refresh asks the control plane for the clock and for some persons, and notes who is not as computed.
func (b *book) refresh(ctx context.Context, indices []int) error {
	clock, err := b.world.Clock(ctx)
	if err != nil {
		return fmt.Errorf("the world's clock: %w", err)
	}
	b.mu.Lock()
	b.clock = clock
	b.mu.Unlock()
	for _, index := range indices {
		computed := b.computed(index)
		d, err := b.world.Person(ctx, computed.ID)
		if refused := (*client.Error)(nil); errors.As(err, &refused) && refused.Status == http.StatusNotFound {
			continue // whoever the world does not know at all is not changed by an event
		}
		if err != nil {
			return fmt.Errorf("person %s: %w", computed.ID, err)
		}
		b.mu.Lock()
		delete(b.changed, index)
		if !sameDocument(&d, computed) {
			b.changed[index] = &d
		}
		b.mu.Unlock()
	}
	return nil
}

// changedPersons are the ids of those whose documents are not as computed.
func (b *book) changedPersons() []string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	ids := make([]string, 0, len(b.changed))
	for _, d := range b.changed {
		ids = append(ids, d.ID)
	}
	slices.SortFunc(ids, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return ids
}

// sameDocument compares documents as JSON has them.
func sameDocument(a, b *world.Person) bool { return reflect.DeepEqual(tree(a), tree(b)) }

// insured is a person as the rule core sees one, on a day, and what it said.
type insured struct {
	*world.Person
	memberships []disclosure.Membership
	today       disclosure.Date
	rules       []string
}

var japan = time.FixedZone("JST", 9*60*60)

func newInsured(d *world.Person, clock client.Clock) *insured {
	p := &insured{Person: d, today: disclosure.Date(clock.Now.In(japan).Format(time.DateOnly))}
	for i := range d.Members {
		m := &d.Members[i]
		flags := disclosure.Flags{Whole: flagsOf(m.Flags.NonDisclosure, m.Flags.SelfInformationBlocked)}
		for _, set := range m.Flags.Items {
			if flags.ByItem == nil {
				flags.ByItem = make([]disclosure.Flag, len(items)+1)
			}
			flags.ByItem[items[set.Item]] = flagsOf(set.NonDisclosure, set.SelfInformationBlocked)
		}
		p.memberships = append(p.memberships, disclosure.Membership{
			InsurerNumber: m.InsurerNumber, PersonalInsuredNumber: m.PersonalInsuredNumber,
			Acquired: disclosure.Date(m.QualificationDate), Lost: disclosure.Date(m.DisqualificationDate), Flags: flags,
		})
	}
	return p
}

// items are the specific personal informations by their codes.
var items = map[string]disclosure.Item{
	"eligibility": disclosure.Eligibility, "benefits": disclosure.Benefits, "checkups": disclosure.CheckupItem,
}

func flagsOf(nonDisclosure, selfInformation bool) (flags disclosure.Flag) {
	if nonDisclosure {
		flags |= disclosure.NonDisclosure
	}
	if selfInformation {
		flags |= disclosure.SelfInformationBlocked
	}
	return flags
}

// decide asks the rule core, and notes the rules that it answers by.
func (p *insured) decide(view disclosure.Information, item disclosure.Item, place disclosure.Place, own int) disclosure.Outcome {
	verdict := disclosure.Notice.Decide(disclosure.Question{View: view, Place: place, Own: own, Item: item, Today: p.today}, p.memberships)
	p.cite(ruleOf[view])
	for _, reason := range verdict.Reasons {
		p.cite(reason.Rule)
	}
	return verdict.Outcome
}

func (p *insured) cite(rules ...string) {
	for _, rule := range rules {
		if !slices.Contains(p.rules, rule) {
			p.rules = append(p.rules, rule)
		}
	}
}

// ruleOf is the line of page 12 that an information has.
var ruleOf = func() map[disclosure.Information]string {
	rules := map[disclosure.Information]string{}
	for _, line := range disclosure.Lines() {
		rules[line.View] = line.Rule
	}
	return rules
}()

// latest is the index of the membership at the latest insurer, -1 if there is none.
func (p *insured) latest() int { return disclosure.Notice.Latest(p.memberships, p.today) }
