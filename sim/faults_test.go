package sim_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	api "onshisim/client"
	"onshisim/sim/eventlog"
	"onshisim/sim/journal"
	"onshisim/sim/world"
)

// connected is the world t with town in it, on a connection of its own, as faults need one.
type connected struct {
	*testing.T
	*api.World

	public string // base URL of the world's systems
	http   *http.Client
}

func overTCP(t *testing.T) *connected {
	t.Helper()
	handlers := simulator(t, eventlog.NewMemory(), world.Limits{})
	public, control := httptest.NewServer(handlers.Public), httptest.NewServer(handlers.Control)
	t.Cleanup(public.Close)
	t.Cleanup(control.Close)
	plane := &api.Plane{URL: control.URL, HTTP: control.Client()}
	var given struct{ World *world.Document }
	require.NoError(t, json.Unmarshal([]byte(town), &given))
	c := &connected{t, plane.World("t"), public.URL + "/w/t", public.Client()}
	_, err := c.Create(t.Context(), api.Source{World: given.World})
	require.NoError(t, err)
	return c
}

func (c *connected) fault(f world.Fault) {
	c.Helper()
	_, err := c.ScriptFault(c.Context(), f)
	require.NoError(c, err)
}

const checkOfB = `{` + certificateB + `, "birthdate": "1990-02-03"}`

// check checks kaede's certificate.
func (c *connected) check(ctx context.Context) (*http.Response, []byte, error) {
	c.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.public+"/terminal/certificate-checks", strings.NewReader(checkOfB))
	require.NoError(c, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer H")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	body, err := io.ReadAll(response.Body)
	return response, body, errors.Join(err, response.Body.Close())
}

func TestAFaultAnswersInPlaceOfTheSystem(t *testing.T) {
	t.Parallel()
	c := overTCP(t)
	_, right, err := c.check(t.Context())
	require.NoError(t, err)

	t.Run("a status", func(t *testing.T) {
		c.fault(world.Fault{System: "terminal", Operation: "check-certificate", Status: 503, Count: 1})
		response, body, err := c.check(t.Context())
		require.NoError(t, err)
		assert.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
		assert.Equal(t, "application/problem+json", response.Header.Get("Content-Type"))
		assert.Equal(t, "1", response.Header.Get("Retry-After"))
		assert.Contains(t, string(body), "SIM-FAULT")
	})
	t.Run("a dropped connection", func(t *testing.T) {
		c.fault(world.Fault{System: "terminal", DropConnection: true, Count: 1})
		_, _, err := c.check(t.Context())
		require.ErrorIs(t, err, io.EOF)
	})
	t.Run("garbage", func(t *testing.T) {
		c.fault(world.Fault{System: "terminal", Garbage: true, Count: 1})
		response, body, err := c.check(t.Context())
		require.NoError(t, err)
		assert.Equal(t, http.StatusOK, response.StatusCode)
		assert.False(t, json.Valid(body))
		assert.False(t, utf8.Valid(body))
	})
	t.Run("late", func(t *testing.T) {
		c.fault(world.Fault{System: "terminal", Delay: "10m", Count: 1})
		ctx, giveUp := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			_, _, err := c.check(ctx)
			ended <- err
		}()
		for seen := uint64(0); seen == 0; { // until the fault holds the request
			faults, err := c.Faults(t.Context())
			require.NoError(t, err)
			seen = faults[len(faults)-1].Struck
		}
		giveUp()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
	t.Run("a slow body is the right one", func(t *testing.T) {
		c.fault(world.Fault{System: "terminal", Delay: "1ms", SlowBody: "10ms", Count: 1})
		response, body, err := c.check(t.Context())
		require.NoError(t, err)
		assert.Equal(t, http.StatusOK, response.StatusCode)
		assert.Equal(t, string(right), string(body))
	})
	t.Run("afterwards all is as before", func(t *testing.T) {
		_, body, err := c.check(t.Context())
		require.NoError(t, err)
		assert.Equal(t, string(right), string(body))
	})
	page, err := c.Journal(t.Context(), journal.Query{}, 0)
	require.NoError(t, err)
	struck := map[string]int{}
	for _, r := range page.Entries {
		if r.Fault != "" {
			struck[r.Fault] = r.Status
		}
	}
	require.Equal(t, map[string]int{"fault-1": 503, "fault-2": 0, "fault-3": 200, "fault-4": 0, "fault-5": 200}, struck, "the journal tells which fault struck")
}

// An answer that is lost on its way back: the request was carried out all the same.
func TestALostAnswerIsOfARequestThatWasCarriedOut(t *testing.T) {
	t.Parallel()
	for _, carriedOut := range []bool{false, true} {
		c := overTCP(t)
		c.fault(world.Fault{System: "jpki", Operation: "suspend-card", DropConnection: true, CarriedOut: carriedOut})
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.public+"/jpki/cards/card/suspension", http.NoBody)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer O")
		_, err = c.http.Do(request)
		require.Error(t, err)
		kaede, err := c.Person(t.Context(), "kaede")
		require.NoError(t, err)
		want := map[bool]string{false: "valid", true: "suspended"}[carriedOut]
		require.Equal(t, want, kaede.Cards[0].Status)
	}
}

