package message_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs/message"
)

func TestShuffledChildrenAreTheSameInAnotherOrder(t *testing.T) {
	root := func() message.Element {
		return message.Group("R", message.Leaf("A", "1"), message.Leaf("B", "1"), message.Leaf("A", "2"),
			message.Group("C", message.Leaf("D", "1"), message.Leaf("E", "1")), message.Leaf("A", "3"))
	}
	orders := map[string]bool{}
	for seed := range uint64(50) {
		shuffled, again := root(), root()
		message.Shuffle(&shuffled, seed)
		message.Shuffle(&again, seed)
		require.Equal(t, shuffled, again, "the same seed, the same order")
		require.NotEqual(t, root(), shuffled)
		require.ElementsMatch(t, []string{"A1", "B1", "A2", "C", "A3"}, names(shuffled))
		require.Equal(t, []string{"A1", "A2", "A3"}, namesOf(shuffled, "A"))
		c, _ := shuffled.Child("C")
		require.Equal(t, []string{"E1", "D1"}, names(*c), "of two there is only one other order")
		orders[fmt.Sprint(names(shuffled))] = true
	}
	assert.Greater(t, len(orders), 10)
}

func TestShufflingLeavesElementsThatShareChildrenAlone(t *testing.T) {
	root := message.Group("R", message.Leaf("A", "1"), message.Leaf("B", "1"))
	shared := root
	message.Shuffle(&root, 1)
	assert.Equal(t, []string{"B1", "A1"}, names(root))
	assert.Equal(t, []string{"A1", "B1"}, names(shared))
}

func names(e message.Element) []string {
	var names []string
	for _, child := range e.Children {
		names = append(names, child.Name+child.Text)
	}
	return names
}

func namesOf(e message.Element, name string) []string {
	var of []string
	for _, child := range e.Children {
		if child.Name == name {
			of = append(of, child.Name+child.Text)
		}
	}
	return of
}
