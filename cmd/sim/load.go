package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"onshisim/client"
	"onshisim/sim/baseurl"
	"onshisim/sim/load"
	"onshisim/sim/output"
)

type loadCommand struct {
	URL         baseurl.URLs  `default:"http://127.0.0.1:8080" placeholder:"URL" help:"${loadURL}"`
	Scale       float64       `default:"0.001" help:"${loadScale}"`
	Duration    time.Duration `default:"60s" help:"${loadDuration}"`
	Connections int           `default:"64" help:"${loadConnections}"`
	Seed        uint64        `default:"1" help:"${loadSeed}"`
	Report      string        `placeholder:"FILE.json" help:"${loadReport}"`
	planeFlags
}

// What ends the program with a status that says so; all of it has been printed.
var (
	errWrongAnswers = errors.New("there were wrong answers")
	errUnanswered   = errors.New("not every request was answered")
	errBrokenOff    = errors.New("the day was broken off")
)

// watched is how often the progress is told.
const watched = 200 * time.Millisecond

// Run plays a day against a running simulator and tells how fast, and how rightly, it was answered.
func (c *loadCommand) Run(t *terminal) error {
	if c.Report != "" && !strings.EqualFold(filepath.Ext(c.Report), ".json") {
		return fmt.Errorf("--report %s: the file's name must end in .json", c.Report)
	}
	const hours = 24
	shown := newProgress(hours*60, hours)
	report, err := load.Play(t, load.Config{
		PublicURL: baseurl.Anywhere, HTTP: c.direct(c.URL.Transport(c.manyAtOnce())), World: c.plane(), Scale: c.Scale,
		Duration: c.Duration, Connections: c.Connections, Seed: c.Seed, Now: time.Now, Every: watched,
		Watch: func(p load.Progress) { shown.at(int(p.Time.Minutes()), t.language.loaded(p)) },
	})
	shown.end()
	if err != nil {
		return err
	}
	if c.Report != "" {
		err := output.File(c.Report, func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(report)
		})
		if err != nil {
			return fmt.Errorf("--report: %w", err)
		}
	}
	if err := c.print(t, report); err != nil {
		return err
	}
	switch {
	case report.Wrong > 0:
		return errWrongAnswers
	case report.Errors > 0 || report.Disaster != "":
		return errUnanswered
	case !report.Whole:
		return errBrokenOff
	}
	return nil
}

// direct is a client that goes nowhere but to the URLs that were given: it follows no redirect.
func (c *loadCommand) direct(transport http.RoundTripper) *http.Client {
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// manyAtOnce keeps every connection for the next request.
func (c *loadCommand) manyAtOnce() http.RoundTripper {
	transport, ok := c.transport().(*http.Transport)
	if !ok {
		return c.transport()
	}
	transport = transport.Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 0, c.Connections
	return transport
}

// plane is the world at the control plane, which follows no redirect either.
func (c *loadCommand) plane() *client.World {
	w := c.world()
	w.Plane.HTTP = c.direct(c.transport())
	return w
}

// loaded is one line of progress.
func (l language) loaded(p load.Progress) string {
	return fmt.Sprintf(l.say("%02d:%02d  送信 %d  誤答 %d  エラー %d", "%02d:%02d  sent %d  wrong %d  errors %d"),
		int(p.Time.Hours()), int(p.Time.Minutes())%60, p.Sent, p.Wrong, p.Errors)
}

// mostPrinted is how many wrong answers are printed; the report has the others.
const mostPrinted = 3

func (c *loadCommand) print(t *terminal, r *load.Report) error {
	say := t.language.say
	fmt.Fprintf(t.out, say(
		"%s までの1日を %.1f 秒で: %d 医療機関・薬局、%d 人の世界、災害は %s、%d 件\n",
		"the day until %s in %.1f s: %d institutions, a world of %d persons, the disaster in %s, %d requests\n",
	), r.Ended, r.TookSeconds, r.Institutions, r.Population.Persons, r.Area, r.Sent)
	rows := [][]string{{
		say("種類", "kind"), say("送信", "sent"), say("毎秒", "per s"), say("誤答", "wrong"), say("エラー", "errors"),
		"p50 ms", "p90", "p99", "p99.9", say("最大", "max"),
	}}
	ms := func(value float64) string { return strconv.FormatFloat(value, 'f', 2, 64) }
	for i := range r.Kinds {
		k := &r.Kinds[i]
		rows = append(rows, []string{
			k.Kind, strconv.Itoa(k.Sent), strconv.FormatFloat(k.PerSecond, 'f', 1, 64), strconv.Itoa(k.Wrong), strconv.Itoa(k.Errors),
			ms(k.P50), ms(k.P90), ms(k.P99), ms(k.P999), ms(k.Max),
		})
	}
	if err := t.table(rows); err != nil {
		return err
	}
	for _, e := range r.ErrorKinds {
		fmt.Fprintf(t.out, say("エラー %s: %s %d 件\n", "errors of %s: %s, %d times\n"), e.Kind, e.Code, e.Count)
	}
	if r.Disaster != "" {
		fmt.Fprintf(t.out, say("災害: %s\n", "the disaster: %s\n"), r.Disaster)
	}
	if r.LeftOut > 0 {
		fmt.Fprintf(t.out, say("行われなかった訪問: %d\n", "visits that were not made: %d\n"), r.LeftOut)
	}
	if changed := len(r.ChangedPersons); changed > 0 {
		fmt.Fprintf(t.out, say("イベントで変わっていた人(制御プレーンの文書で判定): %d\n", "persons whom events had changed, judged by their documents at the control plane: %d\n"), changed)
	}
	return c.printWrong(t, r)
}

// printWrong prints the first wrong answers in full.
func (c *loadCommand) printWrong(t *terminal, r *load.Report) error {
	if r.Wrong == 0 {
		_, err := fmt.Fprintln(t.out, t.language.say("誤答 0", "no wrong answer"))
		return err
	}
	e := json.NewEncoder(t.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	for i := range r.WrongAnswers[:min(len(r.WrongAnswers), mostPrinted)] {
		if err := e.Encode(&r.WrongAnswers[i]); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(t.out, t.language.say("誤答 %d (ここには最初の%d件。--report FILE.json には1000件まで)\n", "wrong answers: %d (here the first %d; --report FILE.json has up to 1,000)\n"),
		r.Wrong, min(len(r.WrongAnswers), mostPrinted))
	return err
}
