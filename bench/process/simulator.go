package process

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"onshisim/client"
)

// Simulator is a simulator that serves.
type Simulator struct {
	*Process
	Address string        // host:port of the national systems
	Plane   *client.Plane // its control plane
	Ready   time.Duration // from its start to its first healthy answer

	welcome string
}

// Serve starts a simulator on free ports and waits until it is well.
func Serve(ctx context.Context, program string, args ...string) (*Simulator, error) {
	return ServeIn(ctx, nil, program, args...)
}

// ServeIn starts a simulator with further settings in its environment. It keeps few requests in its journals and takes as many
// events as come.
func ServeIn(ctx context.Context, env []string, program string, args ...string) (*Simulator, error) {
	p, err := Start(ctx, env, program, append([]string{
		"serve", "--listen", "127.0.0.1:0", "--control-listen", "127.0.0.1:0", "--log-format", "json", "--max-events", "1000000000",
	}, args...)...)
	if err != nil {
		return nil, err
	}
	s := &Simulator{Process: p}
	var begun struct{ Listen, ControlListen string }
	err = p.Await(func(_, stderr []byte) bool {
		for line := range bytes.Lines(stderr) {
			if bytes.Contains(line, []byte(`"msg":"started"`)) && bytes.HasSuffix(line, []byte("\n")) {
				return json.Unmarshal(line, &begun) == nil
			}
		}
		return false
	})
	if err == nil {
		s.Address, s.welcome = begun.Listen, string(p.printed("stdout"))
		s.Plane = &client.Plane{URL: "http://" + begun.ControlListen}
		err = s.healthy(ctx)
		s.Ready = p.Age()
	}
	if err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return s, nil
}

func (s *Simulator) healthy(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.Address+"/healthz", http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("healthz: %s", answer.Status)
	}
	return nil
}

// Institution is the token of an institution of the first world, as in the welcome's first request.
func (s *Simulator) Institution() (token string, err error) {
	for line := range strings.Lines(s.welcome) {
		if _, rest, found := strings.Cut(line, "Authorization: Bearer "); found && strings.Contains(line, "/terminal/") {
			token, _, _ = strings.Cut(rest, "'")
			return token, nil
		}
	}
	return "", fmt.Errorf("the welcome shows no request to a terminal:\n%s", s.welcome)
}
