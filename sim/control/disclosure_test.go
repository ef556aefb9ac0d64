package control_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

type (
	reason struct{ Flag, InsurerNumber, PersonalInsuredNumber, Rule string }
	row    struct {
		Rule, Information, View, Item, Place, InsurerNumber, PersonalInsuredNumber, Outcome string

		Reasons []reason
	}
	rows struct {
		Mutant string
		Rows   []row
	}
)

// line is what pages 12 and 13 say of one information at one place: the outcome for A's, B's and C's, or for the one that
// is asked.
type line struct {
	rule, information, view, item, place string
	outcomes                             []string
}

func all(outcome string) []string { return []string{outcome, outcome, outcome} }

var (
	none      = all("notOffered")
	yes       = all("provided")
	noAddress = all("addressHidden")
	no        = all("withheld")
)

// movedWith gives the rows of the person who went from A to B to C, with flags of each.
func movedWith(t *testing.T, flags map[string]world.FlagSetting) []row {
	t.Helper()
	p := newPlane(t)
	w := p.made(t)
	for number, setting := range flags {
		insurer := map[string]string{"at-a": insurerA, "at-b": insurerB, "at-c": insurerC}[number]
		require.NoError(t, w.SetFlags(t.Context(), insurer, number, setting, "2021-04-01", "申出"))
	}
	return read[rows](t, p.send(http.MethodGet, "/worlds/t1/persons/hanako/disclosure", ""), http.StatusOK).Rows
}

// check compares rows, in order, with the lines of the notice.
func check(t *testing.T, found []row, lines []line) {
	t.Helper()
	members := [][2]string{{insurerA, "at-a"}, {insurerB, "at-b"}, {insurerC, "at-c"}}
	for _, l := range lines {
		of := members
		if len(l.outcomes) == 1 {
			of = members[2:]
		}
		for i, outcome := range l.outcomes {
			require.NotEmpty(t, found)
			got := found[0]
			found, got.Reasons = found[1:], nil
			require.Equal(t, row{l.rule, l.information, l.view, l.item, l.place, of[i][0], of[i][1], outcome, nil}, got)
		}
	}
	require.Empty(t, found)
}

var (
	set  = true
	both = world.FlagSetting{NonDisclosure: &set, SelfInformationBlocked: &set}
)

// TestDisclosureOfFormerInsurer: both flags at B, who is not the latest (P13's example).
func TestDisclosureOfFormerInsurer(t *testing.T) {
	t.Parallel()
	atB := []string{"provided", "withheld", "provided"}
	check(t, movedWith(t, map[string]world.FlagSetting{"at-b": both}), []line{
		{"P12-1", "selfInformation", "mynaportal", "eligibility", "mynaportal", atB}, // P13-3: A yes, B no, C yes
		{"P12-1", "selfInformation", "mynaportal", "eligibility", "institution", none},
		{"P12-1", "selfInformation", "mynaportal", "benefits", "mynaportal", atB},
		{"P12-1", "selfInformation", "mynaportal", "benefits", "institution", none},
		{"P12-1", "selfInformation", "mynaportal", "checkups", "mynaportal", atB},
		{"P12-1", "selfInformation", "mynaportal", "checkups", "institution", none},
		{"P13-4", "initialRegistration", "mynaportal", "", "mynaportal", []string{"provided"}}, // P13-4: done
		{"P13-4", "initialRegistration", "mynaportal", "", "institution", []string{"notOffered"}},
		{"P12-2", "exchangeHistory", "mynaportal", "eligibility", "mynaportal", atB}, // P13-5: A shown, B hidden, C shown
		{"P12-2", "exchangeHistory", "mynaportal", "eligibility", "institution", none},
		{"P12-2", "exchangeHistory", "mynaportal", "benefits", "mynaportal", atB},
		{"P12-2", "exchangeHistory", "mynaportal", "benefits", "institution", none},
		{"P12-2", "exchangeHistory", "mynaportal", "checkups", "mynaportal", atB},
		{"P12-2", "exchangeHistory", "mynaportal", "checkups", "institution", none},
		{"P12-3", "eligibility", "mynaportal", "", "mynaportal", yes},
		{"P12-3", "eligibility", "mynaportal", "", "institution", none},
		{"P12-4", "eligibility", "myNumberCard", "", "mynaportal", none},
		{"P12-4", "eligibility", "myNumberCard", "", "institution", yes},
		{"P12-5", "eligibility", "certificate", "", "mynaportal", none},
		{"P12-5", "eligibility", "certificate", "", "institution", noAddress}, // P13-2: A no, B no, C no
		{"P12-6", "eligibility", "disaster", "", "mynaportal", none},
		{"P12-6", "eligibility", "disaster", "", "institution", noAddress},
		{"P12-7", "medicines", "both", "", "mynaportal", yes}, // P13-1: A yes, B yes, C yes
		{"P12-7", "medicines", "both", "", "institution", yes},
		{"P12-8", "checkups", "both", "", "mynaportal", yes},
		{"P12-8", "checkups", "both", "", "institution", yes},
		{"P12-9", "medicalExpenses", "mynaportal", "", "mynaportal", yes},
		{"P12-9", "medicalExpenses", "mynaportal", "", "institution", none},
	})
}

