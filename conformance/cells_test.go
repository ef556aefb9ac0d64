package conformance_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An outcome is a letter. The order of the letters in shows is that of the outcomes: the later one shows less.
const (
	yes        = "y" // 提供する
	noAddress  = "a" // 提供する・住所・郵便番号は非表示
	no         = "n" // 提供しない
	notOffered = "-" // 提供機能なし
	unasked    = '?' // the notice does not say, or it can't be seen from everywhere
)

// flags are the flags that one membership has.
type flags uint8

const (
	nonDisclosure   flags = 1 << iota // 不開示該当フラグ
	selfInformation                   // 自己情報提供不可フラグ
	noFlag          flags = 0
	bothFlags             = nonDisclosure | selfInformation
)

// title names the flags of a test.
func (f flags) title() string {
	return map[flags]string{nonDisclosure: "non-disclosure flag", selfInformation: "self-information flag", bothFlags: "both flags"}[f]
}

// information is a line of P.12, in part by specific personal information (特定個人情報).
type information string

const (
	selfEligibility     information = "self-information: eligibility"
	selfBenefits        information = "self-information: benefits"
	registration        information = "initial registration"
	historyEligibility  information = "exchange history: eligibility"
	historyBenefits     information = "exchange history: benefits"
	historyCheckups     information = "exchange history: checkups"
	portalEligibility   information = "eligibility in Mynaportal"
	cardEligibility     information = "eligibility by card"
	certEligibility     information = "eligibility by certificate"
	disasterEligibility information = "eligibility in a disaster"
	medicines           information = "medicines"
	checkups            information = "checkups"
	expenses            information = "medical-expense notices"
)

// screen is where it is seen.
type screen string

const (
	portal         screen = "Mynaportal"
	institution    screen = "institution"
	disasterScreen screen = "disaster screen" // an institution's in a disaster: medicines and checkups are offered there too
)

// sight is one information seen at one screen.
type sight struct {
	information
	screen
}

// sights are all of them, for fronts that look at everything.
var sights = []sight{
	{selfEligibility, portal},
	{selfEligibility, institution},
	{selfBenefits, portal},
	{registration, portal},
	{registration, institution},
	{historyEligibility, portal},
	{historyBenefits, portal},
	{historyBenefits, institution},
	{historyCheckups, portal},
	{portalEligibility, portal},
	{portalEligibility, institution},
	{cardEligibility, portal},
	{cardEligibility, institution},
	{certEligibility, portal},
	{certEligibility, institution},
	{disasterEligibility, portal},
	{disasterEligibility, institution},
	{medicines, portal},
	{medicines, institution},
	{medicines, disasterScreen},
	{checkups, portal},
	{checkups, institution},
	{checkups, disasterScreen},
	{expenses, portal},
	{expenses, institution},
	{expenses, disasterScreen},
}

// membership is a membership of the person in question; those of a situation stand in the order of their registration.
type membership struct {
	insurer        string // A, B or C
	acquired, lost string
	flags          flags
	items          map[string]flags // flags for one specific personal information alone
	lifted         flags            // flags that were set, and lifted again
}

// situation is a person's memberships and how the exchange records came about.
type situation struct {
	members   []membership
	today     string // 2021-04-01 if empty
	inquiries inquiries
}

func (s situation) day() string {
	if s.today == "" {
		return "2021-04-01"
	}
	return s.today
}

// inquiries says what was set while the agency inquired of each insurer, once for each item.
type inquiries uint8

const (
	beforeFlags     inquiries = iota // nothing yet
	underFlag                        // the insurer's non-disclosure flag, which is lifted before anybody looks unless the situation has it
	underAgencyFlag                  // the agency's own flag, lifted before anybody looks
	agencyFlagAfter                  // nothing yet, but the agency's own flag is set when somebody looks
)

// observation is what is seen: for each sight one letter for each membership, for the registration one in all.
type observation map[sight]string

// front is one way to the program.
type front interface {
	observe(t tester, s situation) observation
}

// cell is one expectation. A letter for each membership: y, a, n or - as above, ? for what is not asked.
type cell struct {
	rule  string
	title string
	situation
	sight
	want string
}

// examine tries cells on a front; those of one situation are seen in one go.
func examine(t *testing.T, f front, cells []cell) {
	t.Helper()
	for _, group := range bySituation(cells) {
		t.Run(group[0].title, func(t *testing.T) {
			t.Parallel()
			var seen observation // by the first cell that is asked for: go test -run '//P13-5' looks at few situations
			for _, c := range group {
				require.Equal(t, group[0].situation, c.situation, "two situations have this title")
				t.Run(c.rule+" "+string(c.information)+" at "+string(c.screen), func(t *testing.T) {
					if seen == nil {
						seen = f.observe(t, c.situation)
					}
					assert.Equal(t, c.want, masked(seen[c.sight], c.want))
				})
			}
		})
	}
}

// bySituation puts cells of one title together, in order.
func bySituation(cells []cell) [][]cell {
	at := map[string]int{}
	var groups [][]cell
	for _, c := range cells {
		i, known := at[c.title]
		if !known {
			i = len(groups)
			at[c.title], groups = i, append(groups, nil)
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

// masked hides what is not asked.
func masked(seen, want string) string {
	letters := []byte(seen)
	for i := range letters {
		if i < len(want) && want[i] == unasked {
			letters[i] = unasked
		}
	}
	return string(letters)
}

// tableCells are those of every table but for single exchange records.
func tableCells() []cell {
	return slices.Concat(page12Cells(), page13Cells(), mixedCells(), movesCells(), itemCells())
}

// allCells are those of every table.
func allCells() []cell { return slices.Concat(tableCells(), recordCells()) }

func TestCoreCells(t *testing.T) {
	t.Parallel()
	examine(t, coreFront{}, allCells())
}

func TestInProcessCells(t *testing.T) {
	t.Parallel()
	examine(t, httpFront{inProcess()}, allCells())
}

// TestExplainedCells: what the control plane says of a person is what the notice says.
func TestExplainedCells(t *testing.T) {
	t.Parallel()
	examine(t, explainedFront{examined(t)}, tableCells())
}

func TestByURLCells(t *testing.T) {
	t.Parallel()
	examine(t, httpFront{byURL(t)}, allCells())
}
