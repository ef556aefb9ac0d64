package simtest

import (
	"time"

	"onshisim/client"
	"onshisim/sim/world"
)

// Option is a choice about a simulator. Every WorldOption is one too: it is about the simulator's first world.
type Option interface{ choose(s *settings) }

// WorldOption is a choice about a world.
type WorldOption func(from *client.Source)

func (o WorldOption) choose(s *settings) { o(&s.first) }

type simulatorOption func(s *settings)

func (o simulatorOption) choose(s *settings) { o(s) }

// settings are all choices about a simulator.
type settings struct {
	first  client.Source
	limits world.Limits
	image  string
}

func settingsOf(options []Option) settings {
	var s settings
	for _, option := range options {
		option.choose(&s)
	}
	return s
}

// Scenario takes the world of a named scenario, as in "qa/qa-3"; without it and Document the world is that of "base".
func Scenario(name string) WorldOption {
	return func(from *client.Source) { from.Scenario, from.World = name, nil }
}

// Document makes the world of a document; what it leaves out is filled in as in a scenario. If it sets no clock, that
// stands at 2021-04-01 09:00.
func Document(document world.Document) WorldOption {
	return func(from *client.Source) { from.Scenario, from.World = "", &document }
}

// Clock sets the world's clock, whatever its scenario or document say of it.
func Clock(now time.Time) WorldOption {
	return func(from *client.Source) { from.Now = &now }
}

// Limits bound what the simulator holds, as to see what a program does when it is refused.
func Limits(limits world.Limits) Option {
	return simulatorOption(func(s *settings) { s.limits = limits })
}

// Image is the image to run instead of "onshisim"; for Container and StartContainer.
func Image(name string) Option {
	return simulatorOption(func(s *settings) { s.image = name })
}
