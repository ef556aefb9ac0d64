package world

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
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
	require.Equal(t, 1, p.Latest(w.Today()))

	_, err = w.PutMember(ctx, "06990014", "A-2", p.IndividualNumber, unamended)
	require.NoError(t, err)
	p, _ = w.Person("hanako")
	require.Empty(t, p.Members[2].Address+p.Members[2].PostNumber)
}
