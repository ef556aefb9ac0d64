package numbers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"onshisim/sim/numbers"
)

func TestValidInsurerNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, number string
		want         bool
	}{
		{"eight digits", "33120015", true},
		{"six digits of municipal insurance", "138057", true},
		{"employees' insurance", "06139463", true},
		{"elderly insurance", "39131156", true},
		{"wrong check digit", "33120016", false},
		{"wrong check digit of six", "138058", false},
		{"two digits exchanged", "33210015", false},
		{"seven digits", "3312001", false},
		{"nine digits", "033120015", false},
		{"padded as in the terminal's files", "  138057", false},
		{"full-width digits", "１３８０５７", false},
		{"a letter", "3312001A", false},
		{"nothing", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tt.want, numbers.ValidInsurerNumber(tt.number))
		})
	}
}

func TestInsurerNumberCheckDigit(t *testing.T) {
	t.Parallel()
	tests := []struct {
		digits string
		check  byte
		ok     bool
	}{
		{"3312001", '5', true},
		{"13805", '7', true},
		{"0613946", '3', true},
		{"3913115", '6', true},
		{"33120015", 0, false},
		{"331200", 0, false},
		{"331200X", 0, false},
		{"", 0, false},
	}
	for _, tt := range tests {
		check, ok := numbers.InsurerNumberCheckDigit(tt.digits)
		assert.Equal(t, tt.check, check, tt.digits)
		assert.Equal(t, tt.ok, ok, tt.digits)
	}
}

// One check digit of the ten is right, and any one digit mistyped is noticed.
func TestInsurerNumberCheckDigitNoticesOneWrongDigit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{7}|[0-9]{5}`).Draw(t, "digits")
		check, ok := numbers.InsurerNumberCheckDigit(digits)
		assert.True(t, ok)
		number := []byte(digits + string(check))
		assert.True(t, numbers.ValidInsurerNumber(string(number)))

		place := rapid.IntRange(0, len(number)-1).Draw(t, "place")
		number[place] = otherDigit(t, number[place])
		assert.False(t, numbers.ValidInsurerNumber(string(number)), string(number))
	})
}

// otherDigit draws a digit other than the one given.
func otherDigit(t *rapid.T, digit byte) byte {
	return '0' + (digit-'0'+rapid.ByteRange(1, 9).Draw(t, "shift"))%10
}
