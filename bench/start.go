package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"

	"onshisim/bench/load"
	"onshisim/bench/process"
	"onshisim/bench/result"
	"onshisim/bench/work"
	"onshisim/sim/world"
)

// start measures how soon a simulator answers and what it holds: with the persons of the first scenario, with the largest
// nation, and with many changed persons on top of it.
func (c *runCommand) start(ctx context.Context, into *result.Results) error {
	part := &result.Part[result.Start]{Machine: result.Here()}
	folder, remove, err := scratch()
	if err != nil {
		return err
	}
	defer remove()
	nation := []string{"--population", strconv.Itoa(c.Persons), "--seed", "1"}
	cases := []struct {
		name    string
		args    []string
		changed int
	}{
		{"base", nil, 0},
		{fmt.Sprintf("nation=%d", c.Persons), nation, 0},
		{fmt.Sprintf("nation=%d changed=%d", c.Persons, c.Changed), append(nation, "--data", filepath.Join(folder, "nation.db")), c.Changed},
	}
	for _, one := range cases {
		row, err := c.startOnce(ctx, one.args, one.changed)
		if err != nil {
			return err
		}
		row.Work = one.name
		fmt.Printf("%-40s ready after %.2f s, resident %d MB (most %d MB), heap %d MB\n", row.Work, row.Ready, row.Now>>20, row.Most>>20, row.Heap>>20)
		part.Rows = append(part.Rows, row)
	}
	into.Start = part
	return nil
}

func (c *runCommand) startOnce(ctx context.Context, args []string, changed int) (row result.Start, err error) {
	s, err := process.Serve(ctx, c.Program, args...)
	if err != nil {
		return row, err
	}
	defer stopAll(&err, s.Process)
	row.Ready = s.Ready.Seconds()
	if changed > 0 {
		if err := c.change(ctx, s, changed); err != nil {
			return row, err
		}
	}
	if row.Heap, err = heap(ctx, s); err != nil {
		return row, err
	}
	row.Now, row.Most, err = s.Memory()
	return row, err
}

// change gives that many persons of the nation a reference number.
func (c *runCommand) change(ctx context.Context, s *process.Simulator, persons int) error {
	token, err := s.Institution()
	if err != nil {
		return err
	}
	var requests []load.Request
	send := func() error {
		_, err := load.Run(ctx, load.Plan{
			Addresses: []string{s.Address}, Connections: writers, Requests: requests, AtMost: int64(len(requests)),
		})
		requests = requests[:0]
		return err
	}
	done := errors.New("done")
	changed := 0
	err = everybody(ctx, s, func(p *world.Person) error {
		if request, can := work.Reference(p, s.Address, token); can {
			requests = append(requests, request)
			changed++
		}
		if changed == persons {
			return errors.Join(send(), done)
		}
		if len(requests) >= 64*writers {
			return send()
		}
		return nil
	})
	if errors.Is(err, done) {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("only %d persons can be changed", changed)
	}
	return err
}

// everybody yields the persons of the first world, page by page.
func everybody(ctx context.Context, s *process.Simulator, yield func(*world.Person) error) error {
	for cursor := "0"; cursor != ""; {
		var page struct {
			Persons []world.Person `json:"persons"`
			Next    string         `json:"next"`
		}
		if err := get(ctx, s.Plane.URL+"/worlds/default/persons?limit=1000&cursor="+cursor, func(answer *http.Response) error {
			return json.NewDecoder(answer.Body).Decode(&page)
		}); err != nil {
			return err
		}
		for i := range page.Persons {
			if err := yield(&page.Persons[i]); err != nil {
				return err
			}
		}
		cursor = page.Next
	}
	return nil
}

// metric reads one of the simulator's metrics that has no labels.
func metric(ctx context.Context, s *process.Simulator, name string, take func(value float64)) error {
	return get(ctx, s.Plane.URL+"/metrics", func(answer *http.Response) error {
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if value, found := strings.CutPrefix(lines.Text(), name+" "); found {
				number, err := strconv.ParseFloat(value, 64)
				take(number)
				return err
			}
		}
		return fmt.Errorf("there is no metric %s", name)
	})
}

func get(ctx context.Context, url string, read func(*http.Response) error) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, answer.Status)
	}
	return read(answer)
}