// TestDisclosureOfLatestInsurer: both flags at C.
func TestDisclosureOfLatestInsurer(t *testing.T) {
	t.Parallel()
	atC := []string{"provided", "provided", "withheld"}
	check(t, movedWith(t, map[string]world.FlagSetting{"at-c": both}), []line{
		{"P12-1", "selfInformation", "mynaportal", "eligibility", "mynaportal", atC},
		{"P12-1", "selfInformation", "mynaportal", "eligibility", "institution", none},
		{"P12-1", "selfInformation", "mynaportal", "benefits", "mynaportal", atC},
		{"P12-1", "selfInformation", "mynaportal", "benefits", "institution", none},
		{"P12-1", "selfInformation", "mynaportal", "checkups", "mynaportal", atC},
		{"P12-1", "selfInformation", "mynaportal", "checkups", "institution", none},
		{"P13-4", "initialRegistration", "mynaportal", "", "mynaportal", []string{"withheld"}}, // 初回紐付も不可
		{"P13-4", "initialRegistration", "mynaportal", "", "institution", []string{"notOffered"}},
		{"P12-2", "exchangeHistory", "mynaportal", "eligibility", "mynaportal", atC},
		{"P12-2", "exchangeHistory", "mynaportal", "eligibility", "institution", none},
		{"P12-2", "exchangeHistory", "mynaportal", "benefits", "mynaportal", atC},
		{"P12-2", "exchangeHistory", "mynaportal", "benefits", "institution", none},
		{"P12-2", "exchangeHistory", "mynaportal", "checkups", "mynaportal", atC},
		{"P12-2", "exchangeHistory", "mynaportal", "checkups", "institution", none},
		{"P12-3", "eligibility", "mynaportal", "", "mynaportal", no},
		{"P12-3", "eligibility", "mynaportal", "", "institution", none},
		{"P12-4", "eligibility", "myNumberCard", "", "mynaportal", none},
		{"P12-4", "eligibility", "myNumberCard", "", "institution", no}, // 対策②
		{"P12-5", "eligibility", "certificate", "", "mynaportal", none},
		{"P12-5", "eligibility", "certificate", "", "institution", noAddress}, // 対策③
		{"P12-6", "eligibility", "disaster", "", "mynaportal", none},
		{"P12-6", "eligibility", "disaster", "", "institution", noAddress}, // 対策④
		{"P12-7", "medicines", "both", "", "mynaportal", no},               // 対策①
		{"P12-7", "medicines", "both", "", "institution", no},              // 対策②
		{"P12-8", "checkups", "both", "", "mynaportal", no},
		{"P12-8", "checkups", "both", "", "institution", no},
		{"P12-9", "medicalExpenses", "mynaportal", "", "mynaportal", no},
		{"P12-9", "medicalExpenses", "mynaportal", "", "institution", none},
	})
}

// TestDisclosureReasons: each outcome stricter than without flags names the flag, whose it is, and the rule.
func TestDisclosureReasons(t *testing.T) {
	t.Parallel()
	nonDisclosureAtB := func(rule string) reason { return reason{"nonDisclosure", insurerB, "at-b", rule} }
	blockedAtC := func(rule string) reason { return reason{"selfInformationBlocked", insurerC, "at-c", rule} }
	want := map[[2]string][]reason{
		{"P12-1", "at-c"}: {blockedAtC("P13-3")},
		{"P13-4", "at-c"}: {blockedAtC("P13-4")},
		{"P12-2", "at-b"}: {nonDisclosureAtB("P13-5")},
	}
	for _, number := range []string{"at-a", "at-b", "at-c"} {
		for _, rule := range []string{"P12-3", "P12-4", "P12-7", "P12-8", "P12-9"} {
			want[[2]string{rule, number}] = []reason{blockedAtC("P13-1")}
		}
		for _, rule := range []string{"P12-5", "P12-6"} {
			want[[2]string{rule, number}] = []reason{nonDisclosureAtB("P13-2"), blockedAtC("P13-1")}
		}
	}
	seen := map[[2]string]bool{}
	for _, r := range movedWith(t, map[string]world.FlagSetting{"at-b": {NonDisclosure: &set}, "at-c": {SelfInformationBlocked: &set}}) {
		if r.Outcome == "notOffered" || r.Outcome == "provided" {
			require.Empty(t, r.Reasons, r)
			continue
		}
		require.Equal(t, want[[2]string{r.Rule, r.PersonalInsuredNumber}], r.Reasons, r)
		seen[[2]string{r.Rule, r.PersonalInsuredNumber}] = true
	}
	require.Len(t, seen, len(want))
}

// TestDisclosureOfItem: a flag for one specific personal information touches no other (P6-1, P6-6).
func TestDisclosureOfItem(t *testing.T) {
	t.Parallel()
	withheld := map[string]bool{}
	for _, r := range movedWith(t, map[string]world.FlagSetting{"at-c": {SelfInformationBlocked: &set, Items: []string{"checkups"}}}) {
		if r.Outcome == "withheld" {
			withheld[r.Rule+" "+r.Item+" "+r.Place+" "+r.PersonalInsuredNumber] = true
		}
	}
	require.Equal(t, map[string]bool{
		"P12-1 checkups mynaportal at-c": true,
		"P12-8  mynaportal at-a":         true, "P12-8  mynaportal at-b": true, "P12-8  mynaportal at-c": true,
		"P12-8  institution at-a": true, "P12-8  institution at-b": true, "P12-8  institution at-c": true,
	}, withheld)
}

func TestDisclosureWithoutMembers(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	read[world.Person](t, p.send(http.MethodPut, "/worlds/t1/persons/taro", `{}`), http.StatusCreated)
	answer := p.send(http.MethodGet, "/worlds/t1/persons/taro/disclosure", "")
	require.NotContains(t, answer.Body.String(), "null")
	found := read[rows](t, answer, http.StatusOK).Rows
	require.Len(t, found, 28)
	for _, r := range found {
		require.Empty(t, r.InsurerNumber+r.PersonalInsuredNumber)
		require.Empty(t, r.Reasons)
	}
	refused(t, p.send(http.MethodGet, "/worlds/t1/persons/none/disclosure", ""), http.StatusNotFound, "SIM-PERSON-404")
}
