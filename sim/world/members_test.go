package world

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/disclosure"
)

// unamended is a member just as it is, or as it is made up.
func unamended(m Member) (Member, error) { return m, nil }

// A correction leaves out what it does not correct, and never learns what another insurer knows of the person.
func TestACorrectionKeepsTheInsurersOwn(t *testing.T) {
	t.Parallel()
	d := document()
	d.Persons[0].Members[0].Address, d.Persons[0].Members[0].PostNumber = "架空県旧居町1番", "000-0001"
	d.Persons[0].Address, d.Persons[0].PostNumber = "架空県避難町2番", "000-0002"
	w, ctx := created(t, d), context.Background()
	_, err := w.PutMember(ctx, "06990014", "A-1", "", func(m Member) (Member, error) {
		m.DisqualificationDate = "2020-03-31"
		return m, nil
	})
	require.NoError(t, err)
	p, _ := w.Person("hanako")
	require.Equal(t, "架空県旧居町1番", p.Members[0].Address)
	require.Equal(t, "000-0001", p.Members[0].PostNumber)
	require.Equal(t, "2020-03-31", p.Members[0].DisqualificationDate)
	require.Equal(t, "2015-04-01", p.Members[0].QualificationDate)
	require.Equal(t, 1, w.Look(t.Context()).Latest(p))

	_, err = w.PutMember(ctx, "06990014", "A-2", p.IndividualNumber, unamended)
	require.NoError(t, err)
	p, _ = w.Person("hanako")
	require.Empty(t, p.Members[2].Address+p.Members[2].PostNumber)
}

// An address that an insurer does not know stays unknown to it, through any number of documents.
func TestAnEmptyAddressIsNotFilledByADocument(t *testing.T) {
	t.Parallel()
	w, ctx := created(t, document()), context.Background()
	var p Person
	require.NoError(t, json.Unmarshal([]byte(`{"address": "架空県避難町2番", "postNumber": "000-0002", "members": [
		{"personalInsuredNumber": "A-1", "insurerNumber": "06990014", "address": "", "postNumber": ""},
		{"personalInsuredNumber": "A-2", "insurerNumber": "06990014", "address": "架空県旧居町1番"},
		{"personalInsuredNumber": "B-1", "insurerNumber": "990010"}]}`), &p))
	for range 2 {
		_, err := w.PutPerson(ctx, "hanako", p)
		require.NoError(t, err)
		insured, _ := w.Person("hanako")
		require.Equal(t, "", insured.Members[0].Address+insured.Members[0].PostNumber)
		require.Equal(t, "架空県旧居町1番", insured.Members[1].Address+insured.Members[1].PostNumber)
		require.Equal(t, "架空県避難町2番", insured.Members[2].Address)
		text, err := json.Marshal(insured.Document())
		require.NoError(t, err)
		p = Person{}
		require.NoError(t, json.Unmarshal(text, &p))
	}
}

// A document changes what it says and keeps what it can't say: tries used up, acts on record, records hidden.
func TestADocumentKeepsWhatItCannotSay(t *testing.T) {
	t.Parallel()
	w, ctx, yes := created(t, document()), context.Background(), true
	hanako := func() *Insured { p, _ := w.Person("hanako"); return p }
	put := func(d Person) { _, err := w.PutPerson(ctx, "hanako", d); require.NoError(t, err) }

	for range 2 {
		_, err := w.OpenSession(ctx, "card-h", "0000")
		require.Error(t, err)
		put(hanako().Document())
	}
	_, err := w.OpenSession(ctx, "card-h", "0000")
	require.Error(t, err)
	require.Equal(t, CardLocked, hanako().Card("card-h").State())

	_, err = w.Inquire(ctx, "welfare", hanako(), "06990014", "eligibility")
	require.NoError(t, err)
	require.NoError(t, w.SetFlags(ctx, "06990014", "A-1", FlagSetting{NonDisclosure: &yes}, "2021-04-01", "申請"))
	without := hanako().Document()
	without.Members = without.Members[1:]
	put(without)
	require.Equal(t, disclosure.Withheld, w.Look(ctx).DecideRecord(hanako(), &hanako().ExchangeRecords[0]))
	history := hanako().FlagHistory["A-1"]
	require.Len(t, history, 2)
	require.False(t, *history[1].Change.NonDisclosure, "that the flag went with the member is on record")

	changed, err := w.ChangeIndividualNumber(ctx, hanako().IndividualNumber)
	require.NoError(t, err)
	put(Person{})
	require.Equal(t, changed, hanako().IndividualNumber)
}
