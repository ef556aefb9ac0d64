package load

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWhatVariesMayVary(t *testing.T) {
	t.Parallel()
	answer := Expect([]byte(`{"name":"甲","id":"a1","at":"","id2":"x"}`), "id", "at")
	assert.True(t, answer.Is([]byte(`{"name":"甲","id":"a1","at":"","id2":"x"}`)))
	assert.True(t, answer.Is([]byte(`{"name":"甲","id":"bcd","at":"","id2":"x"}`)))
	for _, wrong := range []string{
		`{"name":"乙","id":"a1","at":"","id2":"x"}`, `{"name":"甲","id":"a1","at":"1","id2":"x"}`,
		`{"name":"甲","id":"a1","at":"","id2":"x"}}`, `{"name":"甲","id":"a1"`, `{"name":"甲","id":"`, ``,
	} {
		assert.False(t, answer.Is([]byte(wrong)), wrong)
	}
	assert.True(t, Expect([]byte(`{}`)).Is([]byte(`{}`)))
}
