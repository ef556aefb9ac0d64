package message_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/terminal/oqs/message"
)

func TestAnAbsentValueLeavesItsElementOut(t *testing.T) {
	group := message.Group("Body",
		message.Leaf("A", ""),
		message.Optional("B", message.Leaf("C", "")),
		message.Optional("D", message.Leaf("E", "1")),
		message.Group("F"))
	assert.Equal(t, "<Body><D><E>1</E></D><F/></Body>", body(group, message.UTF8))
}

func TestTheFirstChildOfANameIsFound(t *testing.T) {
	group := message.Group("Body", message.Leaf("A", "1"), message.Leaf("B", "2"), message.Leaf("B", "3"))
	child, ok := group.Child("B")
	assert.True(t, ok)
	assert.Equal(t, "2", child.Text)
	_, ok = group.Child("C")
	assert.False(t, ok)
}

func TestEncodings(t *testing.T) {
	for encoding, want := range map[message.Encoding][3]string{
		message.UTF8:     {"UTF-8", "0", "Shift_JIS"},
		message.ShiftJIS: {"Shift_JIS", "1", "UTF-8"},
	} {
		assert.Equal(t, want, [3]string{encoding.String(), encoding.Identifier(), encoding.Other().String()})
	}
}
