package main

import (
	"cmp"
	"errors"
	"os"
	"strings"
)

// tokenFlags are the control plane's token: as it is, or, since arguments can be seen by everybody on the machine, by the
// file that holds it.
type tokenFlags struct {
	ControlToken     string    `env:"SIM_CONTROL_TOKEN" xor:"token" help:"${controlToken}"`
	ControlTokenFile tokenFile `env:"SIM_CONTROL_TOKEN_FILE" xor:"token" placeholder:"FILE" help:"${controlTokenFile}"`
}

// token is the token; empty: none.
func (f *tokenFlags) token() string { return cmp.Or(f.ControlToken, string(f.ControlTokenFile)) }

// tokenFile is the token that a file holds.
type tokenFile string

// UnmarshalText reads the file. A line's end after the token is none of it.
func (f *tokenFile) UnmarshalText(path []byte) error {
	if len(path) == 0 { // as of a variable that is set to nothing
		return nil
	}
	text, err := os.ReadFile(string(path))
	if err != nil {
		return err
	}
	*f = tokenFile(strings.TrimRight(string(text), "\r\n"))
	if *f == "" {
		return errors.New(string(path) + " is empty: it has to hold the token")
	}
	return nil
}
