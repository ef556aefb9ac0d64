package message

// Shuffle puts the children of every element into another order, in which elements of one name keep theirs: real results
// come in the order of a hash table, and readers must go by name. The same seed gives the same order. The children are
// copied, so that other elements that share them keep theirs.
func Shuffle(root *Element, seed uint64) {
	s := shuffler(seed)
	s.shuffle(root)
}

// A shuffler is the state of SplitMix64, a generator of three lines: the same in every release of Go.
type shuffler uint64

func (s *shuffler) below(n int) int {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return int((z ^ z>>31) % uint64(n))
}

func (s *shuffler) shuffle(e *Element) {
	if len(e.Children) == 0 {
		return
	}
	names := s.order(e.Children)
	waiting := map[string][]Element{}
	for _, child := range e.Children {
		waiting[child.Name] = append(waiting[child.Name], child)
	}
	shuffled := make([]Element, len(names))
	for i, name := range names {
		shuffled[i], waiting[name] = waiting[name][0], waiting[name][1:]
		s.shuffle(&shuffled[i])
	}
	e.Children = shuffled
}

// order draws an order of the children's names. Should it be the one that they have, the first goes to the end, which is
// another unless all names are the same.
func (s *shuffler) order(children []Element) []string {
	names := make([]string, len(children))
	for i, child := range children {
		names[i] = child.Name
	}
	for i := len(names) - 1; i > 0; i-- {
		j := s.below(i + 1)
		names[i], names[j] = names[j], names[i]
	}
	for i, child := range children {
		if names[i] != child.Name {
			return names
		}
	}
	return append(names[1:], names[0])
}
