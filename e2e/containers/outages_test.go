package containers_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// withoutIntermediateServer: the other systems go on with the flags as they were set; only the insurers' own work waits.
func (n *nation) withoutIntermediateServer(t *testing.T) {
	p := n.world(t)
	p.hide(t, true)
	docker(t, "kill", n.container(t, "intermediate"))
	_, err := p.setFlag(t.Context(), false)
	require.Error(t, err, "somebody answers in its place")
	for _, terminal := range n.terminals {
		p.checked(t, terminal, true)
	}
	ask(t, http.MethodPost, n.mynaportal+p.prefix+"/mynaportal/sessions", "", `{"cardSerial":"card-ichiro-1","pin":"1101"}`, http.StatusCreated)
	ask(t, http.MethodPut, p.plane("/clock"), controlToken, `{"now":"2021-05-06T09:00:00+09:00"}`, http.StatusOK)

	docker(t, "start", n.container(t, "intermediate"))
	ready(t, n.intermediate)
	p.hide(t, false)
	for _, terminal := range n.terminals {
		p.checked(t, terminal, false)
	}
}

// withoutATerminal: the other one answers for both, and the killed one knows after its start what was set meanwhile.
func (n *nation) withoutATerminal(t *testing.T) {
	p := n.world(t)
	docker(t, "kill", n.container(t, "terminal-1"))
	eventually(t, func(context.Context) error { return n.balancer.replicas[0].says(false) })
	p.hide(t, true)
	for range 10 {
		p.checked(t, n.terminal, true)
	}
	docker(t, "start", n.container(t, "terminal-1"))
	ready(t, n.terminals[0])
	p.checked(t, n.terminals[0], true)
}

// failureOpensTheDisasterScreens, which are closed otherwise (P5-5).
func (n *nation) failureOpensTheDisasterScreens(t *testing.T) {
	p := n.world(t)
	mode := func(mode string) {
		ask(t, http.MethodPut, p.plane("/mode"), controlToken, mode, http.StatusOK)
	}
	search := func(status int) answer {
		return ask(t, http.MethodPost, n.disaster+p.prefix+"/disaster/searches", hospital,
			`{"name":"標準　一郎","birthdate":"1980-05-15","address":"架空県仮想市標準町一丁目1番1号"}`, status)
	}
	assert.Contains(t, search(http.StatusForbidden).body, "SIM-DIS-CLOSED")
	mode(`{"mode":"failure","systems":["intermediate","terminal"]}`)
	for _, terminal := range n.terminals {
		a, err := p.check(t.Context(), terminal)
		unavailable(t, a, err)
	}
	a, err := p.setFlag(t.Context(), true)
	unavailable(t, a, err)
	assert.Len(t, search(http.StatusOK).field(t, "candidates"), 1)
	mode(`{"mode":"normal"}`)
	search(http.StatusForbidden)
	p.checked(t, n.terminals[0], false)
}

// cutOff: a terminal that can't see what was set meanwhile says so, and never what it knew before.
func (n *nation) cutOff(t *testing.T) {
	p := n.world(t)
	p.checked(t, n.terminals[0], false)
	network, terminal := n.project+"_database", n.container(t, "terminal-1")
	docker(t, "network", "disconnect", network, terminal)
	eventually(t, func(context.Context) error { return n.balancer.replicas[0].says(false) })
	p.hide(t, true)
	for range 3 {
		a, err := p.check(t.Context(), n.terminals[0])
		unavailable(t, a, err)
	}
	a, err := send(t.Context(), http.MethodGet, n.terminals[0]+"/readyz", "", "")
	unavailable(t, a, err)
	ask(t, http.MethodGet, n.terminals[0]+"/healthz", "", "", http.StatusOK)
	for range 10 {
		p.checked(t, n.terminal, true)
	}
	docker(t, "network", "connect", network, terminal)
	ready(t, n.terminals[0])
	p.checked(t, n.terminals[0], true)
}

// databaseHangs: everybody says to come back later, soon enough for a client that waits, and goes on as before afterwards.
func (n *nation) databaseHangs(t *testing.T) {
	p := n.world(t)
	p.hide(t, true)
	docker(t, "pause", n.container(t, "postgres"))
	begun := time.Now()
	var asking sync.WaitGroup
	for _, asked := range []func() (answer, error){
		func() (answer, error) { return p.check(t.Context(), n.terminals[0]) },
		func() (answer, error) { return p.check(t.Context(), n.terminals[1]) },
		func() (answer, error) { return p.setFlag(t.Context(), false) },
		func() (answer, error) { return send(t.Context(), http.MethodGet, p.plane("/clock"), controlToken, "") },
		func() (answer, error) {
			return send(t.Context(), http.MethodPost, n.mynaportal+p.prefix+"/mynaportal/sessions", "", `{"cardSerial":"card-ichiro-1","pin":"1101"}`)
		},
	} {
		asking.Go(func() {
			a, err := asked()
			if assert.NoError(t, err) {
				assert.Equal(t, http.StatusServiceUnavailable, a.status, a.body)
				assert.NotEmpty(t, a.header.Get("Retry-After"))
			}
		})
	}
	asking.Wait()
	t.Logf("all had an answer in %s", time.Since(begun))
	docker(t, "unpause", n.container(t, "postgres"))
	for _, url := range n.urls {
		ready(t, url)
	}
	p.checked(t, n.terminal, true)
	p.hide(t, false)
	p.checked(t, n.terminal, false)
}

// databaseIsKilled, and recovers when it is started again: for a moment some requests have to be sent again, none is answered wrongly.
func (n *nation) databaseIsKilled(t *testing.T) {
	p := n.world(t)
	p.hide(t, true)
	load := p.load(t)
	docker(t, "kill", n.container(t, "postgres"))
	docker(t, "start", n.container(t, "postgres"))
	for _, url := range n.urls {
		ready(t, url)
	}
	answers := load.end()
	t.Logf("%v", answers)
	assert.Empty(t, answers.without(hidden, later))
	p.checked(t, n.terminal, true)
}
