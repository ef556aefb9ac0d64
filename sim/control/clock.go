package control

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

func (h *handler) mountClock(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "get-clock", Method: http.MethodGet, Path: "/worlds/{world}/clock", Summary: "The world's clock",
	}, h.getClock)
	web.Register(g, huma.Operation{
		OperationID: "set-clock", Method: http.MethodPut, Path: "/worlds/{world}/clock",
		Summary: "Set the clock; from then on it moves by command only",
	}, h.setClock)
	web.Register(g, huma.Operation{
		OperationID: "advance-clock", Method: http.MethodPost, Path: "/worlds/{world}/clock/advance",
		Summary: "Move the clock on; from then on it moves by command only",
	}, h.advanceClock)
}

type clockOutput struct {
	Body clockAnswer
}

type clockAnswer struct {
	Now     string `json:"now" format:"date-time"`
	Running bool   `json:"running" doc:"whether it shows real time, as it does until it is set"`
}

func clockOf(w *world.World) *clockOutput {
	return &clockOutput{clockAnswer{world.Instant(w.Now()), !w.ClockIsSet()}}
}

func (h *handler) getClock(ctx context.Context, in *WorldPath) (*clockOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	return clockOf(w), nil
}

type setClockInput struct {
	WorldPath
	Body struct {
		Now time.Time `json:"now"`
	}
}

func (h *handler) setClock(ctx context.Context, in *setClockInput) (*clockOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	if err := w.SetClock(ctx, in.Body.Now); err != nil {
		return nil, err
	}
	return clockOf(w), nil
}

type advanceClockInput struct {
	WorldPath
	Body struct {
		Duration string `json:"duration" doc:"whole seconds in all" example:"1d12h"`
	}
}

func (h *handler) advanceClock(ctx context.Context, in *advanceClockInput) (*clockOutput, error) {
	w, err := h.Worlds.World(ctx, in.World)
	if err != nil {
		return nil, err
	}
	by, err := parseDuration(in.Body.Duration)
	if err != nil {
		return nil, problem.BadField("body.duration", "%s", err)
	}
	if err := w.AdvanceClock(ctx, by); err != nil {
		return nil, err
	}
	return clockOf(w), nil
}

var (
	errDuration = errors.New(`must be a duration as in "90s", "30m", "36h", "1d" or "1d12h", at most "65700d"`)
	errFraction = errors.New("must be whole seconds: the clock shows no fractions")
)

const (
	day      = 24 * time.Hour
	mostDays = 65700 // 180 years; far beyond it a time.Duration would overflow
)

// parseDuration reads Go's durations, with days of 24 hours before them.
func parseDuration(text string) (time.Duration, error) {
	var whole time.Duration
	rest := text
	if before, after, found := strings.Cut(text, "d"); found {
		days, err := strconv.ParseUint(before, 10, 32)
		if err != nil || days > mostDays {
			return 0, errDuration
		}
		whole = time.Duration(days) * day
		rest = after
		if rest == "" {
			return whole, nil
		}
	}
	part, err := time.ParseDuration(rest)
	if err != nil || part < 0 || part > mostDays*day-whole {
		return 0, errDuration
	}
	if part%time.Second != 0 {
		return 0, errFraction
	}
	return whole + part, nil
}
