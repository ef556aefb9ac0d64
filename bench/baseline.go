package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"onshisim/bench/process"
	"onshisim/bench/work"
)

type baselineCommand struct {
	Recorded string `arg:"" help:"What the simulator answered."`
}

// Run serves the baseline until it is asked to end, on a free port that it prints.
func (c *baselineCommand) Run(ctx context.Context) error {
	text, err := os.ReadFile(c.Recorded)
	if err != nil {
		return err
	}
	var recorded []work.Call
	if err := json.Unmarshal(text, &recorded); err != nil {
		return err
	}
	handler, err := work.Baseline(recorded)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	fmt.Println(listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// serveBaseline starts a baseline, a process of its own, that answers as was recorded.
func serveBaseline(ctx context.Context, recorded map[string][]work.Call) (p *process.Process, address string, err error) {
	folder, remove, err := scratch()
	if err != nil {
		return nil, "", err
	}
	defer remove()
	var all []work.Call
	for _, calls := range recorded {
		all = append(all, calls...)
	}
	text, err := json.Marshal(all)
	if err != nil {
		return nil, "", err
	}
	file := filepath.Join(folder, "recorded.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, "", err
	}
	own, err := os.Executable()
	if err != nil {
		return nil, "", err
	}
	return servePrinting(ctx, own, "baseline", file)
}

// servePrinting starts a server that prints its address first.
func servePrinting(ctx context.Context, program string, args ...string) (p *process.Process, address string, err error) {
	if p, err = process.Start(ctx, nil, program, args...); err != nil {
		return nil, "", err
	}
	err = p.Await(func(stdout, _ []byte) bool {
		line, _, whole := strings.Cut(string(stdout), "\n")
		address = line
		return whole
	})
	if err != nil {
		return nil, "", errors.Join(err, p.Stop())
	}
	return p, address, nil
}
