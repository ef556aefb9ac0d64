package pdf_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"onshisim/sim/terminal/oqs/pdf"
)

func TestADocumentIsOneTitleAndItsLines(t *testing.T) {
	document := pdf.Document{Title: "特定健診情報", Lines: []string{"氏名　恩資　髙子 (ｵﾝｼ ﾀｶｺ)", "", `受診日 2026/04/01 \ 𠮷`, "体重\t61.5 kg"}}
	data := document.Append(nil)
	assert.Equal(t, [][]string{{"特定健診情報", "氏名　恩資　髙子 (ｵﾝｼ ﾀｶｺ)", "", `受診日 2026/04/01 \ 𠮷`, "体重 61.5 kg", "1 / 1"}}, pages(t, data))
	assert.True(t, bytes.HasPrefix(data, []byte("%PDF-1.5\n")))
	assert.True(t, bytes.HasSuffix(data, []byte("%%EOF\n")))
	assert.Contains(t, string(data), "/Lang(ja-JP)")
	assert.Contains(t, string(data), "/Title<FEFF72795B9A50658A3A60C55831>")
	assert.Contains(t, string(data), "/J 16 Tf 100 Tz <72795B9A50658A3A60C55831> Tj", "the title is larger")
	assert.Contains(t, string(data), "D842DFB7> Tj", "𠮷 has two units of UTF-16")
}

func TestOneDocumentHasTheSameBytesBehindAnything(t *testing.T) {
	document := pdf.Document{Title: "薬剤情報", Lines: []string{"アムロジピン錠5mg"}}
	data := document.Append(nil)
	assert.Equal(t, "before"+string(data), string(document.Append([]byte("before"))))
}

func TestLongLinesWrapAtTheMargin(t *testing.T) {
	full, half := strings.Repeat("恩", 100), strings.Repeat("ｵ1", 60)
	document := pdf.Document{Lines: []string{full, half}}
	assert.Equal(t, [][]string{{
		strings.Repeat("恩", 48), strings.Repeat("恩", 48), "恩恩恩恩",
		strings.Repeat("ｵ1", 48), strings.Repeat("ｵ1", 12), "1 / 1",
	}}, pages(t, document.Append(nil)))
}

func TestManyLinesTakeManyPages(t *testing.T) {
	document := pdf.Document{Title: "一覧"}
	for i := range 100 {
		document.Lines = append(document.Lines, fmt.Sprint("行", i))
	}
	got := pages(t, document.Append(nil))
	require.Len(t, got, 3)
	assert.Equal(t, []string{"一覧", "行0"}, got[0][:2])
	assert.Equal(t, "1 / 3", got[0][len(got[0])-1])
	assert.Equal(t, []string{"行99", "3 / 3"}, got[2][len(got[2])-2:])
}

func TestAnEmptyDocumentIsAPage(t *testing.T) {
	document := pdf.Document{}
	assert.Equal(t, [][]string{{"1 / 1"}}, pages(t, document.Append(nil)))
}

func TestVariationSelectorsAreLeftOut(t *testing.T) {
	document := pdf.Document{Lines: []string{"葛\U000E0100城市"}}
	assert.Equal(t, [][]string{{"葛城市", "1 / 1"}}, pages(t, document.Append(nil)))
}

func TestEveryTextComesBack(t *testing.T) {
	visible := rapid.StringOf(rapid.RuneFrom([]rune(`AZaz09()\ <>%~ｱﾞ恩髙～𠮷　é`)))
	rapid.Check(t, func(t *rapid.T) {
		document := pdf.Document{Lines: rapid.SliceOf(visible).Draw(t, "lines")}
		var shown strings.Builder
		for _, page := range pages(t, document.Append(nil)) {
			shown.WriteString(strings.Join(page[:len(page)-1], ""))
		}
		require.Equal(t, strings.Join(document.Lines, ""), shown.String())
	})
}

// pages reads the rows of each page by way of the table of objects, as readers do.
func pages(t require.TestingT, data []byte) [][]string {
	objects := objectsOf(t, data)
	var pages [][]string
	root := match(t, `/Pages (\d+) 0 R`, objects[1])
	for _, kid := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(match(t, `/Kids\[(.*?)\]`, objects[number(t, root)]), -1) {
		content := objects[number(t, match(t, `/Contents (\d+) 0 R`, objects[number(t, kid[1])]))]
		stream := match(t, `(?s)stream\n(.*)\nendstream`, content)
		require.Equal(t, number(t, match(t, `/Length (\d+)`, content)), len(stream))
		pages = append(pages, rows(t, stream))
	}
	require.Equal(t, number(t, match(t, `/Count (\d+)`, objects[number(t, root)])), len(pages))
	return pages
}

// objectsOf finds each object where the table says that it is.
func objectsOf(t require.TestingT, data []byte) map[int]string {
	text := string(data)
	table := text[number(t, match(t, `startxref\n(\d+)\n%%EOF\n$`, text)):]
	require.True(t, strings.HasPrefix(table, "xref\n0 "), "startxref leads to the table")
	entries := regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`).FindAllStringSubmatch(table, -1)
	objects := map[int]string{}
	for i, entry := range entries {
		object := text[number(t, entry[1]):]
		require.True(t, strings.HasPrefix(object, fmt.Sprintf("%d 0 obj\n", i+1)), "object %d is where the table says", i+1)
		object, _, ended := strings.Cut(object, "\nendobj\n")
		require.True(t, ended)
		objects[i+1] = object
	}
	require.Equal(t, number(t, match(t, `/Size (\d+)`, table)), len(objects)+1)
	return objects
}

var (
	shown   = regexp.MustCompile(`<([0-9A-F]*)> Tj|\(((?:[^\\()]|\\.)*)\) Tj`)
	escaped = regexp.MustCompile(`\\(.)`)
)

// rows reads what a content stream shows, one text for each position.
func rows(t require.TestingT, stream string) []string {
	var rows []string
	for _, row := range strings.Split(stream, " Tm\n")[1:] {
		var text strings.Builder
		for _, part := range shown.FindAllStringSubmatch(row, -1) {
			text.WriteString(utf16Text(t, part[1]) + escaped.ReplaceAllString(part[2], "$1"))
		}
		rows = append(rows, text.String())
	}
	return rows
}

func utf16Text(t require.TestingT, digits string) string {
	data, err := hex.DecodeString(digits)
	require.NoError(t, err)
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i])<<8 | uint16(data[2*i+1])
	}
	return string(utf16.Decode(units))
}

func match(t require.TestingT, pattern, text string) string {
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	require.NotNil(t, found, pattern)
	return found[1]
}

func number(t require.TestingT, digits string) int {
	n, err := strconv.Atoi(digits)
	require.NoError(t, err)
	return n
}
