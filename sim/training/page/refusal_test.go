package page_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/training/page"
)

func TestWhatWasSeenIsSaidInTheScreensWords(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "有効 荒波　静江", page.Saw(200, "", "有効 荒波　静江"))
	assert.Equal(t, "このカードは一時停止されています。", page.Saw(403, "SIM-CARD-SUSPENDED", "403 SIM-CARD-SUSPENDED The card is suspended."))
	assert.Equal(t, "システムから正しい応答がありません。しばらくしてからやり直してください。", page.Saw(502, "", "502 Bad Gateway"))
	assert.Equal(t, "受け付けられませんでした。", page.Saw(422, "", "422 Unprocessable Entity"))
}
