package scenario_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/scenario"
)

func TestLabel(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "カードで資格確認", scenario.Label("POST", "/terminal/card-reads"))
	assert.Equal(t, "薬剤情報の閲覧", scenario.Label("GET", "/terminal/card-reads/abc/medicines"))
	assert.Equal(t, "自己情報の閲覧", scenario.Label("GET", "/mynaportal/self-information?principal=portal-taro"))
	assert.Empty(t, scenario.Label("GET", "/terminal/card-reads"), "another method")
	assert.Empty(t, scenario.Label("GET", "/terminal/card-reads/abc"), "a shorter path")
	assert.Empty(t, scenario.Label("", ""))
}
