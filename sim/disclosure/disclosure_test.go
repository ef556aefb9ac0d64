package disclosure

import (
	"strings"
	"testing"
)

const today Date = "2021-04-01"

// abc is a person who moved from insurer A to B to C, with a flag where the mask has 1, as in "010" for B.
func abc(flag Flag, mask string) []Membership {
	acquired := []Date{"2018-04-01", "2019-04-01", "2020-04-01"}
	var ms []Membership
	for i, at := range acquired {
		m := Membership{InsurerNumber: string(rune('A' + i)), PersonalInsuredNumber: string(rune('A'+i)) + "-1", Acquired: at}
		if mask[i] == '1' {
			m.Flags.Whole = flag
		}
		ms = append(ms, m)
	}
	return ms
}

func outcomes(view Information, place Place, ms []Membership) string {
	letters := map[Outcome]string{NotOffered: "-", Provided: "y", AddressHidden: "a", Withheld: "n"}
	var got strings.Builder
	for own := range ms {
		got.WriteString(letters[Notice.Decide(Question{View: view, Place: place, Own: own, Today: today}, ms).Outcome])
	}
	return got.String()
}

// Expected outcomes for the information of A, B and C, typed from P.12 and P.13.
func TestWhoseFlagCounts(t *testing.T) {
	for _, c := range []struct {
		rule  string
		view  Information
		place Place
		flag  Flag
		want  map[string]string // flags set at A, B, C → outcome for A, B, C
	}{
		{"P13-1", PortalEligibility, Portal, SelfInformationBlocked, map[string]string{"000": "yyy", "100": "yyy", "010": "yyy", "001": "nnn"}},
		{"P13-1", CardEligibility, Institution, SelfInformationBlocked, map[string]string{"000": "yyy", "100": "yyy", "010": "yyy", "001": "nnn"}},
		{"P13-1", CertificateEligibility, Institution, SelfInformationBlocked, map[string]string{"000": "yyy", "100": "yyy", "010": "yyy", "001": "aaa"}},
		{"P13-2", CertificateEligibility, Institution, NonDisclosure, map[string]string{"000": "yyy", "100": "aaa", "010": "aaa", "001": "aaa"}},
		{"P13-2", DisasterEligibility, Institution, NonDisclosure, map[string]string{"000": "yyy", "100": "aaa", "010": "aaa", "001": "aaa"}},
		{"P13-3", SelfInformation, Portal, SelfInformationBlocked, map[string]string{"000": "yyy", "100": "nyy", "010": "yny", "001": "yyn"}},
		{"P13-4", InitialRegistration, Portal, SelfInformationBlocked, map[string]string{"000": "yyy", "100": "yyy", "010": "yyy", "001": "nnn"}},
		{"P13-5", ExchangeHistory, Portal, NonDisclosure, map[string]string{"000": "yyy", "100": "nyy", "010": "yny", "001": "yyn"}},
	} {
		for mask, want := range c.want {
			if got := outcomes(c.view, c.place, abc(c.flag, mask)); got != want {
				t.Errorf("%s: view %d with flag %v at %s: got %s, want %s", c.rule, c.view, c.flag, mask, got, want)
			}
		}
	}
}

func TestLatestInsurer(t *testing.T) {
	m := func(acquired ...Date) (ms []Membership) {
		for _, at := range acquired {
			ms = append(ms, Membership{Acquired: at})
		}
		return ms
	}
	for name, c := range map[string]struct {
		members []Membership
		want    int
	}{
		"none":                              {nil, -1},
		"only a future one":                 {m("2021-04-02"), -1},
		"a future one does not count yet":   {m("2020-04-01", "2021-04-02"), 0},
		"one that begins today counts":      {m("2020-04-01", "2021-04-01"), 1},
		"order of registration is no order": {m("2020-04-01", "2019-04-01"), 0},
		"equal dates: registered last":      {m("2020-04-01", "2020-04-01"), 1},
	} {
		if got := Notice.Latest(c.members, today); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

// A person back at insurer A under a new number: the first number's flag is the first number's alone (QA-6).
func TestFlagBelongsToThePersonalInsuredNumber(t *testing.T) {
	ms := []Membership{
		{InsurerNumber: "A", PersonalInsuredNumber: "A-1", Acquired: "2018-04-01", Flags: Flags{Whole: SelfInformationBlocked}},
		{InsurerNumber: "B", PersonalInsuredNumber: "B-1", Acquired: "2019-04-01"},
		{InsurerNumber: "A", PersonalInsuredNumber: "A-2", Acquired: "2020-04-01"},
	}
	if got := outcomes(SelfInformation, Portal, ms); got != "nyy" {
		t.Errorf("self-information: got %s, want nyy", got)
	}
	if got := outcomes(CardEligibility, Institution, ms); got != "yyy" {
		t.Errorf("card: got %s, want yyy", got)
	}
}

// A flag for one specific personal information leaves the others alone (P6-1, P6-6).
func TestFlagOfOneItem(t *testing.T) {
	ms := abc(0, "000")
	ms[2].Flags.ByItem = []Flag{Eligibility: SelfInformationBlocked, CheckupItem: 0}
	for view, want := range map[Information]string{CardEligibility: "nnn", Checkups: "yyy", Medicines: "yyy"} {
		if got := outcomes(view, Institution, ms); got != want {
			t.Errorf("view %d: got %s, want %s", view, got, want)
		}
	}
}

func TestReasonsNameFlagInsurerAndRule(t *testing.T) {
	ms := abc(NonDisclosure, "010")
	ms[2].Flags.Whole = SelfInformationBlocked
	got := Notice.Decide(Question{View: CertificateEligibility, Place: Institution, Own: 0, Today: today}, ms)
	want := []Reason{{NonDisclosure, "B", "B-1", "P13-2"}, {SelfInformationBlocked, "C", "C-1", "P13-1"}}
	if len(got.Reasons) != len(want) || got.Reasons[0] != want[0] || got.Reasons[1] != want[1] {
		t.Errorf("got %v, want %v", got.Reasons, want)
	}
}

func TestExchangeRecord(t *testing.T) {
	plain := abc(0, "000")
	for name, c := range map[string]struct {
		record  Record
		members []Membership
		want    Outcome
	}{
		"completed":                               {Record{Completed: true}, plain, Provided},
		"P6-5 not completed":                      {Record{}, plain, Withheld},
		"P6-4 code":                               {Record{Completed: true, NonDisclosureCode: true}, plain, Withheld},
		"P6-4 inquirer's flag":                    {Record{Completed: true, InquirerFlag: true}, plain, Withheld},
		"P6-4 provider's flag":                    {Record{Completed: true}, abc(NonDisclosure, "100"), Withheld},
		"P13-5 another insurer's flag":            {Record{Completed: true}, abc(NonDisclosure, "011"), Provided},
		"P6-8 the self-information flag does not": {Record{Completed: true}, abc(SelfInformationBlocked, "111"), Provided},
	} {
		if got := Notice.DecideRecord(c.record, today, c.members).Outcome; got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	plain := abc(0, "000")
	b.ReportAllocs()
	for b.Loop() {
		Notice.Decide(Question{View: CertificateEligibility, Place: Institution, Own: 2, Today: today}, plain)
	}
}
