package leakscan

// What a report lists; it counts everything.
const (
	mostPlaces   = 20   // of one item
	mostFindings = 1000 // of all
	mostFound    = 100  // characters of Found
)

// Report tells what was found in one input.
type Report struct {
	Bytes    int64     `json:"bytes"`    // read, as given
	Unpacked bool      `json:"unpacked"` // was gzip
	Total    int       `json:"total"`    // findings in all
	Findings []Finding `json:"findings"` // by offset; the first 20 places of an item, and 1,000 in all
	Cut      bool      `json:"cut"`      // there are more than are listed
}

// Finding is one place at which an item stands.
//
// Line and column are those of the reading in which it was found: an editor that is set to the encoding shows them. A line
// ends at a line feed, and an escape counts as the characters that it is written with.
type Finding struct {
	Person   string   `json:"person"`
	Kind     Kind     `json:"kind"`
	Text     string   `json:"text"`     // of the item
	Found    string   `json:"found"`    // as it stands in the input; beyond 100 characters, its beginning and an ellipsis
	Encoding Encoding `json:"encoding"` // of the input there
	Line     int64    `json:"line"`     // from 1
	Column   int64    `json:"column"`   // characters, from 1
	Offset   int64    `json:"offset"`   // bytes from 0, in the unpacked text
}
