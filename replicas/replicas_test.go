package replicas_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog/postgres/postgrestest"
)

const (
	insurers       = 8
	actsEach       = 250
	actsPerMishap  = 60 // so that work goes on between two mishaps
	replicasOfTest = 3
	pauseTime      = 300 * time.Millisecond
)

// TestReplicasNeverAnswerStale: flags are set and lifted through any replica, and the next answer of every other has them,
// while replicas are killed and paused, the database is restarted, and connections are cut.
func TestReplicasNeverAnswerStale(t *testing.T) {
	server := postgrestest.New(t, true)
	database := server.URL("postgres")
	var replicas []*replica
	for range replicasOfTest {
		replicas = append(replicas, newReplica(t, database))
	}
	makeBusyWorld(t, replicas[0])

	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * insurers}}
	t.Cleanup(client.CloseIdleConnections)
	met, progress := &counts{}, make(chan struct{}, insurers*actsEach)
	var working sync.WaitGroup
	for number := range insurers {
		working.Go(func() {
			(&insurer{number: number + 1, replicas: replicas, client: client, counts: met, progress: progress}).run(t, actsEach)
		})
	}
	go func() {
		working.Wait()
		close(progress)
	}()
	mishaps := []struct {
		name  string
		befal func()
	}{
		{"a replica is killed and started again", func() { replicas[2].kill(); replicas[2].start(t) }},
		{"every connection to the database is cut", func() { server.Cut(t) }},
		{"the database is killed and started again", func() { server.Kill(t); server.Start(t) }},
		{"a replica is killed, and the database restarts meanwhile", func() { replicas[2].kill(); server.Kill(t); server.Start(t); replicas[2].start(t) }},
		{"a replica is paused while the world goes on", func() { pause(t, replicas[1]) }},
	}
	befallen := map[string]int{}
	for next := 0; advance(progress, actsPerMishap); next = (next + 1) % len(mishaps) {
		mishaps[next].befal()
		befallen[mishaps[next].name]++
	}
	t.Logf("%d acts acknowledged, %d more found done after no answer, %d answers read after them: %d stale, %d lost, %d neither 200 nor 503; %d of 503, %d connections broken",
		met.acts.Load(), met.foundOutLate.Load(), met.reads.Load(), met.stale.Load(), met.lost.Load(), met.failed.Load(), met.unavailable.Load(), met.broken.Load())
	t.Logf("meanwhile: %v", befallen)
	require.False(t, t.Failed())
	assert.EqualValues(t, insurers*actsEach, met.acts.Load()+met.foundOutLate.Load())
	assert.Len(t, befallen, len(mishaps), "too little time for all mishaps")
	sameEvents(t, replicas)
}

// advance waits for a number of acts; false: all are done.
func advance(progress <-chan struct{}, acts int) bool {
	for range acts {
		if _, more := <-progress; !more {
			return false
		}
	}
	return true
}

// pause stops a replica's process in the middle of whatever it does, while the others go on: it must not go on with what it
// knew.
func pause(t *testing.T, r *replica) {
	t.Helper()
	r.signal(t, syscall.SIGSTOP)
	<-time.After(pauseTime)
	r.signal(t, syscall.SIGCONT)
}

// makeBusyWorld makes a world with a member for each insurer.
func makeBusyWorld(t *testing.T, r *replica) {
	t.Helper()
	var persons bytes.Buffer
	for number := range insurers {
		fmt.Fprintf(&persons, `%s{"id":"p%d","name":"架空　%[2]d","birthdate":"1990-01-01","address":"架空県仮想市見本町%[2]d番地","postNumber":"999-9999",
			"members":[{"personalInsuredNumber":"%[2]d","insurerNumber":"06990014","insuredCardSymbol":"1","insuredIdentificationNumber":"%[2]d"}]}`,
			map[bool]string{true: ","}[number > 0], number+1)
	}
	_, control := r.urls()
	body := fmt.Sprintf(`{"world":{"seed":1,"now":"2021-04-01T09:00:00+09:00","insurers":[{"insurerNumber":"06990014","token":"insurer-token"}],
		"institutions":[{"medicalInstitutionCode":"9919990011","token":"hospital-token"}],"persons":[%s]}}`, persons.Bytes())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, control+"/worlds/busy", bytes.NewReader([]byte(body)))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusCreated, response.StatusCode, string(said))
}

// sameEvents finds the same world in every replica.
func sameEvents(t *testing.T, replicas []*replica) {
	t.Helper()
	var first string
	for n, r := range replicas {
		_, control := r.urls()
		response, err := http.Get(control + "/worlds/busy/events")
		require.NoError(t, err)
		events, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		if n == 0 {
			first = string(events)
		}
		require.Equal(t, first, string(events))
	}
}
