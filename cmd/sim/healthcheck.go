package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// healthcheckCommand asks the control plane first, whose listener a flood of the national systems does not reach; and over
// TLS first, since a listener that speaks it would log that it was asked without.
type healthcheckCommand struct {
	URL []string `default:"https://127.0.0.1:8081/healthz,http://127.0.0.1:8081/healthz,https://127.0.0.1:8080/healthz,http://127.0.0.1:8080/healthz" env:"SIM_HEALTH_URL" help:"${healthURL}"`
	trustFlags
}

// Run fails unless a simulator answers that it is well.
func (c *healthcheckCommand) Run(t *terminal) error {
	var failures []error
	for _, address := range c.URL {
		err := c.check(t, address)
		if err == nil {
			_, err = fmt.Fprintln(t.out, "ok")
			return err
		}
		failures = append(failures, err)
	}
	return errors.Join(failures...)
}

func (c *healthcheckCommand) check(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("--url: %w", err)
	}
	client := c.client()
	if c.CAFile.pool == nil { // nothing can come between on this machine, so there a certificate is believed without a CA's word
		client.Transport = trusting(&tls.Config{InsecureSkipVerify: isLoopback(request.URL), MinVersion: tls.VersionTLS12})
	}
	client.Timeout = 2 * time.Second
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, response.Status)
	}
	return nil
}

func isLoopback(target *url.URL) bool {
	ip := net.ParseIP(target.Hostname())
	return target.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}
