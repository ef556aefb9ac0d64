package journal_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"onshisim/sim/journal"
)

func TestWhatNoRecordCanMatchIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ match, field, message string }{
		{`{"staus":200}`, "body.match.staus", `"status"`},
		{`{"Status":200}`, "body.match.Status", `"status"`},
		{`{"actor":{"cardSerail":"1"}}`, "body.match.actor.cardSerail", `"cardSerial"`},
		{`{"decisions":[{},{"outcom":"withheld"}]}`, "body.match.decisions[1].outcom", `"outcome"`},
		{`{"decisions":[{"reasons":[{"rules":"P13-1"}]}]}`, "body.match.decisions[0].reasons[0].rules", `"rule"`},
		{`{"decisions":{"outcome":"withheld"}}`, "body.match.decisions", "a list"},
		{`{"decisions":["withheld"]}`, "body.match.decisions[0]", "an object"},
		{`{"actor":"citizen"}`, "body.match.actor", "an object"},
		{`{"status":"200"}`, "body.match.status", "a number"},
		{`{"number":true}`, "body.match.number", "a number"},
		{`{"spentMicroseconds":null}`, "body.match.spentMicroseconds", "a number"},
		{`{"code":null}`, "body.match.code", "a text"},
		{`{"requestCut":0}`, "body.match.requestCut", "true or false"},
		{`{"decisions":[{"outcome":"witheld"}]}`, "body.match.decisions[0].outcome", `"withheld"`},
		{`{"decisions":[{"outcome":"with*hold"}]}`, "body.match.decisions[0].outcome", `"withheld"`},
		{`{"actor":{"role":"citizens"}}`, "body.match.actor.role", `"citizen"`},
		{`{"request":{"a":[` + strings.Repeat("1,", 100) + `1]}}`, "body.match.request.a", "101"},
		{`{"request":[0,[` + strings.Repeat("1,", 100) + `1]]}`, "body.match.request[1]", "at most 100"},
	} {
		_, err := three().Verify(context.Background(), journal.Expectation{Match: matching(t, c.match), Exactly: new(0)})
		requireBadField(t, err, c.field, c.message)
	}
}

func TestAMatchThatIsNoJSONIsRefused(t *testing.T) {
	t.Parallel()
	for _, value := range []any{math.NaN(), make(chan int), json.Number("one")} {
		_, err := three().Verify(context.Background(), journal.Expectation{Match: map[string]any{"request": value}})
		requireBadField(t, err, "body.match", "JSON")
	}
	deep := any(nil)
	for range 10_001 {
		deep = []any{deep}
	}
	_, err := three().Verify(context.Background(), journal.Expectation{Match: map[string]any{"request": deep}})
	requireBadField(t, err, "body.match", "deep")
}
