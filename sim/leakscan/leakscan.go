// Package leakscan tells which texts of protected persons (支援措置対象者) stand where in what a vendor's system wrote: a
// log, a screen dump, a CSV file, an HTTP capture. It knows no world and no rule; it is given texts and bytes.
//
// The bytes pass through small stages, each in its own file:
//
//	unpack → window → charset → percent → escapes → fold → automaton → matcher → ledger
//
// Nobody tells what encoding a log is in, and one log may hold several. So a text is read in two ways side by side, as
// UTF-8 and as Shift_JIS, and what either of them finds counts.
//
// Two texts are the same here if a reader would take them for the same address or number: width, spaces, line breaks,
// dashes and the postal mark make no difference, and neither does the escape of a URL, of JSON or of HTML. A kanji is
// what it is: 髙 is not 高, and 一 is not 1.
package leakscan

import (
	"context"
	"io"
)

// Kind says what a text is.
type Kind string

const (
	Address          Kind = "address"          // 住所
	AddressBeginning Kind = "addressBeginning" // 住所の前方10文字: what a screen for a disaster shows of it
	PostNumber       Kind = "postNumber"       // 郵便番号
	InsurerNumber    Kind = "insurerNumber"    // 保険者番号
	InsurerName      Kind = "insurerName"      // 保険者名称
	ClinicCode       Kind = "clinicCode"       // 医療機関コード
	ClinicName       Kind = "clinicName"       // 医療機関名称
)

// Item is one text that belongs to a protected person.
type Item struct {
	Person string
	Kind   Kind
	Text   string
}

// Scanner looks for items. It never changes, so that any number of scans can use it at once.
type Scanner struct {
	dictionary *dictionary
	ignored    []Item
}

// New makes a scanner for the items. Of items of one person and kind that differ only in what makes no difference here,
// the first counts. An item of fewer than 4 characters that count occurs everywhere and traces nothing, one of more than
// 1,000 is none of these texts: New passes over both, and Ignored gives them.
func New(items []Item) *Scanner {
	dictionary, ignored := newDictionary(items)
	return &Scanner{dictionary: dictionary, ignored: ignored}
}

// Ignored gives the items that are too short or too long to be looked for, in the order in which New got them.
func (s *Scanner) Ignored() []Item { return append([]Item{}, s.ignored...) }

// Scan reads r to its end and reports the items in it. If reading fails, if a gzip stream is broken (ErrBrokenGzip) or if
// ctx ends, the error says so and the report tells of what was read until then. ctx is looked at between two reads; it
// can't wake a Read that waits.
//
// The memory it takes depends on the items, not on the length of the text. It doesn't limit what a gzip stream unpacks
// to: that is the business of ctx.
func (s *Scanner) Scan(ctx context.Context, r io.Reader) (Report, error) {
	source := &source{ctx: ctx, reader: r}
	text, unpacked, err := unpack(source)
	ledger := newLedger(s.dictionary, unpacked)
	if err == nil {
		err = s.scanText(text, ledger)
	}
	return ledger.close(source.bytes), err
}

// scanText leads the unpacked text through both readings, block by block. How the reader cuts the bytes makes no
// difference, because a block is read in full.
func (s *Scanner) scanText(text io.Reader, ledger *ledger) error {
	window := newWindow(text)
	err := window.fill()
	readings := readingsOf(s.dictionary, window)
	for ; err == nil; err = window.fill() {
		until := window.end() - lookahead
		for _, reading := range readings {
			ledger.open = reading.read(window, until, ledger.open)
		}
		ledger.settle(window, until-reach)
		window.slide(until - reach)
	}
	for _, reading := range readings {
		ledger.open = reading.finish(window, ledger.open)
	}
	ledger.settle(window, window.end()+1)
	if err == io.EOF { //nolint:errorlint // a text ends with io.EOF itself; one that is wrapped is a failure
		return nil
	}
	return err
}
