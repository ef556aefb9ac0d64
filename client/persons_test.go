package client_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

const insurer = "06990014"

// TestAddressLeftOut: a member that was given no address has the person's; one whose insurer knows none keeps none, also
// when it is read and written back (P13-1: an address must never come in by another insurer's door).
func TestAddressLeftOut(t *testing.T) {
	t.Parallel()
	w := start(t).base(t)
	ctx := t.Context()
	at := func(number, address string) world.Member {
		m := world.Member{PersonalInsuredNumber: number}
		m.InsurerNumber, m.Address = insurer, address
		return m
	}
	addresses := func(p world.Person) (list []string) {
		for _, m := range p.Members {
			list = append(list, m.Address)
		}
		return list
	}
	put, err := w.PutPerson(ctx, world.Person{
		ID: "kaede", Address: "架空県避難町七丁目7番7号",
		Members: []world.Member{at("n-1", ""), at("n-2", "").WithoutAddress(), at("n-3", "架空県旧居町一丁目")},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"架空県避難町七丁目7番7号", "", "架空県旧居町一丁目"}, addresses(put))

	read, err := w.Person(ctx, "kaede")
	require.NoError(t, err)
	require.Equal(t, put, read)
	read.Address = "架空県次の町一丁目"
	written, err := w.PutPerson(ctx, read)
	require.NoError(t, err)
	require.Equal(t, read, written)
	require.Equal(t, []string{"架空県避難町七丁目7番7号", "", "架空県旧居町一丁目"}, addresses(written))
}

func TestRecords(t *testing.T) {
	t.Parallel()
	w := start(t).base(t)
	p, err := w.PutRecords(t.Context(), "hanako", world.Records{Medicines: []world.Medicine{{MedicineName: "架空錠"}}})
	require.NoError(t, err)
	require.Equal(t, "架空錠", p.Medicines[0].MedicineName)
	require.Empty(t, p.Checkups)
	require.NotEmpty(t, p.Members)
}

func TestDisclosure(t *testing.T) {
	t.Parallel()
	disclosed, err := start(t).base(t).Disclosure(t.Context(), "hanako")
	require.NoError(t, err)
	rows := disclosed.Rows
	require.NotEmpty(t, rows)
	for _, row := range rows {
		require.NotEmpty(t, row.Rule)
		require.NotEmpty(t, row.Outcome)
		require.NotNil(t, row.Reasons)
	}
}
