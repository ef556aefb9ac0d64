package console_test

import (
	"net/http"
	"testing"

	"onshisim/sim/world"
)

// BenchmarkClass reads the page of a class of 40 worlds in each of which 300 requests were answered.
func BenchmarkClass(b *testing.B) {
	s := newSchool(b)
	s.post("/console/classes", class("spring", "40"))
	names, err := s.worlds.Names(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	worlds := make([]*world.World, len(names))
	for i, name := range names {
		if worlds[i], err = s.worlds.World(b.Context(), name); err != nil {
			b.Fatal(err)
		}
		for range 100 {
			s.flag(worlds[i], "kaori")
			s.search(worlds[i])
			s.search(worlds[i])
		}
	}
	s.page("/console/class")
	b.Run("nothing new", func(b *testing.B) {
		for b.Loop() {
			s.page("/console/class")
		}
	})
	b.Run("one request", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s.search(worlds[i%len(worlds)])
			s.page("/console/class")
		}
	})
}

// search asks for the members of an insurer of the world.
func (s *school) search(w *world.World) {
	s.Helper()
	insurer := w.Outline().Insurers[0]
	s.call(w.Name(), http.MethodGet, "/intermediate/members", insurer.Token, "")
}

// BenchmarkOverview reads the first page of a world that has answered 1,000 requests.
func BenchmarkOverview(b *testing.B) {
	s := newSchool(b)
	w := s.trainee("a")
	for range 1000 {
		s.flag(w, "kaori")
	}
	for b.Loop() {
		s.page("/console/worlds/a")
	}
}
