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

// What can become of a file of a terminal.
const (
	FilePartial             = "partial"             // half of it is there first
	FileLocked              = "locked"              // nobody can read it first
	FileProcessing          = "processing"          // it says that the answer is still being made
	FileSwappedEncoding     = "swappedEncoding"     // it is in the other encoding
	FileMislabelledEncoding = "mislabelledEncoding" // it says that it is in the other encoding
	FileError               = "error"               // it is an error file, instead
	FileExpired             = "expired"             // what was found has ended (QualificationValidity 2)
	FileNewer               = "newer"               // what was found has ended, and there is something newer (3)
	FileSeveralMatches      = "severalMatches"      // more persons than one match (5)
	FileSeveralResults      = "severalResults"      // what was found stands there twice
)

var fileFaults = []string{
	"", FilePartial, FileLocked, FileProcessing, FileSwappedEncoding, FileMislabelledEncoding, FileError,
	FileExpired, FileNewer, FileSeveralMatches, FileSeveralResults,
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
	File  string `json:"file" doc:"what becomes of it; empty: it is late"`
	Delay string `json:"delay"`
}

// TakeFile says that the terminal of an institution is about to answer a file of a message; each counts for faults. Without a
// message it is a file that was taken before, and which no other fault strikes.
func (w *World) TakeFile(ctx context.Context, institution Organisation, message string) (TakenFile, error) {
	taken := TakenFile{Token: institution.Token, Now: w.Look(ctx).Now}
	if message == "" {
		return taken, nil
	}
	if !slices.Contains(FileMessages, message) {
		return TakenFile{}, problem.BadField("body.message", "%q is no message; they are %s", message, strings.Join(FileMessages, ", "))
	}
	strike, err := w.Strike(ctx, Files, message)
	if err != nil {
		return TakenFile{}, err
	}
	if strike != nil {
		taken.Fault = &FileFault{ID: strike.ID, File: strike.File, Delay: strike.Fault.Delay}
	}
	return taken, nil
}
