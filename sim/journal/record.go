package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"onshisim/sim/disclosure"
)

// Record is an entry in words, as the HTTP interface gives it. Every field is always there, and lists are never nil.
type Record struct {
	World             string           `json:"world" doc:"name of the world that it was made in"`
	Number            uint64           `json:"number" doc:"from 1, in the order in which the requests ended"`
	RequestID         string           `json:"requestId" doc:"as in the answer's header X-Request-Id, the log and the traces; empty for what the world did by itself"`
	At                string           `json:"at" doc:"the world's time when the request came, RFC 3339 in JST"`
	SpentMicroseconds int64            `json:"spentMicroseconds" doc:"real time that it took"`
	Method            string           `json:"method"`
	Path              string           `json:"path" doc:"within the world, with its query"`
	System            string           `json:"system" doc:"as in terminal"`
	Operation         string           `json:"operation" doc:"as in read-card; empty for a path that leads nowhere"`
	Actor             RecordActor      `json:"actor" doc:"who asked, as far as the request was let in"`
	Status            int              `json:"status" doc:"of HTTP"`
	Code              string           `json:"code" doc:"of a refusal, SIM-…; else empty"`
	Mutant            string           `json:"mutant" doc:"name of the wrong policy in force; else empty"`
	Fault             string           `json:"fault" doc:"id of the fault that struck; else empty"`
	Request           any              `json:"request" doc:"the body as JSON; a string if it is no JSON or was cut; null if empty"`
	RequestCut        bool             `json:"requestCut" doc:"there was more of the body than is kept"`
	Answer            any              `json:"answer" doc:"as request"`
	AnswerCut         bool             `json:"answerCut" doc:"as requestCut"`
	Decisions         []RecordDecision `json:"decisions" doc:"in the order in which they were made"`
}

// RecordActor is an Actor in words.
type RecordActor struct {
	Role       string `json:"role" enum:"insurer,agency,institution,cardOffice,citizen," doc:"empty for nobody who was let in"`
	Code       string `json:"code" doc:"insurer number, agency code or medical institution code; else empty"`
	Person     string `json:"person" doc:"id of the person whose Mynaportal session it is; else empty"`
	CardSerial string `json:"cardSerial" doc:"of the card of that session; else empty"`
}

// RecordDecision is a Decision in words; a refusal at a gate has nothing but person, rule and outcome.
type RecordDecision struct {
	Person                string         `json:"person" doc:"id of the person that it is about; empty if that was not known"`
	Rule                  string         `json:"rule" doc:"of P12, for the initial registration of P13; for refused the condition that was not met"`
	Information           string         `json:"information" enum:"selfInformation,initialRegistration,exchangeHistory,eligibility,medicines,checkups,medicalExpenses,"`
	View                  string         `json:"view" enum:"mynaportal,myNumberCard,certificate,disaster,both," doc:"how it is seen"`
	Item                  string         `json:"item" enum:"eligibility,benefits,checkups," doc:"the specific personal information (特定個人情報), where the table leaves it to the asker"`
	Place                 string         `json:"place" enum:"mynaportal,institution," doc:"where it is seen"`
	InsurerNumber         string         `json:"insurerNumber" doc:"of the membership that the information is about; empty if there is none"`
	PersonalInsuredNumber string         `json:"personalInsuredNumber"`
	Outcome               string         `json:"outcome" enum:"notOffered,provided,addressHidden,withheld,refused"`
	Reasons               []RecordReason `json:"reasons" doc:"what made the outcome stricter; none: as for a person without flags"`
}

// RecordReason is a disclosure.Reason in words.
type RecordReason struct {
	Flag                  string `json:"flag" enum:"nonDisclosure,selfInformationBlocked," doc:"empty for a reason that is no flag (P6-5)"`
	InsurerNumber         string `json:"insurerNumber"`
	PersonalInsuredNumber string `json:"personalInsuredNumber"`
	Rule                  string `json:"rule"`
}

// refused is the outcome at a gate.
const refused = "refused"

var jst = time.FixedZone("JST", 9*60*60)

// lineRules are the rule ids of the lines of P.12, by what is seen.
var lineRules = func() map[disclosure.Information]string {
	rules := map[disclosure.Information]string{}
	for _, line := range disclosure.Lines() {
		rules[line.View] = line.Rule
	}
	return rules
}()

// record puts an entry into words.
func (e *Entry) record() Record {
	r := e.head()
	r.Request, r.Answer = value(e.Request, e.RequestCut), value(e.Answer, e.AnswerCut)
	return r
}

// head is the record without its bodies, which alone take long to read.
func (e *Entry) head() Record {
	r := Record{
		World: e.World, Number: e.Number, RequestID: e.RequestID, At: e.At.In(jst).Format(time.RFC3339), SpentMicroseconds: e.Spent.Microseconds(),
		Method: e.Method, Path: valid(e.Path), System: e.System, Operation: e.Operation,
		Actor:  RecordActor{Role: e.Actor.Role, Code: e.Actor.Code, Person: e.Actor.Person, CardSerial: e.Actor.Card},
		Status: e.Status, Code: e.Code, Mutant: e.Mutant, Fault: e.Fault,
		RequestCut: e.RequestCut, AnswerCut: e.AnswerCut, Decisions: make([]RecordDecision, len(e.Decisions)),
	}
	for i := range e.Decisions {
		r.Decisions[i] = e.Decisions[i].record()
	}
	return r
}

func (d *Decision) record() RecordDecision {
	r := RecordDecision{Person: d.Person, Rule: d.rule(), Outcome: d.outcome(), Reasons: []RecordReason{}}
	if d.Gate != "" {
		return r
	}
	r.Information, r.View = d.Question.View.String(), d.Question.View.Way()
	r.Item, r.Place = d.Question.Item.String(), d.Question.Place.String()
	r.InsurerNumber, r.PersonalInsuredNumber = d.Own.InsurerNumber, d.Own.PersonalInsuredNumber
	r.Reasons = ReasonsInWords(d.Verdict)
	return r
}

// ReasonsInWords are the reasons of a verdict; never nil.
func ReasonsInWords(verdict disclosure.Verdict) []RecordReason {
	words := make([]RecordReason, len(verdict.Reasons))
	for i, reason := range verdict.Reasons {
		words[i] = RecordReason{InsurerNumber: reason.InsurerNumber, PersonalInsuredNumber: reason.PersonalInsuredNumber, Rule: reason.Rule}
		if reason.Flag != 0 {
			words[i].Flag = reason.Flag.String()
		}
	}
	return words
}

// rule is the line's or the gate's.
func (d *Decision) rule() string {
	if d.Gate != "" {
		return d.Gate
	}
	return lineRules[d.Question.View]
}

func (d *Decision) outcome() string {
	if d.Gate != "" {
		return refused
	}
	return d.Verdict.Outcome.String()
}

// value reads a body; numbers stay as they were written.
func value(body []byte, cut bool) any {
	if len(body) == 0 && !cut {
		return nil
	}
	if !cut {
		if v, ok := decode(body); ok {
			return v
		}
	}
	return valid(string(body))
}

// decode reads one JSON value.
func decode(data []byte) (v any, ok bool) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if decoder.Decode(&v) != nil {
		return nil, false
	}
	_, err := decoder.Token()
	return v, errors.Is(err, io.EOF)
}

// valid is a text as JSON can carry it.
func valid(text string) string { return strings.ToValidUTF8(text, "\uFFFD") }
