package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"onshisim/sim/baseurl"
	"onshisim/sim/training/room"
	"onshisim/sim/world"
)

// shownPersons bounds the table of persons: a large world has more than a reader wants.
const shownPersons = 12

// welcome is what a new user sees when the simulator has started.
type welcome struct {
	language
	served          []string     // the systems of this process
	urls            baseurl.URLs // of the systems, here or elsewhere
	public, control string
	kept            bool // the state outlives the program
	world           *world.World
	secured         secured
	files           files
}

func (w welcome) print(out io.Writer) {
	outline := w.world.Outline()
	persons, _ := w.world.Persons(0, shownPersons)
	fmt.Fprintf(out, "onshisim %s\n\n", version())
	for _, system := range world.Systems {
		w.system(out, system)
	}
	fmt.Fprintf(out, "  %-13s %s\n", w.say("制御プレーン", "control"), w.control)
	fmt.Fprintf(out, "  %-13s %s/docs  %s/docs\n", "docs", w.public, w.control)
	w.trainingRoom(out)
	if w.files.link != nil {
		fmt.Fprintf(out, "  %-13s %s  (%s)\n", "OQS", w.files.dir, w.files.institution)
	}
	w.testCA(out)
	if !w.kept {
		fmt.Fprintf(out, "\n%s\n", w.say("状態はメモリーにあり、終了すると消えます(残すには --data FILE.db)。", "The state is in memory and ends with the program (keep it with --data FILE.db)."))
	}
	w.persons(out, persons)
	w.tokens(out, &outline)
	w.requests(out, &outline, persons)
}

// trainingRoom tells where the screens are and what lets in to them, if this process has them.
func (w welcome) trainingRoom(out io.Writer) {
	if len(w.served) < len(world.Systems) {
		return
	}
	fmt.Fprintf(out, "  %-13s %s/  %s %s\n", w.say("研修室", "screens"), w.public, w.say("入室コード", "entry code"), room.EntryCode(w.world))
}

// testCA says how to come to trust the test CA, if there is one.
func (w welcome) testCA(out io.Writer) {
	if w.secured.ca == nil {
		return
	}
	fmt.Fprintf(out, "\n%s\n", w.say("試験用の認証局(指紋を見比べてから信じてください):", "Test CA (compare the fingerprint before you trust it):"))
	fmt.Fprintf(out, "  %-13s %s\n", "SHA-256", w.secured.ca.Fingerprint())
	fmt.Fprintf(out, "  %-13s curl -sk -o ca.pem %s/ca.pem && openssl x509 -in ca.pem -noout -sha256 -fingerprint\n", "ca.pem", w.public)
}

// system tells where a system is, and whether another process serves it.
func (w welcome) system(out io.Writer, system string) {
	base, known := w.urls[system]
	if !known {
		return
	}
	elsewhere := ""
	if !slices.Contains(w.served, system) {
		elsewhere = w.say("  (別のプロセス)", "  (another process)")
	}
	fmt.Fprintf(out, "  %-13s %s/%s%s\n", system, base, system, elsewhere)
}

func (w welcome) persons(out io.Writer, persons []*world.Insured) {
	fmt.Fprintf(out, "\n%s\n", w.say("人 (架空):", "Persons (invented):"))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "  id\tcard\tPIN\tinsurer\tsymbol\tnumber\tbranch\tbirthdate\tname")
	for _, p := range persons {
		card := world.Card{CardSerial: "-", PIN: "-"}
		if len(p.Cards) > 0 {
			card = p.Cards[len(p.Cards)-1]
		}
		m := world.Eligibility{InsurerNumber: "-", InsuredCardSymbol: "-", InsuredIdentificationNumber: "-", InsuredBranchNumber: "-"}
		if own := w.world.Look(context.Background()).Latest(p); own >= 0 {
			m = p.Members[own].Eligibility
		}
		fmt.Fprintf(table, "  %s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, card.CardSerial, card.PIN,
			m.InsurerNumber, orDash(m.InsuredCardSymbol), m.InsuredIdentificationNumber, orDash(m.InsuredBranchNumber), p.Birthdate, p.Name)
	}
	_ = table.Flush()
	if more := w.world.Size() - len(persons); more > 0 {
		fmt.Fprintf(out, w.say("  ほか%d人: ", "  and %d more: ")+"%s/worlds/default/persons\n", more, w.control)
	}
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (w welcome) tokens(out io.Writer, d *world.Document) {
	fmt.Fprintf(out, "\n%s\n", w.say("トークン:", "Tokens:"))
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(code, token, name string) { fmt.Fprintf(table, "  %s\t%s\t%s\n", token, code, name) }
	for _, o := range d.Insurers {
		row(o.InsurerNumber, o.Token, o.InsurerName)
	}
	for _, o := range d.Agencies {
		row(o.AgencyCode, o.Token, o.AgencyName)
	}
	for _, o := range d.Institutions {
		row(o.MedicalInstitutionCode, o.Token, o.InstitutionName)
	}
	row("jpki", d.CardOffice.Token, w.say("市区町村・JPKI", "card office"))
	_ = table.Flush()
	if d.Population != nil {
		fmt.Fprintf(out, "  %s %s/worlds/default/organisations\n", w.say("人口の保険者・医療機関・薬局:", "insurers, institutions and pharmacies of the nation:"), w.control)
	}
}

// requests are three curl lines that work as they stand: a card, a certificate, a log-in; fewer where a system is not known.
func (w welcome) requests(out io.Writer, d *world.Document, persons []*world.Insured) {
	if len(d.Institutions) == 0 || len(persons) == 0 || len(persons[0].Cards) == 0 || len(persons[0].Members) == 0 {
		return
	}
	p, token := persons[0], d.Institutions[0].Token
	card, m := p.Cards[0], p.Members[len(p.Members)-1]
	fmt.Fprintf(out, "\n%s\n", w.say("最初の3つの要求:", "Three first requests:"))
	w.curl(out, "terminal", "/card-reads", token, fmt.Sprintf(
		`{"cardSerial":%q,"verification":{"method":"pin","pin":%q},"consents":{"medicines":true}}`, card.CardSerial, card.PIN))
	w.curl(out, "terminal", "/certificate-checks", token, fmt.Sprintf(
		`{"insurerNumber":%q,"insuredCardSymbol":%q,"insuredIdentificationNumber":%q,"insuredBranchNumber":%q,"birthdate":%q}`,
		m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber, m.Birthdate))
	w.curl(out, "mynaportal", "/sessions", "", fmt.Sprintf(`{"cardSerial":%q,"pin":%q}`, card.CardSerial, card.PIN))
	fmt.Fprintln(out)
}

func (w welcome) curl(out io.Writer, system, path, token, body string) {
	base, known := w.urls[system]
	if !known {
		return
	}
	trust, authorization := "", ""
	if w.secured.ca != nil {
		trust = " --cacert " + quoted(w.secured.caFile)
	}
	if token != "" {
		authorization = fmt.Sprintf(" -H 'Authorization: Bearer %s'", token)
	}
	fmt.Fprintf(out, "  curl -s%s%s -H 'Content-Type: application/json' -d %s %s/%s%s\n", trust, authorization, quoted(body), base, system, path)
}

// quoted is a word of a shell.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
