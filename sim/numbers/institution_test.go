package numbers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/numbers"
)

func TestValidInstitutionCode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, code string
		want       bool
	}{
		{"medical", "0110113719", true},
		{"medical, another prefecture", "2714206386", true},
		{"synthetic, medical", "9919990011", true},
		{"synthetic, pharmacy", "9949990015", true},
		{"wrong check digit", "0110113718", false},
		{"seven digits", "0113719", false},
		{"eleven digits", "00110113719", false},
		{"a sign", "01101-3719", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, numbers.ValidInstitutionCode(tt.code))
		})
	}
}
