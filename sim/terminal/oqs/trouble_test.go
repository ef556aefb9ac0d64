package oqs_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/terminal/oqs"
	"onshisim/sim/world"
)

// inTheWay puts a folder where files of a name are to be, until the function that it gives is called.
func (x *terminal) inTheWay(t testing.TB, folder, name string) (away func()) {
	t.Helper()
	require.NoError(t, os.MkdirAll(x.path(folder, name, "inside"), 0o755))
	return func() { require.NoError(t, os.RemoveAll(x.path(folder, name))) }
}

// TestAnswerThatCanNotBeDelivered is made once, waits, and keeps no other from being answered.
func TestAnswerThatCanNotBeDelivered(t *testing.T) {
	t.Parallel()
	x := start(t)
	var aside []func()
	for _, suffix := range []string{"a", "b", "c", "d", "e"} {
		aside = append(aside, x.inTheWay(t, "res", "OQSmuquc01res_"+suffix+".xml"))
		x.drop(t, "OQSmuquc01req_"+suffix+".xml", []byte(threePersons))
	}
	received := func() int {
		entries, err := os.ReadDir(x.path(".onshisim"))
		require.NoError(t, err)
		return len(entries)
	}
	require.Eventually(t, func() bool { return received() == 5 }, eventually, tick)
	x.ask(t, "OQSsiquc01", "1", yuko)
	x.ask(t, "OQSsiquc01", "2", yuko)
	for _, clear := range aside {
		clear()
	}
	x.gone(t, "OQSmuquc01req_e.xml")
	assert.Equal(t, 5, received(), "each was received once")
	assert.NotEmpty(t, text(x.await(t, "res", "OQSmuquc01res_a.xml"), "ReceptionNumber"))
}

// TestWhatIsDeliveredLateIsMadeLate: P12-5: a flag that is set while an answer can't be delivered, or is late, hides the address.
func TestWhatIsDeliveredLateIsMadeLate(t *testing.T) {
	t.Parallel()
	for name, wait := range map[string]func(t *testing.T, x *terminal, told <-chan string) (goOn func()){
		"in the way": func(t *testing.T, x *terminal, told <-chan string) func() {
			clear := x.inTheWay(t, "res", "OQSsiquc01res_1.xml")
			x.drop(t, "OQSsiquc01req_1.xml", []byte(yuko))
			require.Contains(t, <-told, "tried again")
			return clear
		},
		"late": func(t *testing.T, x *terminal, _ <-chan string) func() {
			x.script(t, "OQSsiquc01", "", "3s")
			x.drop(t, "OQSsiquc01req_1.xml", []byte(yuko))
			require.Eventually(t, func() bool {
				faults, err := x.world.Faults(t.Context())
				return err == nil && faults[0].Struck == 1
			}, eventually, tick)
			return func() {}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told := make(chan string, 100)
			x := start(t, func(c *oqs.Config) { c.Logger = telling(told) })
			goOn := wait(t, x, told)
			person, err := x.world.Person(t.Context(), "yuko")
			require.NoError(t, err)
			person.Members[0].Flags.NonDisclosure = true
			_, err = x.world.PutPerson(t.Context(), person)
			require.NoError(t, err)
			goOn()
			got := x.await(t, "res", "OQSsiquc01res_1.xml")
			assert.Contains(t, got, "有効　優子")
			assert.NotContains(t, got, "Address")
		})
	}
}

// TestFaceFileThatCanNotBeDelivered is not kept: the card is put on the reader again.
func TestFaceFileThatCanNotBeDelivered(t *testing.T) {
	t.Parallel()
	x := start(t)
	require.NoError(t, os.Remove(x.path("face")))
	require.NoError(t, os.WriteFile(x.path("face"), nil, 0o600))
	assert.Equal(t, "SIM-OQS-FACE", x.present(t, "card-yuko-1", "6601").Code)
	require.NoError(t, os.Remove(x.path("face")))
	require.NoError(t, os.Mkdir(x.path("face"), 0o700))
	assert.Equal(t, world.PresentationRead, x.present(t, "card-yuko-1", "6601").Status)
}

// TestFoldersThatVanish are made anew, as those of a network that was away.
func TestFoldersThatVanish(t *testing.T) {
	t.Parallel()
	x := start(t)
	x.ask(t, "OQSsiquc01", "1", yuko)
	x.gone(t, "OQSsiquc01req_1.xml")
	for _, folder := range []string{"req", "res"} {
		require.NoError(t, os.RemoveAll(x.path(folder)))
	}
	require.Eventually(t, func() bool {
		_, err := os.Stat(x.path("res"))
		return err == nil
	}, eventually, tick)
	x.ask(t, "OQSsiquc01", "2", yuko)
}

