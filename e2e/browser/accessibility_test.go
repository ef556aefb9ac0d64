package browser_test

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/input"
)

//go:embed accessible.js
var accessible string

// accessible reports, all at once, what keeps people from reading and using the page as it is now.
func (b *tab) accessible() {
	b.Helper()
	if found := b.barriers(); len(found) > 0 {
		b.Errorf("%s is not accessible:\n  %s", b.url(), strings.Join(found, "\n  "))
	}
}

func (b *tab) barriers() (found []string) {
	b.Helper()
	checks := *b
	checks.script += accessible
	checks.mustWithin(5*patience, "accessibility", func(ctx context.Context) error {
		return checks.still(ctx, func() error {
			for _, check := range []string{"structure()", "names()", "errors()", "contrast()"} {
				if err := checks.collect(ctx, &found, check); err != nil {
					return err
				}
			}
			return checks.walk(ctx, &found)
		})
	})
	checks.onPhone(func(ctx context.Context) error { return checks.collect(ctx, &found, "narrow()") })
	return found
}

func (b *tab) collect(ctx context.Context, found *[]string, check string) error {
	var more []string
	if err := b.ask(ctx, &more, check); err != nil {
		return fmt.Errorf("%s: %w", check, err)
	}
	for _, one := range more {
		if !slices.Contains(*found, one) {
			*found = append(*found, one)
		}
	}
	return nil
}

// tabKey is pressed and not let go, which nothing waits for.
var tabKey = input.DispatchKeyEvent(input.KeyRawDown).WithKey("Tab").WithCode("Tab").WithWindowsVirtualKeyCode(9)

// partsOfOne is how often Tab may stop within one control: a date with a time has seven parts.
const partsOfOne = 9

// walk presses Tab from the first to the last element that takes the focus.
func (b *tab) walk(ctx context.Context, found *[]string) error {
	if err := b.collect(ctx, found, "beginFocus()"); err != nil {
		return err
	}
	var expected []string
	if err := b.ask(ctx, &expected, "window.onshisimStops.map(s => pathOf(s.el))"); err != nil {
		return err
	}
	var visited []string
	for same := 0; len(visited) <= len(expected)+partsOfOne; {
		if err := tabKey.Do(ctx); err != nil {
			return err
		}
		var stop struct {
			At    int
			Path  string
			Found []string
		}
		if err := b.ask(ctx, &stop, "focused()"); err != nil {
			return err
		}
		if stop.At == -1 || len(visited) > 1 && stop.Path == visited[0] { // past the last one
			break
		}
		if stop.At == -2 { // browsers let one scroll it with keys
			continue
		}
		if len(visited) > 0 && visited[len(visited)-1] == stop.Path {
			if same++; same > partsOfOne {
				break
			}
			continue
		}
		same = 0
		visited = append(visited, stop.Path)
		*found = append(*found, stop.Found...)
	}
	if slices.Equal(visited, expected) {
		return nil
	}
	*found = append(*found, fmt.Sprintf("Tab does not go through the page in its order: it stops at %s, not at %s", strings.Join(visited, ", "), strings.Join(expected, ", ")))
	return nil
}
