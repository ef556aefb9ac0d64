package console

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"

	"onshisim/sim/scenario"
	"onshisim/sim/training/ask"
)

// withoutSecrets is a scenario's world as it is written, without the seed and the tokens, which everybody can read there.
func withoutSecrets(s *scenario.Scenario) (ask.Fields, error) {
	text, err := s.Packed(0, "")
	if err != nil {
		return nil, err
	}
	var packed struct{ World ask.Fields }
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&packed); err != nil {
		return nil, err
	}
	document := packed.World
	delete(document, "seed")
	delete(document, "cardOffice") // which has a token and nothing else
	for _, list := range []string{"insurers", "agencies", "institutions"} {
		organisations, _ := document[list].([]any)
		for _, each := range organisations {
			delete(each.(ask.Fields), "token")
		}
	}
	return document, nil
}

// isGone says whether what an error is about does not exist.
func isGone(err error) bool {
	refused, ok := errors.AsType[*ask.Refusal](err)
	return ok && refused.Status == http.StatusNotFound
}
