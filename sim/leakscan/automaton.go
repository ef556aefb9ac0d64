package leakscan

import (
	"cmp"
	"slices"
)

// symbol numbers a folded character that occurs in some item; all others are 0.
type symbol int32

// root is the state in which nothing has begun.
const root = 0

// automaton is that of Aho and Corasick: its state is the longest end of the text so far that begins some pattern.
type automaton struct {
	start  []int32 // the state after a symbol at the root: most of a text is spent there
	nodes  []node
	others map[edge]int32
}

// node is a state. Most have one way on, which stands in the node itself; the others stand in a map.
type node struct {
	way     symbol
	to      int32
	fail    int32 // the state for the next shorter end of the text
	report  int32 // the next state on the way of fail at which a pattern ends, or root
	pattern int32 // that ends here, or none
	more    bool  // there are others
}

type edge struct {
	from int32
	by   symbol
}

const none = -1

// newAutomaton makes the automaton of patterns, no two of which are the same and none of which is empty.
func newAutomaton(patterns [][]symbol, symbols int) *automaton {
	a := &automaton{start: make([]int32, symbols+1), nodes: []node{{pattern: none}}, others: map[edge]int32{}}
	type made struct {
		edge
		state, depth int32
	}
	var all []made
	for i, pattern := range patterns {
		state := int32(root)
		for depth, s := range pattern {
			next := a.child(state, s)
			if next == root {
				next = a.add(state, s)
				all = append(all, made{edge{state, s}, next, int32(depth)})
			}
			state = next
		}
		a.nodes[state].pattern = int32(i)
	}
	// The ends of a text are shorter than it, so that their states have to be ready first.
	slices.SortStableFunc(all, func(x, y made) int { return cmp.Compare(x.depth, y.depth) })
	for _, m := range all {
		if m.depth == 0 {
			continue
		}
		n := &a.nodes[m.state]
		n.fail = a.next(a.nodes[m.from].fail, m.by)
		n.report = n.fail
		if a.nodes[n.fail].pattern == none {
			n.report = a.nodes[n.fail].report
		}
	}
	return a
}

func (a *automaton) add(from int32, by symbol) int32 {
	to := int32(len(a.nodes))
	a.nodes = append(a.nodes, node{pattern: none})
	switch n := &a.nodes[from]; {
	case from == root:
		a.start[by] = to
	case n.to == root:
		n.way, n.to = by, to
	default:
		n.more = true
		a.others[edge{from, by}] = to
	}
	return to
}

// child gives the state below a state, or root.
func (a *automaton) child(from int32, by symbol) int32 {
	if from == root {
		return a.start[by]
	}
	n := &a.nodes[from]
	if n.way == by {
		return n.to
	}
	if n.more {
		return a.others[edge{from, by}]
	}
	return root
}

// next gives the state after a symbol.
func (a *automaton) next(state int32, by symbol) int32 {
	if by == 0 {
		return root
	}
	for {
		if to := a.child(state, by); to != root || state == root {
			return to
		}
		state = a.nodes[state].fail
	}
}
