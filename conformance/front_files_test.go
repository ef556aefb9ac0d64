package conformance_test

import (
	"context"
	"encoding/xml"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/client"
	"onshisim/sim/terminal/oqs"
	"onshisim/sim/world"
)

// filesFront does what happened in a situation by way of the interface, and looks through the XML files of a terminal, as
// receipt computers and electronic charts do.
type filesFront struct{ *simulator }

// inFiles are the sights that files give.
var inFiles = []sight{{cardEligibility, institution}, {certEligibility, institution}, {medicines, institution}, {checkups, institution}}

// fileCells are the cells of every table that files show.
func fileCells() []cell {
	return slices.DeleteFunc(allCells(), func(c cell) bool { return !slices.Contains(inFiles, c.sight) })
}

func TestFilesCells(t *testing.T) {
	t.Parallel()
	examine(t, filesFront{examined(t)}, fileCells())
}

func (f filesFront) observe(t tester, s situation) observation {
	t.Helper()
	c := httpFront(f).happen(t, s)
	at := terminalIn(t, c.place)
	face := at.present(t, registeredCard(id))
	if len(face.Results) == 0 {
		require.Equal(t, "4", face.Validity)
	}
	seen := observation{{cardEligibility, institution}: c.letters(func(_ int, m *world.Member) string { return face.letter(t, m) })}
	seen[sight{certEligibility, institution}] = c.letters(func(nth int, m *world.Member) string {
		single := at.ask(t, "OQSsiquc01", "check"+number(nth)[len("number-"):], certificateRequest(m, c.day()))
		return single.letter(t, m)
	})
	require.Equal(t, seen[sight{certEligibility, institution}], at.batch(t, c), "a batch tells what single requests do")
	of := &c.members[c.begun()[0]] // one that has not begun yet is nobody's certificate
	drugs := at.ask(t, "YZKsiquc01", "medicines", recordsRequest(of))
	seen[sight{medicines, institution}] = c.letters(func(nth int, _ *world.Member) string {
		return shownIf(slices.Contains(drugs.Drugs, "架空錠 "+number(nth)))
	})
	made := at.ask(t, "TKKsiquc01", "checkups", recordsRequest(of))
	seen[sight{checkups, institution}] = c.letters(func(nth int, _ *world.Member) string {
		return shownIf(slices.Contains(made.CheckupValues, heightOf(nth)))
	})
	return seen
}

// fileTerminal is a terminal's folder with a link application at it.
type fileTerminal struct {
	dir   string
	world *client.World

	mu     sync.Mutex
	logged strings.Builder
}

// Write keeps what the link application logs, for a test that fails.
func (at *fileTerminal) Write(line []byte) (int, error) {
	at.mu.Lock()
	defer at.mu.Unlock()
	return at.logged.Write(line)
}

func (at *fileTerminal) log() string {
	at.mu.Lock()
	defer at.mu.Unlock()
	return at.logged.String()
}

// terminalIn has the hospital's link application answer in a folder of its own.
func terminalIn(t tester, p *place) *fileTerminal {
	t.Helper()
	dir, err := os.MkdirTemp("", "oqs")
	require.NoError(t, err)
	at := &fileTerminal{dir: dir, world: (&client.Plane{URL: p.control, Token: p.token, HTTP: p.client}).World(p.name)}
	link, err := oqs.Open(oqs.Config{
		Dir: dir, Institution: hospitalCode, Desk: at.world.Terminal(hospitalCode), URL: p.public + "/w/" + p.name + "/terminal", HTTP: p.client,
		Logger: slog.New(slog.NewTextHandler(at, nil)),
	})
	require.NoError(t, err)
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		link.Run(ctx)
	}()
	t.Cleanup(func() {
		end()
		<-ended
		assert.NoError(t, os.RemoveAll(dir))
	})
	return at
}

// fileAnswer is what a client reads out of an answer, by names.
type fileAnswer struct {
	Validity  string       `xml:"MessageBody>QualificationValidity"`
	Results   []fileResult `xml:"MessageBody>ResultList>ResultOfQualificationConfirmation"`
	Reception string       `xml:"MessageBody>ReceptionNumber"`
	Units     []struct {
		Validity string       `xml:"QualificationValidity"`
		Results  []fileResult `xml:"ResultOfQualificationConfirmation"`
	} `xml:"MessageBody>BulkConfirmUnit"`
	Drugs         []string `xml:"MessageBody>MeTrMonthInf>DiDateInfs>DiDateInf>DrugInfs>DrugInf>DrugN"`
	CheckupValues []string `xml:"MessageBody>SpecificHealthCheckupInfo>HealthCheckupResultAndQuestionInfos>HealthCheckupResultAndQuestionInfo>DataValue"`
}

type fileResult struct {
	Number     string `xml:"InsuredIdentificationNumber"`
	Address    string `xml:"Address"`
	PostNumber string `xml:"PostNumber"`
}

// letter is that of a membership among the results.
func (a *fileAnswer) letter(t tester, m *world.Member) string {
	t.Helper()
	return letterIn(t, a.Results, m)
}

func letterIn(t tester, results []fileResult, m *world.Member) string {
	t.Helper()
	var found []object
	for _, r := range results {
		found = append(found, object{"insuredIdentificationNumber": r.Number, "address": r.Address, "postNumber": r.PostNumber})
	}
	return addressOf(t, found, m)
}

