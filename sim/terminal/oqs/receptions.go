package oqs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"sync"

	"onshisim/sim/terminal/oqs/message"
)

// reception is a batch that was received, as it is kept on disk: a client may ask for its results after a restart.
type reception struct {
	Kind                          string            `json:"kind"`
	Institution                   string            `json:"medicalInstitutionCode"`
	ArbitraryFileIdentifier       string            `json:"arbitraryFileIdentifier"`
	QualificationConfirmationDate string            `json:"qualificationConfirmationDate"`
	Units                         []message.Element `json:"units"`
}

// mostReceptions is how many are kept; the oldest go first.
const mostReceptions = 1000

// receptions are those of a folder of our own.
type receptions struct {
	folder *os.Root
	mu     sync.Mutex
	asked  map[string]int // by number; how often it was asked for
}

// receptionNumber is the time of the world and a number that tells apart what came in one second.
var receptionNumber = regexp.MustCompile(`^[0-9]{20}$`)

// keep keeps a batch under a new number (受付番号).
func (r *receptions) keep(at string, kept *reception) (string, error) {
	text, err := json.Marshal(kept)
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	numbers, err := r.list()
	if err != nil {
		return "", err
	}
	for len(numbers) >= mostReceptions {
		if err := r.folder.Remove(numbers[0] + receptionEnding); err != nil {
			return "", err
		}
		delete(r.asked, numbers[0])
		numbers = numbers[1:]
	}
	for nth := 1; ; nth++ {
		number := fmt.Sprintf("%s%06d", at, nth)
		if !slices.Contains(numbers, number) {
			return number, write(r.folder, number+receptionEnding, text, true)
		}
	}
}

const receptionEnding = ".json"

// list are the numbers of all receptions, the oldest first.
func (r *receptions) list() ([]string, error) {
	entries, err := fs.ReadDir(r.folder.FS(), ".")
	var numbers []string
	for _, entry := range entries { // by name
		if name := entry.Name(); len(name) > len(receptionEnding) && receptionNumber.MatchString(name[:len(name)-len(receptionEnding)]) {
			numbers = append(numbers, name[:len(name)-len(receptionEnding)])
		}
	}
	return numbers, err
}

// find is the batch under a number, nil if there is none.
func (r *receptions) find(number string) (*reception, error) {
	if !receptionNumber.MatchString(number) {
		return nil, nil
	}
	text, err := r.folder.ReadFile(number + receptionEnding)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	kept := &reception{}
	if err == nil {
		err = json.Unmarshal(text, kept)
	}
	return kept, err
}

// ask counts a question for a batch.
func (r *receptions) ask(number string) (nth int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked[number]++
	return r.asked[number]
}
