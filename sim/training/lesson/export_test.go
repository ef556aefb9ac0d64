package lesson

// Kept is of how many worlds it is kept how far they are.
func (s *Scenarios) Kept() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.followed)
}
