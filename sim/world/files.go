package world

import (
	"context"
	"slices"
	"strings"
	"time"

	"onshisim/sim/problem"
)

// Files is the system by which faults name the XML files of a terminal (sim/terminal/oqs).
const Files = "oqs"

// The messages by which faults name files that are no answers to a request.
const (
	FaceFile  = "face"  // what a card read drops unasked
	OtherFile = "other" // what refuses a file that is no request
)

// FileMessages are the messages that terminals answer by files.
var FileMessages = []string{
	"OQSsiquc01", "OQSsiimm01", "OQSmuquc01", "OQSmuquc02", "OQSmuimm01", "OQSmuimm02", "YZKsiquc01", "TKKsiquc01", FaceFile, OtherFile,
}

// TakenFile is what a terminal needs to answer one file.
type TakenFile struct {
	Token string     `json:"token" doc:"by which the institution asks the national systems"`
	Now   time.Time  `json:"now" doc:"the world's time"`
	Fault *FileFault `json:"fault" doc:"null if none strikes the file"`
}

// FileFault is what a file of a terminal meets.
type FileFault struct {
	_ struct{} `nullable:"true"`

	ID    string `json:"id"`
	File  string `json:"file" enum:",partial,locked,processing,swappedEncoding,mislabelledEncoding,error"`
	Delay string `json:"delay"`
}

// TakeFile says that the terminal of an institution is about to answer a file of a message; each counts for faults.
func (w *World) TakeFile(ctx context.Context, institution Organisation, message string) (TakenFile, error) {
	if !slices.Contains(FileMessages, message) {
		return TakenFile{}, problem.BadField("body.message", "%q is no message; they are %s", message, strings.Join(FileMessages, ", "))
	}
	strike, err := w.Strike(ctx, Files, message)
	if err != nil {
		return TakenFile{}, err
	}
	taken := TakenFile{Token: institution.Token, Now: w.Look(ctx).Now}
	if strike != nil {
		taken.Fault = &FileFault{ID: strike.ID, File: strike.File, Delay: strike.Fault.Delay}
	}
	return taken, nil
}
