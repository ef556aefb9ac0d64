package conformance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

// TestDocumentComesBack: what a document says is what the world answers, when it is made and later.
func TestDocumentComesBack(t *testing.T) {
	t.Parallel()
	for i, document := range []world.Document{plainNation(), reserving(), certified(), abused()} {
		t.Run(fmt.Sprint("document ", i), func(t *testing.T) {
			t.Parallel()
			p := freePlace(t, examined(t))
			var given object
			require.NoError(t, json.Unmarshal(encoded(t, document), &given))
			made := p.create(t, document)
			contains(t, "world", decoded(t, made), given)
			contains(t, "world", decoded(t, p.command(t, http.MethodGet, "", nil)), given)
		})
	}
}

// contains wants everything given that is not empty to stand in what came back.
func contains(t *testing.T, where string, back, given any) {
	t.Helper()
	switch given := given.(type) {
	case object:
		for name, value := range given {
			if value != "" {
				contains(t, where+"."+name, back.(object)[name], value)
			}
		}
	case []any:
		require.Len(t, back, len(given), where)
		for i, value := range given {
			contains(t, fmt.Sprint(where, ".", i), back.([]any)[i], value)
		}
	default:
		require.Equal(t, given, back, where)
	}
}
