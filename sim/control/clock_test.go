package control_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

func TestClock(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	read[worldAnswer](t, p.send(http.MethodPut, "/worlds/t1", `{}`), http.StatusCreated)
	require.Equal(t, clockAnswer{"2026-01-02T12:04:05+09:00", true},
		read[clockAnswer](t, p.send(http.MethodGet, "/worlds/t1/clock", ""), http.StatusOK))
	require.Equal(t, clockAnswer{"2021-04-01T09:00:00+09:00", false},
		read[clockAnswer](t, p.send(http.MethodPut, "/worlds/t1/clock", `{"now": "2021-04-01T00:00:00Z"}`), http.StatusOK))
	for _, c := range []struct{ duration, now string }{
		{"30m", "2021-04-01T09:30:00+09:00"},
		{"36h", "2021-04-02T21:30:00+09:00"},
		{"1d", "2021-04-03T21:30:00+09:00"},
		{"1d12h", "2021-04-05T09:30:00+09:00"},
		{"0d1s", "2021-04-05T09:30:01+09:00"},
		{"365d", "2022-04-05T09:30:01+09:00"},
	} {
		advanced := p.send(http.MethodPost, "/worlds/t1/clock/advance", `{"duration": "`+c.duration+`"}`)
		require.Equal(t, clockAnswer{c.now, false}, read[clockAnswer](t, advanced, http.StatusOK), c.duration)
	}
	require.Equal(t, "2022-04-05T09:30:01+09:00", read[clockAnswer](t, p.send(http.MethodGet, "/worlds/t1/clock", ""), http.StatusOK).Now)
}

func TestClockRefuses(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for _, duration := range []string{
		"", "1", "d", "1w", "1d1d", "12h1d", "1.5d", "-1d", "-1h", "1d-1h", "0d", "0s", "500ms", "1d0.5s",
		"65701d", "99999999999999999999d", "9999999h", "65700d1576800h", "65700d1s",
	} {
		refused(t, p.send(http.MethodPost, "/worlds/t1/clock/advance", `{"duration": "`+duration+`"}`),
			http.StatusUnprocessableEntity, "SIM-REQ-422", "body.duration")
	}
	for _, now := range []string{`""`, `"2021-04-01"`, `"2021-02-29T09:00:00+09:00"`, `"1021-04-01T09:00:00+09:00"`, `0`, `null`} {
		refused(t, p.send(http.MethodPut, "/worlds/t1/clock", `{"now": `+now+`}`),
			http.StatusUnprocessableEntity, "SIM-REQ-422", "body.now")
	}
	refused(t, p.send(http.MethodPut, "/worlds/t1/clock", `{}`), http.StatusUnprocessableEntity, "SIM-REQ-422", "body.now")
	require.Equal(t, clockAnswer{"2021-04-01T09:00:00+09:00", false},
		read[clockAnswer](t, p.send(http.MethodGet, "/worlds/t1/clock", ""), http.StatusOK))
}

func TestMode(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	normal := world.Mode{Mode: "normal", Areas: []string{}, Institutions: []string{}, Systems: []string{}}
	require.Equal(t, normal, read[world.Mode](t, p.send(http.MethodGet, "/worlds/t1/mode", ""), http.StatusOK))
	for body, mode := range map[string]world.Mode{
		`{"mode": "disaster", "areas": ["架空県避難町"]}`: {Mode: "disaster", Areas: []string{"架空県避難町"}, Institutions: []string{}, Systems: []string{}},
		`{"mode": "failure", "institutions": ["9919990011"], "systems": ["terminal"]}`: {
			Mode: "failure", Areas: []string{}, Institutions: []string{"9919990011"}, Systems: []string{"terminal"},
		},
		`{"mode": "normal"}`: normal,
	} {
		require.Equal(t, mode, read[world.Mode](t, p.send(http.MethodPut, "/worlds/t1/mode", body), http.StatusOK))
		require.Equal(t, mode, read[world.Mode](t, p.send(http.MethodGet, "/worlds/t1/mode", ""), http.StatusOK))
	}
	for body, field := range map[string]string{
		`{}`:                                 "body.mode",
		`{"mode": "war"}`:                    "body.mode",
		`{"mode": "normal", "x": 1}`:         "body.x",
		`{"mode": "normal", "areas": ["a"]}`: "body.areas",
		`{"mode": "disaster", "systems": ["terminal"]}`:       "body.systems",
		`{"mode": "failure", "systems": ["portal"]}`:          "body.systems[0]",
		`{"mode": "failure", "institutions": ["9900000000"]}`: "body.institutions",
	} {
		refused(t, p.send(http.MethodPut, "/worlds/t1/mode", body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
}
