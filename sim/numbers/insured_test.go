package numbers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/numbers"
)

func TestPersonalInsuredNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, insurer, symbol, number, branch, want string
	}{
		{"all parts", "06139463", "12", "3456", "01", "0613946312345601"},
		{"branch of one digit", "06139463", "12", "3456", "2", "0613946312345602"},
		{"no branch", "06139463", "12", "3456", "", "06139463123456"},
		{"no symbol", "138057", "", "12345678", "01", "1380571234567801"},
		{"elderly insurance", "39131156", "", "12345678", "", "3913115612345678"},
		{"elderly insurance, parts that it doesn't have", "39131156", "7", "12345678", "01", "3913115612345678"},
		{"municipal insurance in Kochi", "399907", "7", "1234", "01", "3999077123401"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, numbers.PersonalInsuredNumber(tt.insurer, tt.symbol, tt.number, tt.branch))
		})
	}
}
