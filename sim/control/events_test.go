package control_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/backup"
	"onshisim/sim/world"
)

// lived is a plane whose world t1 has seen events of many kinds, and their export.
func lived(t *testing.T) (*plane, string) {
	t.Helper()
	p := newPlane(t)
	w := p.made(t)
	require.NoError(t, w.SetFlags(t.Context(), insurerB, "at-b", both, "2021-04-01", "申出 <DV> & 避難"))
	for target, body := range map[string]string{
		"/worlds/t1/persons/hanako/records": `{"medicines": [{"medicineName": "架空錠"}]}`,
		"/worlds/t1/mode":                   `{"mode": "disaster"}`,
		"/worlds/t1/clock":                  `{"now": "2022-04-01T09:00:00+09:00"}`,
	} {
		require.Equal(t, http.StatusOK, p.send(http.MethodPut, target, body).Code)
	}
	return p, export(t, p, "t1")
}

func export(t *testing.T, p *plane, name string) string {
	t.Helper()
	w := p.send(http.MethodGet, "/worlds/"+name+"/events", "")
	require.Equal(t, http.StatusOK, w.Code)
	require.Equal(t, "application/jsonl", w.Header().Get("Content-Type"))
	return w.Body.String()
}

func post(p *plane, name, events string) (status int, body string) {
	w := p.send(http.MethodPost, "/worlds/"+name+"/events", events, "Content-Type", "application/jsonl")
	return w.Code, w.Body.String()
}

// TestEventsAgain: an imported world is the same to the byte, whatever is asked of it.
func TestEventsAgain(t *testing.T) {
	t.Parallel()
	first, events := lived(t)
	require.True(t, strings.HasSuffix(events, "\n"))
	require.Equal(t, 12, strings.Count(events, "\n"), "a line for each event")
	for _, media := range []string{"application/jsonl", "application/x-ndjson", "text/plain; charset=utf-8", ""} {
		second := newPlane(t)
		w := second.send(http.MethodPost, "/worlds/t1/events", events, "Content-Type", media)
		made := read[worldAnswer](t, w, http.StatusCreated)
		require.Equal(t, read[worldAnswer](t, first.send(http.MethodGet, "/worlds/t1", ""), http.StatusOK), made)
		require.Equal(t, events, export(t, second, "t1"))
		for _, path := range []string{"", "/clock", "/mode", "/persons", "/persons/hanako", "/persons/hanako/disclosure"} {
			require.Equal(t, first.send(http.MethodGet, "/worlds/t1"+path, "").Body.String(),
				second.send(http.MethodGet, "/worlds/t1"+path, "").Body.String(), path)
		}
	}
}

// TestEventsWindows: lines may end as on Windows, and the last may not end at all.
func TestEventsWindows(t *testing.T) {
	t.Parallel()
	p, events := lived(t)
	status, body := post(p, "t2", strings.TrimSpace(strings.ReplaceAll(events, "\n", "\r\n")))
	require.Equal(t, http.StatusCreated, status, body)
	require.Equal(t, events, export(t, p, "t2"))
}

// TestEventsIntoWorld: a world that has anything in it is not written over.
func TestEventsIntoWorld(t *testing.T) {
	t.Parallel()
	p, events := lived(t)
	refused(t, p.send(http.MethodPost, "/worlds/t1/events", events, "Content-Type", "text/plain"), http.StatusConflict, "SIM-WORLD-409")
	read[worldAnswer](t, p.send(http.MethodPut, "/worlds/empty", `{}`), http.StatusCreated)
	status, body := post(p, "empty", events)
	require.Equal(t, http.StatusCreated, status, body)
	require.Equal(t, events, export(t, p, "empty"))
}