// forgetful is a desk that is told in vain what became of a card, for a while.
type forgetful struct {
	oqs.Desk
	fails atomic.Int32
}

func (d *forgetful) End(ctx context.Context, id string, outcome world.PresentationOutcome) (world.Presentation, error) {
	if d.fails.Add(-1) >= 0 {
		return world.Presentation{}, errors.New("nobody listens")
	}
	return d.Desk.End(ctx, id, outcome)
}

// TestCardIsReadOnce: a wrong PIN counts once, and the next card does not wait, whatever comes between.
func TestCardIsReadOnce(t *testing.T) {
	t.Parallel()
	desk := &forgetful{}
	desk.fails.Store(3)
	x := start(t, func(c *oqs.Config) { desk.Desk, c.Desk = c.Desk, desk })
	assert.Equal(t, "SIM-CARD-PIN", x.present(t, "card-yuko-1", "0000").Code)
	assert.Equal(t, world.PresentationRead, x.present(t, "card-yuko-1", "6601").Status, "the card is not locked")
	assert.Len(t, x.faces(t), 1)
}

// TestTwoReadsAreTwoFiles: also of one card, and of cards that open nothing, in one second.
func TestTwoReadsAreTwoFiles(t *testing.T) {
	t.Parallel()
	x := start(t)
	for _, card := range []string{"card-yuko-1", "card-yuko-1", "no-such-card", "other-card"} {
		x.present(t, card, "6601")
	}
	assert.Len(t, x.faces(t), 4)
}

// TestDamagedReception is one that is not there.
func TestDamagedReception(t *testing.T) {
	t.Parallel()
	x := start(t)
	number := x.receive(t, "OQSmuquc01", "1", threePersons)
	require.NoError(t, os.WriteFile(x.path(".onshisim", number+".json"), []byte("{"), 0o600))
	assert.Equal(t, "SIM-OQS-RECEPTION", text(x.ask(t, "OQSmuquc02", "1", askFor(number)), "ErrorCode"))
}

// TestOldestReceptionsGo: by when they came, not by their worlds' clocks.
func TestOldestReceptionsGo(t *testing.T) {
	t.Parallel()
	x := start(t)
	future := strings.Repeat("9", 20)
	for i := range 1000 {
		name := x.path(".onshisim", future[:16]+string([]byte{'0' + byte(i/1000%10), '0' + byte(i/100%10), '0' + byte(i/10%10), '0' + byte(i%10)})+".json")
		require.NoError(t, os.WriteFile(name, []byte("{}"), 0o600))
		require.NoError(t, os.Chtimes(name, time.Time{}, time.Unix(int64(i), 0)))
	}
	first := x.receive(t, "OQSmuquc01", "1", threePersons)
	second := x.receive(t, "OQSmuquc01", "2", threePersons)
	for suffix, number := range map[string]string{"1": first, "2": second} {
		assert.Equal(t, "3", text(x.ask(t, "OQSmuquc02", suffix, askFor(number)), "NumberOfProcessingResult"))
	}
	assert.NoFileExists(t, x.path(".onshisim", future[:16]+"0001.json"))
	assert.FileExists(t, x.path(".onshisim", future[:16]+"0002.json"))
}

// TestFailedAnswersRepeatTheRequest: what the header of every answer has stands in that of a failed one too.
func TestFailedAnswersRepeatTheRequest(t *testing.T) {
	t.Parallel()
	x := start(t)
	elsewhere := msg(elements("QualificationConfirmationDate", "20210401", "MedicalInstitutionCode", "9949990015", "ArbitraryFileIdentifier", "client-1"), search("6601", "66010", "00", "19800101"))
	got := x.ask(t, "OQSsiquc01", "1", elsewhere)
	assert.Contains(t, got, elements("QualificationConfirmationDate", "20210401", "MedicalInstitutionCode", hospital,
		"ArbitraryFileIdentifier", "client-1", "ReferenceClassification", "2", "SegmentOfResult", "9", "ErrorCode", "SIM-OQS-INSTITUTION"))
	assert.Equal(t, "2", text(got, "ProcessingResultStatus"))

	x.script(t, "OQSsiquc01", "error", "")
	got = x.refused(t, "OQSsiquc01req_2.xml", "OQSsiquc01err_2.xml", []byte(yuko))
	assert.Equal(t, "client-1", text(got, "ArbitraryFileIdentifier"))

	got = x.ask(t, "OQSmuquc02", "1", askFor("20210401090000999999"))
	assert.Contains(t, got, elements("ReceptionNumber", "20210401090000999999", "SegmentOfResult", "9"))
}
