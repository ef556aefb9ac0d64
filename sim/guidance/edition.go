package guidance

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
)

// Edition is the notice that the rules were taken from. Its text bears no date of its own; it names the notice to the
// municipalities of 18 January 2021 (令和3年1月18日, 国民健康保険課事務連絡) as one that went out before it.
const Edition = "dv-flags-after-2021-01-18"

// Revision is the edition with the number of the rules and the beginning of a hash over the catalogue, as in
// dv-flags-after-2021-01-18/64/0123456789ab: whoever compares two answers sees whether they were given by the same rules.
func Revision() string { return revision() }

// revision hashes the catalogue as lines of id, page and text.
var revision = sync.OnceValue(func() string {
	lines := sha256.New()
	for _, rule := range catalogue {
		_, _ = fmt.Fprintf(lines, "%s\t%d\t%s\n", rule.ID, rule.Page, rule.Text) // a hash takes everything
	}
	return fmt.Sprintf("%s/%d/%s", Edition, len(catalogue), hex.EncodeToString(lines.Sum(nil))[:12])
})