// TestEventsBroken: the line is named, and nothing is half made.
func TestEventsBroken(t *testing.T) {
	t.Parallel()
	_, events := lived(t)
	lines := strings.SplitAfter(events, "\n")
	with := func(at int, line string) string {
		changed := append([]string(nil), lines...)
		changed[at-1] = line
		return strings.Join(changed, "")
	}
	for what, c := range map[string]struct{ events, field string }{
		"no JSON":         {with(3, "{\n"), "body.line[3]"},
		"a blank line":    {with(3, "\n"), "body.line[3]"},
		"a missing line":  {with(3, ""), "body.line[3]"},
		"a line twice":    {with(3, lines[1]), "body.line[3]"},
		"an unknown type": {with(3, strings.Replace(lines[2], `"type":"insurerPut"`, `"type":"insurerFled"`, 1)), "body.line[3]"},
		"another version": {with(3, strings.Replace(lines[2], `"version":1`, `"version":9`, 1)), "body.line[3]"},
		"another field":   {with(3, strings.Replace(lines[2], `"token":`, `"taken":`, 1)), "body.line[3]"},
		"two on a line":   {with(2, strings.TrimSpace(lines[1])), "body.line[2]"},
		"no beginning":    {lines[1], "body.line[1]"},
		"an unfit event":  {lines[0] + strings.Replace(lines[8], `"position":9`, `"position":2`, 1), "body.line[2]"},
		"cut off":         {events[:len(events)-9], "body.line[12]"},
		"nothing":         {"\n", "body.line[1]"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			p := newPlane(t)
			refused(t, p.send(http.MethodPost, "/worlds/t1/events", c.events, "Content-Type", "text/plain"),
				http.StatusUnprocessableEntity, "SIM-EVENTS-422", c.field)
			require.Empty(t, names(t, p.worlds))
			status, body := post(p, "t1", events)
			require.Equal(t, http.StatusCreated, status, body)
		})
	}
}

func TestEventsRefuses(t *testing.T) {
	t.Parallel()
	p, events := lived(t)
	for _, media := range []string{"application/json", "application/x-www-form-urlencoded", "jsonl;;"} {
		refused(t, p.send(http.MethodPost, "/worlds/t2/events", events, "Content-Type", media),
			http.StatusUnsupportedMediaType, "SIM-REQ-415")
	}
	refused(t, p.send(http.MethodPost, "/worlds/T2/events", events, "Content-Type", "text/plain"),
		http.StatusUnprocessableEntity, "SIM-REQ-422", "path.world")
	refused(t, p.send(http.MethodPost, "/worlds/t2/events", "", "Content-Type", "text/plain"),
		http.StatusBadRequest, "SIM-REQ-400", "body")
	require.Equal(t, []string{"t1"}, names(t, p.worlds))
}

// TestEventsGoOn: an imported world takes further events where the first left off.
func TestEventsGoOn(t *testing.T) {
	t.Parallel()
	p, events := lived(t)
	status, body := post(p, "t2", events)
	require.Equal(t, http.StatusCreated, status, body)
	read[world.Person](t, p.send(http.MethodPut, "/worlds/t2/persons/taro", `{}`), http.StatusCreated)
	longer := export(t, p, "t2")
	require.True(t, strings.HasPrefix(longer, events))
	require.Contains(t, longer[len(events):], `"position":13,`)
}

// TestEventsClosed: the closing line of an export that sim export made is no event, and has to fit.
func TestEventsClosed(t *testing.T) {
	t.Parallel()
	p, events := lived(t)
	var closed strings.Builder
	require.NoError(t, backup.Write(&closed, backup.Closed(backup.Lines(strings.NewReader(events)))))
	status, body := post(p, "t2", closed.String())
	require.Equal(t, http.StatusCreated, status, body)
	require.Equal(t, events, export(t, p, "t2"))
	changed := strings.Replace(closed.String(), "架空錠", "架空丸", 1)
	refused(t, p.send(http.MethodPost, "/worlds/t3/events", changed, "Content-Type", "text/plain"),
		http.StatusUnprocessableEntity, "SIM-EVENTS-422", "body.line[13]")
	require.Equal(t, []string{"t1", "t2"}, names(t, p.worlds))
}
