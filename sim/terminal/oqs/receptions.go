package oqs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
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

// What is kept of batches at most; the oldest go first.
const (
	mostReceptions     = 1000
	mostReceptionBytes = 256 << 20
)

// receptions are those of a folder of our own.
type receptions struct {
	folder folder
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
	all, err := r.list()
	if err != nil {
		return "", err
	}
	if err := r.makeRoom(all, int64(len(text))); err != nil {
		return "", err
	}
	for nth := 1; ; nth++ {
		number := fmt.Sprintf("%s%06d", at, nth)
		if !slices.ContainsFunc(all, func(f fs.FileInfo) bool { return f.Name() == number+receptionEnding }) {
			return number, r.folder.write(number+receptionEnding, text, true)
		}
	}
}

const receptionEnding = ".json"

// list are the files of all receptions, the oldest first: by when they came, whatever their worlds' clocks said.
func (r *receptions) list() ([]fs.FileInfo, error) {
	entries, err := r.folder.entries()
	var all []fs.FileInfo
	for _, entry := range entries {
		number, ours := strings.CutSuffix(entry.Name(), receptionEnding)
		if !ours || !receptionNumber.MatchString(number) {
			continue
		}
		if info, err := entry.Info(); err == nil {
			all = append(all, info)
		}
	}
	slices.SortStableFunc(all, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	return all, err
}

// makeRoom removes the oldest until there is room for another.
func (r *receptions) makeRoom(all []fs.FileInfo, size int64) error {
	for _, f := range all {
		size += f.Size()
	}
	for n := len(all); len(all) > 0 && (n >= mostReceptions || size > mostReceptionBytes); n-- {
		if err := r.folder.remove(all[0].Name()); err != nil {
			return err
		}
		delete(r.asked, strings.TrimSuffix(all[0].Name(), receptionEnding))
		size -= all[0].Size()
		all = all[1:]
	}
	return nil
}

// find is the batch under a number, nil if there is none that can be read.
func (r *receptions) find(number string) (kept *reception, err error) {
	if !receptionNumber.MatchString(number) {
		return nil, nil
	}
	err = r.folder.within(func(root *os.Root) error {
		text, err := root.ReadFile(number + receptionEnding)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		found := &reception{}
		if err == nil {
			err = json.Unmarshal(text, found)
		}
		if err == nil {
			kept = found
		}
		return err
	})
	return kept, err
}

// ask counts a question for a batch.
func (r *receptions) ask(number string) (nth int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked[number]++
	return r.asked[number]
}
