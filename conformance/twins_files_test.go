package conformance_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// fileTwin is a protected person and a plain one who are one to whoever reads a terminal's files (QA-3).
type fileTwin struct {
	title string
	twin
	files func(t testing.TB, at *fileTerminal, members []world.Member) [][]byte
}

// allFiles makes every kind of file about a person who holds card and certificate.
func allFiles(t testing.TB, at *fileTerminal, members []world.Member) [][]byte {
	t.Helper()
	return append(cardFiles(t, at, members), certificateFiles(t, at, members)...)
}

// cardFiles are those that a card opens.
func cardFiles(t testing.TB, at *fileTerminal, members []world.Member) [][]byte {
	t.Helper()
	files := [][]byte{at.face(t, registeredCard(id))}
	for i := range members {
		files = append(files, at.send(t, "YZKsiquc01", number(i)[len("number-"):], recordsRequest(&members[i])),
			at.send(t, "TKKsiquc01", number(i)[len("number-"):], recordsRequest(&members[i])))
	}
	return files
}

// certificateFiles are those that a certificate opens.
func certificateFiles(t testing.TB, at *fileTerminal, members []world.Member) [][]byte {
	t.Helper()
	var files [][]byte
	for i := range members {
		m := &members[i]
		suffix := number(i)[len("number-"):]
		files = append(files, at.send(t, "OQSsiimm01", suffix, message("", "<ReferenceNumberRegistrationInfo><ReferenceNumber>K-1</ReferenceNumber><InsurerNumber>"+
			m.InsurerNumber+"</InsurerNumber><InsuredCardSymbol>"+m.InsuredCardSymbol+"</InsuredCardSymbol><InsuredIdentificationNumber>"+
			m.InsuredIdentificationNumber+"</InsuredIdentificationNumber></ReferenceNumberRegistrationInfo>")),
			at.send(t, "OQSsiquc01", suffix, certificateRequest(m, "2021-04-01")))
		received := at.send(t, "OQSmuquc01", suffix, message("<QualificationConfirmationDate>20210401</QualificationConfirmationDate>", searchElement(m)))
		files = append(files, received, at.send(t, "OQSmuquc02", suffix, message("", "<ReceptionNumber>"+parsed(t, received).Reception+"</ReceptionNumber>")))
	}
	return files
}

func fileTwins() []fileTwin {
	return []fileTwin{
		{"by certificate, no address", twin{flags: eitherFlag, lacks: addressless}, certificateFiles},
		{"by certificate, moved, no address", twin{flags: eitherFlag, protected: latestFlag, lacks: addressless}, certificateFiles},
		{"by card, not registered", twin{flags: blockingFlags, lacks: noRegistration}, cardFiles},
		{"by card, moved, lifted by moving", twin{flags: blockingFlags[:1], protected: formerFlag, lacks: nothing}, cardFiles},
		{
			"by card, checkups alone withheld",
			twin{flags: blockingFlags, protected: func(set flags) situation { return withItem("checkups", set) }, lacks: func(p *world.Person) { p.Checkups = nil }},
			cardFiles,
		},
		{"by both, not registered and no address", twin{flags: blockingFlags, lacks: func(p *world.Person) {
			addressless(p)
			noRegistration(p)
		}}, allFiles},
	}
}

// TestFileTwins: QA-3: the files about the two are the same, byte for byte; only names and times of files may differ, and with
// a clock that stands the times in them are the same too.
func TestFileTwins(t *testing.T) {
	t.Parallel()
	s := examined(t)
	for _, w := range fileTwins() {
		for _, set := range w.flags {
			t.Run("QA-3 "+w.title+", "+set.title(), func(t *testing.T) {
				t.Parallel()
				protected := w.document(set)
				members := protected.Persons[0].Members
				seen := w.files(t, terminalIn(t, newPlace(t, s, protected)), members)
				plain := w.files(t, terminalIn(t, newPlace(t, s, w.plain(w.document(set)))), members)
				require.Len(t, plain, len(seen))
				for i := range seen {
					assert.Equal(t, string(plain[i]), string(seen[i]))
				}
			})
		}
	}
}