// A client that gives up on a late answer does not undo what it asked for.
func TestALateAnswerIsOfARequestThatWasCarriedOut(t *testing.T) {
	t.Parallel()
	c := overTCP(t)
	c.fault(world.Fault{System: "jpki", Delay: "10m", DropConnection: true, CarriedOut: true})
	ctx, giveUp := context.WithCancel(t.Context())
	defer giveUp()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.public+"/jpki/cards/card/suspension", http.NoBody)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer O")
	ended := make(chan error, 1)
	go func() {
		_, err := c.http.Do(request)
		ended <- err
	}()
	suspended := func() bool {
		kaede, err := c.Person(t.Context(), "kaede")
		require.NoError(t, err)
		return kaede.Cards[0].Status == "suspended"
	}
	require.Eventually(t, suspended, 10*time.Second, time.Millisecond)
	giveUp()
	require.ErrorIs(t, <-ended, context.Canceled)
	var entries []journal.Record
	require.Eventually(t, func() bool {
		page, err := c.Journal(t.Context(), journal.Query{}, 0)
		require.NoError(t, err)
		entries = page.Entries
		return len(entries) > 0
	}, 10*time.Second, time.Millisecond)
	require.Equal(t, []any{"cardOffice", 0, nil}, []any{entries[0].Actor.Role, entries[0].Status, entries[0].Answer}, "no answer was sent")
}

// A request that a fault kept until its world was deleted finds no world any more.
func TestADeletedWorldAnswersNothingLate(t *testing.T) {
	t.Parallel()
	c := overTCP(t)
	c.fault(world.Fault{System: "terminal", Delay: "300ms"})
	answered := make(chan int, 1)
	go func() {
		response, _, err := c.check(t.Context())
		if err != nil {
			answered <- 0
			return
		}
		answered <- response.StatusCode
	}()
	for struck := uint64(0); struck == 0; {
		faults, err := c.Faults(t.Context())
		require.NoError(t, err)
		struck = faults[0].Struck
	}
	require.NoError(t, c.Delete(t.Context()))
	require.Equal(t, http.StatusNotFound, <-answered)
}

// The same script meets the same requests with the same bytes, in whichever world.
func TestAScriptIsRepeatable(t *testing.T) {
	t.Parallel()
	play := func() (seen []string) {
		c := overTCP(t)
		c.fault(world.Fault{System: "terminal", Garbage: true, Probability: 0.5, Seed: 3})
		for range 20 {
			_, body, err := c.check(t.Context())
			require.NoError(t, err)
			seen = append(seen, string(body))
		}
		return seen
	}
	first := play()
	require.Equal(t, first, play())
	require.Greater(t, len(distinct(first)), 2)
}

func distinct(texts []string) map[string]bool {
	set := map[string]bool{}
	for _, text := range texts {
		set[text] = true
	}
	return set
}

// While the terminals are down, the disaster screens are open (P5-5).
func TestAFailureOpensTheDisasterScreens(t *testing.T) {
	t.Parallel()
	c := overTCP(t)
	_, err := c.SetMode(t.Context(), world.Mode{Mode: world.ModeFailure, Systems: []string{"terminal"}})
	require.NoError(t, err)
	response, _, err := c.check(t.Context())
	require.NoError(t, err)
	require.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.public+"/disaster/searches",
		strings.NewReader(`{"name": "見本　楓", "birthdate": "1990-02-03", "insurerName": "乙市"}`))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer H")
	found, err := c.http.Do(request)
	require.NoError(t, err)
	defer found.Body.Close()
	body, err := io.ReadAll(found.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), `"candidateId"`)
}

// A flood in one world, even of requests that never end, leaves the others to go on.
func TestAFloodInOneWorldDoesNotStopAnother(t *testing.T) {
	t.Parallel()
	handlers := simulator(t, eventlog.NewMemory(), world.Limits{Requests: 8})
	public, control := httptest.NewServer(handlers.Public), httptest.NewServer(handlers.Control)
	defer control.Close()
	defer public.Close()
	plane := &api.Plane{URL: control.URL, HTTP: control.Client()}
	for _, name := range []string{"flooded", "quiet"} {
		_, err := plane.World(name).Create(t.Context(), api.Source{Scenario: "base"})
		require.NoError(t, err)
	}
	_, err := plane.World("flooded").ScriptFault(t.Context(), world.Fault{System: "terminal", Delay: "10m"})
	require.NoError(t, err)
	ask := func(ctx context.Context, name string) int {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, public.URL+"/w/"+name+"/terminal/certificate-checks",
			strings.NewReader(`{"insurerNumber":"06990014","insuredCardSymbol":"1001","insuredIdentificationNumber":"10001","birthdate":"1980-05-15"}`))
		require.NoError(t, err)
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Authorization", "Bearer hospital-token")
		response, err := public.Client().Do(request)
		if err != nil {
			return 0
		}
		response.Body.Close()
		return response.StatusCode
	}
	flood, end := context.WithCancel(t.Context())
	answers := make(chan int, 64)
	for range cap(answers) {
		go func() { answers <- ask(flood, "flooded") }()
	}
	for range cap(answers) - 8 {
		require.Equal(t, http.StatusServiceUnavailable, <-answers, "beyond the bound requests are refused at once")
	}
	for range 20 {
		require.Equal(t, http.StatusOK, ask(t.Context(), "quiet"))
	}
	end()
	for range 8 {
		require.Zero(t, <-answers)
	}
	require.NoError(t, plane.World("flooded").ClearFaults(t.Context()))
	require.Eventually(t, func() bool { return ask(t.Context(), "flooded") == http.StatusOK }, 10*time.Second, time.Millisecond)
}
