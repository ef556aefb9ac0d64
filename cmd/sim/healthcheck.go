package main

import (
	"fmt"
	"net/http"
	"time"
)

type healthcheckCommand struct {
	URL string `default:"http://127.0.0.1:8080/healthz" env:"SIM_HEALTH_URL" help:"${healthURL}"`
}

// Run fails unless the simulator answers that it is well.
func (c *healthcheckCommand) Run(t *terminal) error {
	request, err := http.NewRequestWithContext(t, http.MethodGet, c.URL, nil)
	if err != nil {
		return fmt.Errorf("--url: %w", err)
	}
	response, err := (&http.Client{Timeout: 3 * time.Second}).Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", c.URL, response.Status)
	}
	_, err = fmt.Fprintln(t.out, "ok")
	return err
}
