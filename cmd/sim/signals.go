package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// errTerminated is why a process ends that another program asked for it, as a container engine does.
var errTerminated = errors.New("terminated")

// signalled is done when the process is asked to end; a second signal ends it at once.
func signalled() context.Context {
	ctx, end := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		asked := <-signals
		signal.Stop(signals)
		if asked == syscall.SIGTERM {
			end(errTerminated)
		}
		end(nil)
	}()
	return ctx
}

// drainTime is how long a replica that is to end still takes requests, so that whoever spreads them over all replicas has
// seen at /readyz that it leaves. With the 8 s that running requests have then, it is less than the 10 s after which container
// engines kill.
const drainTime = time.Second

// drained is done when ctx is: after drainTime if another program asked for the end, at once if the user at the keyboard did.
func drained(ctx context.Context) context.Context {
	later, end := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		if errors.Is(context.Cause(ctx), errTerminated) {
			time.Sleep(drainTime)
		}
		end()
	})
	return later
}
