package extract

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAnyTextComesBackFromCSV: as another reader of RFC 4180 reads it.
func TestAnyTextComesBackFromCSV(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.SliceOfN(rapid.StringOf(rapid.SampledFrom([]rune("a\",\n 架空　"))), 2, 5).Draw(t, "fields")
		var s csvSink
		texts(&s, fields...)
		s.end()
		read, err := csv.NewReader(strings.NewReader(string(s.bytes))).Read()
		require.NoError(t, err)
		assert.Equal(t, fields, read)
	})
}
