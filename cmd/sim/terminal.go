package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"onshisim/client"
	"onshisim/sim/baseurl"
	"onshisim/sim/terminal/oqs"
	"onshisim/sim/terminal/oqs/message"
	"onshisim/sim/web"
)

// terminalCommand is the link application (連携アプリ) of a terminal, beside a vendor's program.
type terminalCommand struct {
	Dir         string       `required:"" placeholder:"OQS" help:"${terminalDir}"`
	Institution string       `required:"" placeholder:"CODE" help:"${terminalCode}"`
	URL         baseurl.URLs `default:"http://127.0.0.1:8080" placeholder:"URL" help:"${terminalURL}"`
	fileFlags
	planeFlags
	logFlags
}

// fileFlags say how a terminal writes and reads its files.
type fileFlags struct {
	Encoding        answerEncoding `default:"utf-8" help:"${terminalEncoding}"`
	ShuffleElements bool           `help:"${terminalShuffle}"`
	Strict          bool           `help:"${terminalStrict}"`
	Processing      int            `default:"1" help:"${terminalBatch}"`
}

// answerEncoding is the encoding of the files that are written.
type answerEncoding struct{ message.Encoding }

// UnmarshalText reads its name.
func (e *answerEncoding) UnmarshalText(text []byte) error {
	switch string(text) {
	case "utf-8":
		e.Encoding = message.UTF8
	case "shift_jis":
		e.Encoding = message.ShiftJIS
	default:
		return fmt.Errorf("%q is no encoding of answers; give utf-8 or shift_jis", text)
	}
	return nil
}

func (f *fileFlags) check() error {
	if f.Processing < 0 {
		return errors.New("--processing must not be below 0")
	}
	return nil
}

// config is that of a link application with these files.
func (f *fileFlags) config(dir, institution string, w *client.World, systems *http.Client, logger *slog.Logger) oqs.Config {
	prefix := ""
	if w.Name != web.DefaultWorld {
		prefix = "/w/" + w.Name
	}
	return oqs.Config{
		Dir: dir, Institution: institution, Desk: w.Terminal(institution), URL: baseurl.Anywhere + prefix + "/terminal", HTTP: systems,
		Encoding: f.Encoding.Encoding, Strict: f.Strict, Shuffle: f.ShuffleElements, Processing: f.Processing, Logger: logger,
	}
}

// Run answers the requests in the folder until the process is asked to end.
func (c *terminalCommand) Run(t *terminal) error {
	if err := c.check(); err != nil {
		return err
	}
	logger := c.logger(os.Stderr)
	systems := &http.Client{Transport: c.URL.Transport(c.transport())}
	files, err := oqs.Open(c.config(c.Dir, c.Institution, c.world(), systems, logger))
	if err != nil {
		return err
	}
	fmt.Fprintf(t.out, t.language.say("端末 %s: %s の req を見ています(終了は Ctrl-C)。\n", "Terminal of %s: answering requests in %s/req (Ctrl-C ends it).\n"), c.Institution, c.Dir)
	files.Run(t)
	return nil
}
