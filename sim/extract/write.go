package extract

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"onshisim/sim/output"
	"onshisim/sim/population"
)

// Manifest says what a folder holds, so that whoever loads it can tell that it is whole.
type Manifest struct {
	Format     string `json:"format"`
	Population struct {
		Persons        int     `json:"persons"`
		Seed           uint64  `json:"seed"`
		ProtectedShare float64 `json:"protectedShare"`
	} `json:"population"`
	AsOf    string `json:"asOf"` // the day whose nation it is
	From    int    `json:"from"` // persons by index
	To      int    `json:"to"`   // not included
	Records bool   `json:"records"`
	Files   []File `json:"files"`
}

// File is one file of a folder.
type File struct {
	Name   string `json:"name"`
	Table  string `json:"table"`
	Rows   int    `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ManifestName is the name of the manifest in its folder.
const ManifestName = "manifest.json"

// Folder fills a folder that is new or empty: one file for each table, and the manifest. It stands under its name when all
// of it is on the disk, and not before.
func Folder(ctx context.Context, path string, o Options) (*Manifest, error) {
	n, err := o.nation()
	if err != nil {
		return nil, err
	}
	chosen, err := o.chosen()
	if err != nil {
		return nil, err
	}
	var m *Manifest
	err = output.Folder(path, func(folder string) error {
		var files []*file
		for _, t := range chosen {
			f, err := create(filepath.Join(folder, t.name+"."+o.Format), t, &o)
			if err != nil {
				closeAll(files)
				return err
			}
			files = append(files, f)
		}
		if err := write(ctx, n, &o, files); err != nil {
			closeAll(files)
			return err
		}
		m = manifest(n, &o, files)
		return output.File(filepath.Join(folder, ManifestName), func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(m)
		})
	})
	return m, err
}

func manifest(n *population.Nation, o *Options, files []*file) *Manifest {
	m := &Manifest{Format: o.Format, AsOf: population.AsOf, From: o.From, To: o.To, Records: o.Records}
	spec := n.Spec()
	m.Population.Persons, m.Population.Seed, m.Population.ProtectedShare = spec.Persons, spec.Seed, spec.ProtectedShare
	for _, f := range files {
		m.Files = append(m.Files, File{filepath.Base(f.path), f.table.name, f.rows, f.written, hex.EncodeToString(f.sum.Sum(nil))})
	}
	return m
}

// Stream writes one table; with none in the options, the persons.
func Stream(ctx context.Context, w io.Writer, o Options) (rows int, err error) {
	n, err := o.nation()
	if err != nil {
		return 0, err
	}
	if len(o.Tables) == 0 {
		o.Tables = []string{"persons"}
	}
	chosen, err := o.chosen()
	if err != nil {
		return 0, err
	}
	if len(chosen) != 1 {
		return 0, fmt.Errorf("one table can be streamed, and %d are asked for", len(chosen))
	}
	f := &file{table: chosen[0], encoder: encoderOf(chosen[0], &o), buffer: bufio.NewWriterSize(w, bufferSize)}
	err = write(ctx, n, &o, []*file{f})
	return f.rows, err
}

// file is one table's file as it comes into being.
type file struct {
	table   *table
	encoder encoder
	path    string
	on      *os.File // nil: a stream
	buffer  *bufio.Writer
	sum     hash.Hash
	rows    int
	written int64
}

const bufferSize = 1 << 20

func create(path string, t *table, o *Options) (*file, error) {
	on, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	f := &file{table: t, encoder: encoderOf(t, o), path: path, on: on, sum: sha256.New()}
	f.buffer = bufio.NewWriterSize(f, bufferSize)
	return f, nil
}

func encoderOf(t *table, o *Options) encoder {
	switch o.Format {
	case CSV:
		return newCSV(t, o.BOM)
	case JSONL:
		return newJSONL(t, o.Records)
	}
	return newParquet(t)
}

// Write writes to the disk, and adds to size and sum.
func (f *file) Write(text []byte) (int, error) {
	written, err := f.on.Write(text)
	f.written += int64(written)
	_, _ = f.sum.Write(text[:written]) // a hash takes everything
	return written, err
}

func (f *file) close() error {
	if err := f.encoder.finish(); err != nil {
		return err
	}
	if err := f.buffer.Flush(); err != nil || f.on == nil {
		return err
	}
	if err := f.on.Sync(); err != nil {
		return err
	}
	return f.on.Close()
}

// closeAll lets go of files that are not to stand.
func closeAll(files []*file) {
	for _, f := range files {
		_ = f.on.Close() // it is removed
	}
}

// The persons of one part. A row group of Parquet is worth more persons: readers take it as a whole.
const (
	partOfLines    = 4096
	partOfRowGroup = 1 << 16
)

// batch is the parts of all files for some persons.
type batch struct {
	parts   []part // by file; nil where persons do not matter
	persons int
	err     error
}

// write has workers compute batches of persons side by side and puts them into the files in order. There are never more
// batches than workers and one, so that memory does not grow with the nation.
func write(ctx context.Context, n *population.Nation, o *Options, files []*file) error {
	for _, f := range files {
		if err := f.encoder.begin(f.buffer); err != nil {
			return err
		}
	}
	ctx, end := context.WithCancel(ctx)
	var working sync.WaitGroup
	defer working.Wait()
	defer end()
	if err := putPersons(ctx, n, o, files, &working); err != nil {
		return err
	}
	for _, f := range files {
		if f.table.static != nil {
			p := f.encoder.part()
			if err := p.addAll(n); err != nil {
				return err
			}
			if err := p.seal(); err != nil {
				return err
			}
			if err := f.put(p); err != nil {
				return err
			}
		}
		if err := f.close(); err != nil {
			return err
		}
	}
	return nil
}

func putPersons(ctx context.Context, n *population.Nation, o *Options, files []*file, working *sync.WaitGroup) error {
	size := partOfLines
	if o.Format == Parquet {
		size = partOfRowGroup
	}
	free := make(chan *batch, o.Workers+1)
	for range cap(free) {
		free <- newBatch(files)
	}
	inOrder := make(chan chan *batch, o.Workers)
	working.Go(func() {
		defer close(inOrder)
		for from := o.From; from < o.To; from += size {
			done := make(chan *batch, 1)
			select {
			case inOrder <- done:
			case <-ctx.Done():
				return
			}
			select {
			case b := <-free:
				working.Go(func() {
					b.compute(ctx, n, o, files, from, min(from+size, o.To))
					done <- b
				})
			case <-ctx.Done():
				return
			}
		}
	})
	written := 0
	for done := range inOrder {
		var b *batch
		select {
		case b = <-done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if b.err != nil {
			return b.err
		}
		for i, f := range files {
			if b.parts[i] == nil {
				continue
			}
			if err := f.put(b.parts[i]); err != nil {
				return err
			}
		}
		if written += b.persons; o.Progress != nil {
			o.Progress(written)
		}
		free <- b
	}
	return context.Cause(ctx)
}

func (f *file) put(p part) error {
	rows, err := p.put()
	f.rows += rows
	return err
}

func newBatch(files []*file) *batch {
	b := &batch{parts: make([]part, len(files))}
	for i, f := range files {
		if f.table.static == nil {
			b.parts[i] = f.encoder.part()
		}
	}
	return b
}

// compute fills the parts with the persons of a range.
func (b *batch) compute(ctx context.Context, n *population.Nation, o *Options, files []*file, from, to int) {
	b.persons = to - from
	needed, persons := o.Records, false
	for i, f := range files {
		needed = needed || f.table.ofRecords
		persons = persons || b.parts[i] != nil
	}
	var p population.Person
	var r population.Records
	for index := from; index < to && persons; index++ {
		if index%partOfLines == 0 && ctx.Err() != nil {
			b.err = context.Cause(ctx)
			return
		}
		n.Write(index, &p)
		if needed {
			r = n.Records(index)
		}
		for _, part := range b.parts {
			if part != nil {
				if b.err = part.add(&p, &r); b.err != nil {
					return
				}
			}
		}
	}
	for _, part := range b.parts {
		if part != nil && b.err == nil {
			b.err = part.seal()
		}
	}
}