// awaited is how long a file may take to appear, on a machine where much else runs.
const awaited = time.Minute

// read is a file's content, once it is there.
func (at *fileTerminal) read(t tester, folder, name string) []byte {
	t.Helper()
	var data []byte
	require.Eventually(t, func() bool {
		var err error
		data, err = os.ReadFile(filepath.Join(at.dir, folder, name))
		return err == nil
	}, awaited, time.Millisecond, "%s/%s", folder, name) // the terminal says why it does not
	return data
}

// send drops a request and gives its answer's bytes.
func (at *fileTerminal) send(t tester, kind, suffix, request string) []byte {
	t.Helper()
	path := filepath.Join(at.dir, "req", kind+"req_"+suffix+".xml")
	require.NoError(t, os.WriteFile(path+".tmp", []byte(request), 0o600))
	require.NoError(t, os.Rename(path+".tmp", path))
	return at.read(t, "res", kind+"res_"+suffix+".xml")
}

// ask drops a request and reads its answer.
func (at *fileTerminal) ask(t tester, kind, suffix, request string) *fileAnswer {
	t.Helper()
	return parsed(t, at.send(t, kind, suffix, request))
}

func parsed(t tester, data []byte) *fileAnswer {
	t.Helper()
	a := &fileAnswer{}
	require.NoError(t, xml.Unmarshal(data, a), "%s", data)
	return a
}

// face puts a card on the reader, with every consent, and gives the file that comes of it.
func (at *fileTerminal) face(t tester, card string) []byte {
	t.Helper()
	reader := at.world.Terminal(hospitalCode)
	p, err := reader.Present(t.Context(), world.PresentedCard{
		CardSerial: card, Verification: world.Verification{Method: world.VerifyPIN, PIN: pin},
		Consents: world.Consents{Checkups: true, Medicines: true, LimitCertificate: true, SpecificDiseases: true},
	})
	for waited := time.Duration(0); err == nil && p.Status == world.PresentationWaiting && waited < awaited; waited += time.Second {
		p, err = reader.Presentation(t.Context(), p.ID, time.Second)
	}
	require.NoError(t, err)
	require.Equal(t, world.PresentationRead, p.Status, "%s: %s\n%s", p.Code, p.Message, at.log())
	return at.read(t, "face", p.File)
}

func (at *fileTerminal) present(t tester, card string) *fileAnswer {
	t.Helper()
	return parsed(t, at.face(t, card))
}

// batch are the letters that a batch gives.
func (at *fileTerminal) batch(t tester, c *situated) string {
	t.Helper()
	searches := ""
	for i := range c.members {
		searches += searchElement(&c.members[i])
	}
	reception := at.ask(t, "OQSmuquc01", "batch", message(`<QualificationConfirmationDate>`+c.compactDay()+`</QualificationConfirmationDate>`, searches)).Reception
	units := at.ask(t, "OQSmuquc02", "batch", message("", "<ReceptionNumber>"+reception+"</ReceptionNumber>")).Units
	require.Len(t, units, len(c.members))
	return c.letters(func(nth int, m *world.Member) string { return letterIn(t, units[nth].Results, m) })
}

// compactDay is the situation's day as files have it.
func (s situation) compactDay() string { return compact(s.day()) }

func compact(day string) string { return strings.ReplaceAll(day, "-", "") }

// message is a request of header and body.
func message(header, body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="no"?><XmlMsg><MessageHeader><MedicalInstitutionCode>` + hospitalCode +
		`</MedicalInstitutionCode>` + header + `</MessageHeader><MessageBody>` + body + `</MessageBody></XmlMsg>`
}

// searchElement asks about the holder of a membership's certificate.
func searchElement(m *world.Member) string {
	return "<QualificationConfirmSearchInfo><InsurerNumber>" + m.InsurerNumber + "</InsurerNumber><InsuredCardSymbol>" + m.InsuredCardSymbol +
		"</InsuredCardSymbol><InsuredIdentificationNumber>" + m.InsuredIdentificationNumber + "</InsuredIdentificationNumber><InsuredBranchNumber>" +
		m.InsuredBranchNumber + "</InsuredBranchNumber><Birthdate>" + compact(birthdate) + "</Birthdate>" +
		"<LimitApplicationCertificateRelatedConsFlg>1</LimitApplicationCertificateRelatedConsFlg></QualificationConfirmSearchInfo>"
}

// certificateRequest is the request about one membership's certificate, on a day.
func certificateRequest(m *world.Member, day string) string {
	return message("<QualificationConfirmationDate>"+compact(day)+"</QualificationConfirmationDate>", searchElement(m))
}

// recordsRequest is the request for the records of a certificate's holder.
func recordsRequest(m *world.Member) string {
	return message("<InsurerNumber>"+m.InsurerNumber+"</InsurerNumber><InsuranceCardSymbol>"+m.InsuredCardSymbol+
		"</InsuranceCardSymbol><InsuredPersonIdentificationNumber>"+m.InsuredIdentificationNumber+"</InsuredPersonIdentificationNumber><BranchNumber>"+
		m.InsuredBranchNumber+"</BranchNumber>", "<FileCategory>2</FileCategory>")
}
