package work

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Baseline is what the simulator is measured against: the least that net/http and encoding/json need to give the same
// answers. It decodes the request into a struct, looks up one entry of a map, and encodes the struct found there.
func Baseline(recorded []Call) (http.Handler, error) {
	mux := http.NewServeMux()
	for path, stub := range map[string]func(mux *http.ServeMux, path string, recorded []Call) error{
		certificatePath: stubOf[certificateCheck, certificateAnswer],
		cardReadPath:    stubOf[cardRead, cardReadAnswer],
		searchPath:      stubOf[search, searchAnswer],
		selfPath:        stubByToken,
	} {
		if err := stub(mux, path, of(recorded, path)); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return mux, nil
}

func of(recorded []Call, path string) (some []Call) {
	for _, call := range recorded {
		if call.Path == path {
			some = append(some, call)
		}
	}
	return some
}

// stubOf answers POSTs of one shape.
func stubOf[Request comparable, Answer any](mux *http.ServeMux, path string, recorded []Call) error {
	answers := map[Request]*Answer{}
	for _, call := range recorded {
		var key Request
		if err := json.Unmarshal(call.Body, &key); err != nil {
			return err
		}
		answer, err := decode[Answer](call.Answer)
		if err != nil {
			return err
		}
		answers[key] = answer
	}
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		var key Request
		if err := json.NewDecoder(r.Body).Decode(&key); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		give(w, answers[key])
	})
	return nil
}

// stubByToken answers GETs, by who asks.
func stubByToken(mux *http.ServeMux, path string, recorded []Call) error {
	answers := map[string]*selfInformationAnswer{}
	for _, call := range recorded {
		answer, err := decode[selfInformationAnswer](call.Answer)
		if err != nil {
			return err
		}
		answers[call.Token] = answer
	}
	mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		give(w, answers[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")])
	})
	return nil
}

// decode reads an answer, and makes sure that it is encoded to the same bytes.
func decode[Answer any](body []byte) (*Answer, error) {
	answer := new(Answer)
	if err := json.Unmarshal(body, answer); err != nil {
		return nil, err
	}
	var again bytes.Buffer
	if err := json.NewEncoder(&again).Encode(answer); err != nil {
		return nil, err
	}
	if !bytes.Equal(again.Bytes(), body) {
		return nil, fmt.Errorf("the baseline's shape is not that of the simulator's answer:\n%s\n%s", &again, body)
	}
	return answer, nil
}

func give[Answer any](w http.ResponseWriter, answer *Answer) {
	if answer == nil {
		http.Error(w, "unknown", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer) // the reader of the answer is gone
}
