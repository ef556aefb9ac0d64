package load

import (
	"encoding/json"
	"time"

	"onshisim/sim/population"
)

// Progress is how far a day is.
type Progress struct {
	Time   time.Duration // since midnight, of the day that is played
	Share  float64       // of the day, 0 to 1
	Sent   int           // requests that have ended
	Wrong  int           // wrong answers
	Errors int           // requests refused for no reason of the rules, or not answered
}

// Report is what came of a day.
type Report struct {
	World       string          `json:"world"`
	Mutant      string          `json:"mutant"` // the wrong policy that the world answers by, and so has to be found out; empty: none
	Population  population.Spec `json:"population"`
	Scale       float64         `json:"scale"`
	Seed        uint64          `json:"seed"`
	Connections int             `json:"connections"`
	At          string          `json:"at"`
	TookSeconds float64         `json:"tookSeconds"`
	Ended       string          `json:"ended"` // time of the day that was reached
	Whole       bool            `json:"whole"` // the day was not broken off

	Institutions int    `json:"institutions"` // that took part
	Area         string `json:"area"`         // of the disaster
	Disaster     string `json:"disaster"`     // why it was not played, or the mode not set back; empty: all went well

	Sent    int `json:"sent"`
	Wrong   int `json:"wrong"`
	Errors  int `json:"errors"`
	LeftOut int `json:"leftOut"` // visits that were not made: too late, or nobody was found for them

	Kinds          []Kind      `json:"kinds"` // of requests; the last row is all of them
	ErrorKinds     []ErrorKind `json:"errorKinds"`
	WrongAnswers   []Wrong     `json:"wrongAnswers"`   // the first 1,000
	ChangedPersons []string    `json:"changedPersons"` // whose documents the control plane told otherwise than computed, and who were judged by that
}

// Kind is one kind of requests, with times in milliseconds from when the request was due.
type Kind struct {
	Kind      string  `json:"kind"`
	Sent      int     `json:"sent"`
	PerSecond float64 `json:"perSecond"`
	Wrong     int     `json:"wrong"`
	Errors    int     `json:"errors"`
	P50       float64 `json:"p50"`
	P90       float64 `json:"p90"`
	P99       float64 `json:"p99"`
	P999      float64 `json:"p999"`
	Max       float64 `json:"max"`
	Histogram string  `json:"histogram"` // HdrHistogram of microseconds, V2, compressed, in base64
}

// ErrorKind is one way in which requests of one kind got no answer that could be judged.
type ErrorKind struct {
	Kind  string `json:"kind"`
	Code  string `json:"code"` // HTTP status and the problem's code, "timeout" or "connection broken"
	Count int    `json:"count"`
}

// Wrong is a wrong answer in full. All of it is invented, addresses too.
type Wrong struct {
	Kind     string   `json:"kind"`
	Persons  []string `json:"persons"`
	Rules    []string `json:"rules"` // by which the expected answer is so
	At       string   `json:"at"`
	Unsure   string   `json:"unsure,omitempty"` // why it may be right after all
	Request  Request  `json:"request"`
	Answer   Answer   `json:"answer"`
	Expected expected `json:"expected"`
}

// Request is what was asked.
type Request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Body   any    `json:"body"`
}

// Answer is what was answered.
type Answer struct {
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body"`
}
