package simtest_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"onshisim/simtest"
)

var (
	_ simtest.TB = testing.TB(nil)
	_ simtest.TB = (*rapid.T)(nil)
)

// fake is a test that writes down how it fails.
type fake struct {
	name   string
	ctx    context.Context
	ended  []func()
	logs   string
	errors string // what it said, but did not end by
	fatal  string // what it ended by
}

// recording runs a part of a test that may fail, with its cleanup.
func recording(t *testing.T, part func(t *fake)) *fake {
	t.Helper()
	f := &fake{name: t.Name(), ctx: t.Context()}
	inPlaceOf := func(part func()) {
		done := make(chan struct{})
		go func() { // Fatalf ends its goroutine
			defer close(done)
			part()
		}()
		<-done
	}
	inPlaceOf(func() { part(f) })
	for len(f.ended) > 0 {
		last := f.ended[len(f.ended)-1]
		f.ended = f.ended[:len(f.ended)-1]
		inPlaceOf(last)
	}
	return f
}

func (f *fake) Helper()                  {}
func (f *fake) Name() string             { return f.name }
func (f *fake) Context() context.Context { return f.ctx }
func (f *fake) Cleanup(end func())       { f.ended = append(f.ended, end) }
func (f *fake) Failed() bool             { return f.errors+f.fatal != "" }

// FailNow ends the test after an Errorf, as testify does it.
func (f *fake) FailNow() { f.Fatalf("%s", f.errors) }

func (f *fake) Logf(format string, args ...any)   { f.logs += fmt.Sprintf(format, args...) }
func (f *fake) Errorf(format string, args ...any) { f.errors += fmt.Sprintf(format, args...) }

func (f *fake) Fatalf(format string, args ...any) {
	f.fatal = fmt.Sprintf(format, args...)
	runtime.Goexit()
}
