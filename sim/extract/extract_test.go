package extract_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"onshisim/sim/extract"
	"onshisim/sim/population"
	"onshisim/sim/world"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var spec = population.Spec{Seed: 5, Persons: 9000, ProtectedShare: 0.05}

func nationOf(t *testing.T) *population.Nation {
	t.Helper()
	n, err := population.New(spec)
	require.NoError(t, err)
	return n
}

// written is a folder of everything.
func written(t *testing.T, o extract.Options) (folder string, m *extract.Manifest) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "out")
	o.Population = spec
	m, err := extract.Folder(t.Context(), folder, o)
	require.NoError(t, err)
	return folder, m
}

func content(t *testing.T, folder, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name))
	require.NoError(t, err)
	return text
}

// rowsOf reads a CSV file: a map for each row.
func rowsOf(t *testing.T, text []byte) (rows []map[string]string) {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTablesHoldTheNation(t *testing.T) {
	t.Parallel()
	n := nationOf(t)
	folder, m := written(t, extract.Options{Format: extract.CSV, Records: true, Workers: 3})
	persons, members := rowsOf(t, content(t, folder, "persons.csv")), rowsOf(t, content(t, folder, "members.csv"))
	medicines, changes := rowsOf(t, content(t, folder, "medicines.csv")), rowsOf(t, content(t, folder, "flagHistory.csv"))
	require.Len(t, persons, spec.Persons)
	at, given, changed := 0, 0, 0
	for index := range n.Persons() {
		p, r := n.Person(index), n.Records(index)
		require.Equal(t, p.ID, persons[index]["personId"], "in the order of the nation")
		assert.Equal(t, p.Address, persons[index]["address"])
		assert.Equal(t, strconv.Itoa(p.Household), persons[index]["household"])
		for i := range p.Members {
			row := members[at]
			at++
			require.Equal(t, p.Members[i].PersonalInsuredNumber, row["personalInsuredNumber"])
			assert.Equal(t, p.ID, row["personId"])
			assert.Equal(t, p.Members[i].Address, row["address"], "as that insurer knows it")
			assert.Equal(t, strconv.FormatBool(p.Members[i].SelfInformationBlocked), row["selfInformationBlocked"])
			changed += len(p.Members[i].FlagHistory)
		}
		for _, medicine := range r.Medicines {
			require.Equal(t, medicine.MedicineName, medicines[given]["medicineName"])
			given++
		}
	}
	assert.Len(t, members, at)
	assert.Len(t, medicines, given)
	assert.Len(t, changes, changed)
	assert.Positive(t, changed)
	assert.Len(t, rowsOf(t, content(t, folder, "institutions.csv")), n.Institutions())
	assert.Len(t, rowsOf(t, content(t, folder, "insurers.csv")), len(n.Insurers()))
	assert.Len(t, m.Files, len(extract.Tables(extract.CSV)))
}

// TestTheManifestTellsWhetherAllIsThere: rows, bytes and sums are those of the files, and there is no other file.
func TestTheManifestTellsWhetherAllIsThere(t *testing.T) {
	t.Parallel()
	for _, format := range []string{extract.CSV, extract.JSONL, extract.Parquet} {
		folder, m := written(t, extract.Options{Format: format, Workers: 2})
		var told extract.Manifest
		require.NoError(t, json.Unmarshal(content(t, folder, extract.ManifestName), &told))
		assert.Equal(t, m, &told)
		assert.Equal(t, spec.Persons, m.To)
		held, err := os.ReadDir(folder)
		require.NoError(t, err)
		assert.Len(t, held, len(m.Files)+1)
		for _, f := range m.Files {
			text := content(t, folder, f.Name)
			sum := sha256.Sum256(text)
			assert.Equal(t, f.SHA256, hex.EncodeToString(sum[:]), f.Name)
			assert.Equal(t, f.Bytes, int64(len(text)), f.Name)
			if format == extract.JSONL {
				assert.Equal(t, f.Rows, bytes.Count(text, []byte("\n")), f.Name)
			}
		}
	}
}

// TestTheSameSpecIsTheSameBytes: however many compute, and a range is what stands there in the whole.
func TestTheSameSpecIsTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, format := range []string{extract.CSV, extract.JSONL, extract.Parquet} {
		_, one := written(t, extract.Options{Format: format, Workers: 1})
		_, many := written(t, extract.Options{Format: format, Workers: 7})
		assert.Equal(t, one, many)
	}
	stream := func(from, to int) string {
		var out bytes.Buffer
		rows, err := extract.Stream(t.Context(), &out, extract.Options{Population: spec, Format: extract.CSV, From: from, To: to, Workers: 2})
		require.NoError(t, err)
		require.Equal(t, to-from, rows)
		_, body, _ := strings.Cut(out.String(), "\r\n")
		return body
	}
	assert.Equal(t, stream(0, spec.Persons), stream(0, 5000)+stream(5000, spec.Persons))
}

func TestADocumentIsThePersonsOfTheInterface(t *testing.T) {
	t.Parallel()
	n := nationOf(t)
	for _, records := range []bool{false, true} {
		var out bytes.Buffer
		_, err := extract.Stream(t.Context(), &out, extract.Options{Population: spec, Format: extract.JSONL, To: 50, Records: records})
		require.NoError(t, err)
		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		require.Len(t, lines, 50)
		for index, line := range lines {
			var d world.Person
			decoder := json.NewDecoder(strings.NewReader(line))
			decoder.DisallowUnknownFields()
			require.NoError(t, decoder.Decode(&d))
			p, r := n.Person(index), n.Records(index)
			assert.Equal(t, p.ID, d.ID)
			assert.Len(t, d.Members, len(p.Members))
			assert.Equal(t, records, strings.Contains(line, `"medicines":`))
			if records {
				assert.Len(t, d.Medicines, len(r.Medicines))
			}
		}
	}
}

