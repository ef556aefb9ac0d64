package guidance_test

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"onshisim/sim/guidance"
)

// The ids as the notice numbers them, counted there by hand.
func noticeIDs() (ids []string) {
	series := func(place string, rules int) {
		for n := 1; n <= rules; n++ {
			ids = append(ids, fmt.Sprintf("%s-%d", place, n))
		}
	}
	series("P3", 6)
	series("P5", 5)
	series("P6", 8)
	series("P7", 1)
	series("P8", 2)
	series("P9", 2)
	series("P10", 2)
	series("P11", 3)
	series("P12", 9)
	ids = append(ids, "P12-a", "P12-b", "P12-c", "P12-d", "P12-e", "P12-f", "P12-g")
	series("P13", 7)
	series("P15", 3)
	series("P16", 1)
	series("P17", 2)
	series("QA", 6)
	return ids
}

func TestRulesAreThoseOfTheNoticeInItsOrder(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, rule := range guidance.Rules() {
		ids = append(ids, rule.ID)
	}
	assert.Equal(t, noticeIDs(), ids)
	assert.Len(t, ids, 64)
}

func TestRulesAreWellFormed(t *testing.T) {
	t.Parallel()
	ids, texts := map[string]bool{}, map[string]bool{}
	for _, rule := range guidance.Rules() {
		assert.Regexp(t, `^(P([3-9]|1[0-7])-([1-9]|[a-g])|QA-[1-6])$`, rule.ID)
		place := "QA"
		if rule.Page != 0 {
			place = fmt.Sprintf("P%d", rule.Page)
		}
		assert.True(t, strings.HasPrefix(rule.ID, place+"-"), "%s stands on page %d", rule.ID, rule.Page)
		assert.Regexp(t, `^[^\n。]+。$`, rule.Text, "%s is one sentence", rule.ID)
		assert.False(t, ids[rule.ID], "%s twice", rule.ID)
		assert.False(t, texts[rule.Text], "%s says what another says", rule.ID)
		ids[rule.ID], texts[rule.Text] = true, true
	}
}

func TestRulesGivesACopy(t *testing.T) {
	t.Parallel()
	guidance.Rules()[0].Text = ""
	assert.NotEmpty(t, guidance.Rules()[0].Text)
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, rule := range guidance.Rules() {
		found, ok := guidance.Find(rule.ID)
		assert.True(t, ok, rule.ID)
		assert.Equal(t, rule, found)
	}
	for _, id := range []string{"", "P12", "P12-10", "P12-h", "P4-1", "QA-7", "p12-1"} {
		found, ok := guidance.Find(id)
		assert.False(t, ok, id)
		assert.Zero(t, found)
	}
}

// TestRevisionTellsAChangeOfTheCatalogue: it is a hash over all that a rule is.
func TestRevisionTellsAChangeOfTheCatalogue(t *testing.T) {
	t.Parallel()
	var lines strings.Builder
	for _, rule := range guidance.Rules() {
		lines.WriteString(rule.ID + "\t" + strconv.Itoa(rule.Page) + "\t" + rule.Text + "\n")
	}
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(lines.String())))
	assert.Equal(t, guidance.Edition+"/64/"+hash[:12], guidance.Revision())
}
