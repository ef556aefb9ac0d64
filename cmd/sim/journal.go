package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"onshisim/client"
	"onshisim/sim/journal"
)

type journalCommand struct {
	Follow    bool   `short:"f" help:"${follow}"`
	JSON      bool   `name:"json" help:"${json}"`
	System    string `help:"${journalSystem}"`
	Operation string `help:"${journalOperation}"`
	Person    string `help:"${journalPerson}"`
	Status    int    `help:"${journalStatus}"`
	Outcome   string `help:"${journalOutcome}"`
	Rule      string `help:"${journalRule}"`
	planeFlags
}

// followWait is how long one question for new entries may take.
const followWait = 5 * time.Second

// Run prints the journal, and with --follow every further entry as it comes.
func (c *journalCommand) Run(t *terminal) error {
	w := c.world()
	query := journal.Query{System: c.System, Operation: c.Operation, Person: c.Person, Status: c.Status, Outcome: c.Outcome, Rule: c.Rule}
	for wait := time.Duration(0); ; wait = followWait {
		page, err := w.Journal(t, query, wait)
		if errors.Is(t.Err(), context.Canceled) {
			return nil // who follows ends it so
		}
		if refused := (*client.Error)(nil); err != nil && c.Follow && wait > 0 && !errors.As(err, &refused) {
			fmt.Fprintln(os.Stderr, "sim:", err)
			pause(t)
			continue
		}
		if err != nil {
			return err
		}
		if page.Dropped > 0 {
			fmt.Fprintf(t.out, t.language.say("(%d件は古くて残っていません)\n", "(%d entries are gone)\n"), page.Dropped)
		}
		for i := range page.Entries {
			if err := c.print(t, &page.Entries[i]); err != nil {
				return err
			}
		}
		if !c.Follow {
			return nil
		}
		if page.Next < query.After { // the world was deleted and made anew
			page.Next = 0
		}
		query.After = page.Next
	}
}

// pause waits a moment for a simulator that is down to come back.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

func (c *journalCommand) print(t *terminal, r *journal.Record) error {
	if c.JSON {
		return json.NewEncoder(t.out).Encode(r)
	}
	who := strings.TrimSpace(r.Actor.Role + " " + r.Actor.Code + r.Actor.Person)
	line := fmt.Sprintf("%d  %s  %s %s  %d %s  %s  %dµs", r.Number, r.At, r.Method, r.Path, r.Status, r.Code, who, r.SpentMicroseconds)
	if r.Fault != "" {
		line += "  " + r.Fault
	}
	if r.Mutant != "" {
		line += "  mutant " + r.Mutant
	}
	fmt.Fprintln(t.out, line)
	for _, d := range r.Decisions {
		words := []string{d.Rule, d.Person, d.Information, d.View, d.InsurerNumber, d.Outcome}
		fmt.Fprintln(t.out, "    "+strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), " ")+reasonsOf(d.Reasons))
	}
	return nil
}

func reasonsOf(reasons []journal.RecordReason) string {
	var words []string
	for _, r := range reasons {
		words = append(words, strings.TrimSpace(r.Rule+" "+r.Flag+" "+r.InsurerNumber))
	}
	if len(words) == 0 {
		return ""
	}
	return " ← " + strings.Join(words, ", ")
}
