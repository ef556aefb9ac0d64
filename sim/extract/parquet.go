package extract

import (
	"fmt"
	"io"
	"reflect"
	"unsafe"

	"github.com/parquet-go/parquet-go"

	"onshisim/sim/population"
)

// newParquet is the encoder of a Parquet file. A part is a row group: it is encoded and compressed beside others.
func newParquet(t *table) encoder { return &parquetFile{of: t, schema: schemaOf(t)} }

type parquetFile struct {
	of     *table
	schema *parquet.Schema
	w      *parquet.GenericWriter[any]
}

// schemaOf has the columns in their order, which a struct type alone keeps.
func schemaOf(t *table) *parquet.Schema {
	fields := make([]reflect.StructField, 0, len(t.columns))
	for i, c := range t.columns {
		f := reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: reflect.TypeFor[string](), Tag: reflect.StructTag(fmt.Sprintf(`parquet:"%s"`, c.name))}
		switch c.kind {
		case word:
			f.Tag = reflect.StructTag(fmt.Sprintf(`parquet:"%s,dict"`, c.name))
		case truth:
			f.Type = reflect.TypeFor[bool]()
		case number:
			f.Type = reflect.TypeFor[int64]()
		case text:
		}
		fields = append(fields, f)
	}
	return parquet.NewSchema(t.name, parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface()))
}

func (f *parquetFile) begin(w io.Writer) error {
	f.w = parquet.NewGenericWriter[any](w, f.schema, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("onshisim", "", ""))
	return nil
}

func (f *parquetFile) finish() error { return f.w.Close() }

func (f *parquetFile) part() part {
	return &rowGroup{file: f, group: f.w.BeginRowGroup(), columns: make([][]parquet.Value, len(f.of.columns))}
}

// rowGroup is a part: values are gathered by column, and encoded when there are some.
type rowGroup struct {
	file    *parquetFile
	group   *parquet.ConcurrentRowGroupWriter
	columns [][]parquet.Value
	next    int // column
	rows    int
	err     error // the first one
}

// gathered is how many rows are gathered before they are encoded.
const gathered = 1024

func (g *rowGroup) value(v parquet.Value) {
	g.columns[g.next] = append(g.columns[g.next], v.Level(0, 0, g.next))
	g.next++
}

// text lends the text's bytes to the encoder, which only reads them.
func (g *rowGroup) text(value string) {
	g.value(parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(value), len(value))))
}
func (g *rowGroup) truth(value bool)   { g.value(parquet.BooleanValue(value)) }
func (g *rowGroup) number(value int64) { g.value(parquet.Int64Value(value)) }

func (g *rowGroup) end() {
	g.next = 0
	g.rows++
	if len(g.columns[0]) >= gathered {
		g.encode()
	}
}

func (g *rowGroup) encode() {
	writers := g.group.ColumnWriters()
	for i, values := range g.columns {
		if _, err := writers[i].WriteRowValues(values); err != nil && g.err == nil {
			g.err = err
		}
		clear(values)
		g.columns[i] = values[:0]
	}
}

func (g *rowGroup) add(p *population.Person, r *population.Records) error {
	g.file.of.rows(g, p, r)
	return g.err
}

func (g *rowGroup) addAll(n *population.Nation) error {
	g.file.of.static(g, n)
	return g.err
}

func (g *rowGroup) seal() error {
	if g.encode(); g.err == nil {
		g.err = g.group.Flush()
	}
	return g.err
}

func (g *rowGroup) put() (rows int, err error) {
	if rows, g.rows = g.rows, 0; rows > 0 {
		_, err = g.group.Commit()
	}
	return rows, err
}