func TestParquetHoldsWhatCSVHolds(t *testing.T) {
	t.Parallel()
	inText, _ := written(t, extract.Options{Format: extract.CSV, Records: true, Workers: 2})
	folder, m := written(t, extract.Options{Format: extract.Parquet, Records: true, Workers: 2})
	for _, f := range m.Files {
		file, err := os.Open(filepath.Join(folder, f.Name))
		require.NoError(t, err)
		read, err := parquet.OpenFile(file, f.Bytes)
		require.NoError(t, err)
		require.Equal(t, int64(f.Rows), read.NumRows(), f.Name)
		want, err := csv.NewReader(bytes.NewReader(content(t, inText, f.Table+".csv"))).ReadAll()
		require.NoError(t, err)
		require.Len(t, want, f.Rows+1, f.Name)
		for i, column := range read.Schema().Columns() {
			require.Equal(t, want[0][i], column[0], "in the same order")
		}
		compare(t, read.RowGroups()[0].Rows(), want[1:min(len(want), 3001)])
		require.NoError(t, file.Close())
	}
}

func compare(t *testing.T, rows parquet.Rows, want [][]string) {
	t.Helper()
	defer rows.Close()
	buffer := make([]parquet.Row, 1)
	for _, line := range want {
		read, err := rows.ReadRows(buffer)
		if !errors.Is(err, io.EOF) {
			require.NoError(t, err)
		}
		require.Equal(t, 1, read)
		for i, value := range buffer[0] {
			require.Equal(t, line[i], value.String())
		}
	}
}

// TestHalfAnExportIsNone: what was broken off, or can't be written, leaves nothing under the name.
func TestHalfAnExportIsNone(t *testing.T) {
	t.Parallel()
	above := t.TempDir()
	folder := filepath.Join(above, "out")
	ctx, end := context.WithCancel(t.Context())
	defer end()
	_, err := extract.Folder(ctx, folder, extract.Options{
		Population: population.Spec{Seed: 1, Persons: 1_000_000}, Format: extract.CSV, Workers: 2, Progress: func(int) { end() },
	})
	require.ErrorIs(t, err, context.Canceled)
	held, err := os.ReadDir(above)
	require.NoError(t, err)
	assert.Empty(t, held)

	_, err = extract.Stream(t.Context(), broken{}, extract.Options{Population: population.Spec{Seed: 1, Persons: 1_000_000}, Format: extract.CSV, Workers: 2})
	require.ErrorIs(t, err, errBroken)

	require.NoError(t, os.Mkdir(folder, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "mine"), nil, 0o600))
	_, err = extract.Folder(t.Context(), folder, extract.Options{Population: spec, Format: extract.CSV})
	require.ErrorContains(t, err, "give a folder that is new or empty")
}

var errBroken = errors.New("the pipe is broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// TestMemoryDoesNotGrowWithTheNation: ten times the persons take no more of it.
func TestMemoryDoesNotGrowWithTheNation(t *testing.T) { //nolint:paralleltest // it measures the whole process
	peak := func(persons int) (most uint64) {
		runtime.GC()
		_, err := extract.Stream(t.Context(), io.Discard, extract.Options{
			Population: population.Spec{Seed: 1, Persons: persons}, Format: extract.CSV, Tables: []string{"members"}, Workers: 2,
			Progress: func(int) {
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc)
			},
		})
		require.NoError(t, err)
		return most
	}
	few, many := peak(30_000), peak(300_000)
	assert.Less(t, many, few+few/2+8<<20, "bytes of heap")
}

func TestWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for says, o := range map[string]extract.Options{
		"Persons":                       {Format: extract.CSV},
		`format "xml"`:                  {Population: spec, Format: "xml"},
		"range 9000:9000":               {Population: spec, Format: extract.CSV, From: 9000},
		"range 0:9001":                  {Population: spec, Format: extract.CSV, To: 9001},
		"byte order mark":               {Population: spec, Format: extract.Parquet, BOM: true},
		`"persns" is no table`:          {Population: spec, Format: extract.CSV, Tables: []string{"persns"}},
		`"members" is no table`:         {Population: spec, Format: extract.JSONL, Tables: []string{"members"}},
		"one table can be streamed":     {Population: spec, Format: extract.CSV, Tables: []string{"persons", "cards"}},
		"the tables are persons, cards": {Population: spec, Format: extract.CSV, Tables: []string{""}},
	} {
		_, err := extract.Stream(t.Context(), io.Discard, o)
		assert.ErrorContains(t, err, says)
	}
}

func TestAByteOrderMarkIsWrittenIfAskedFor(t *testing.T) {
	t.Parallel()
	for _, bom := range []bool{false, true} {
		var out bytes.Buffer
		_, err := extract.Stream(t.Context(), &out, extract.Options{Population: spec, Format: extract.CSV, To: 3, BOM: bom})
		require.NoError(t, err)
		assert.Equal(t, bom, strings.HasPrefix(out.String(), "\uFEFF"))
	}
}
