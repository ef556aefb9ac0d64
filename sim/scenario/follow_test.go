package scenario_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/journal"
	"onshisim/sim/scenario"
	"onshisim/sim/world"
)

// deeds are records of a journal, each written as "HH:MM role:code METHOD path request → status answer", on the first day.
func deeds(t *testing.T, lines ...string) scenario.Happened {
	t.Helper()
	h := scenario.Happened{Now: time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST), Mode: world.Mode{Mode: world.ModeNormal}}
	for i, line := range lines {
		asked, answered, _ := strings.Cut(line, " → ")
		head := strings.SplitN(asked, " ", 5)
		status, answer, _ := strings.Cut(answered, " ")
		role, code, _ := strings.Cut(head[1], ":")
		r := journal.Record{World: "w", Number: uint64(i + 1), At: "2021-04-01T" + head[0] + ":00+09:00", Method: head[2], Path: head[3]}
		r.Actor.Role = role
		if role == "citizen" {
			r.Actor.CardSerial = code
		} else {
			r.Actor.Code = code
		}
		require.NoError(t, json.Unmarshal([]byte(status), &r.Status), line)
		if len(head) > 4 {
			require.NoError(t, json.Unmarshal([]byte(head[4]), &r.Request), line)
		}
		if answer != "" {
			require.NoError(t, json.Unmarshal([]byte(answer), &r.Answer), line)
		}
		h.Records = append(h.Records, r)
	}
	return h
}

// states of the steps, in one line.
func states(p scenario.Progress) string {
	var words []string
	for _, step := range p.Steps {
		words = append(words, string(step.State))
	}
	return strings.Join(words, " ")
}

const (
	setBoth = "  - {title: 両方を設定する, actor: insurer, as: \"06990014\", act: setFlags, with: {personalInsuredNumber: m1, nonDisclosure: true, selfInformationBlocked: true, appliedOn: 2021-04-01, reason: 申出}, sees: {nonDisclosure: true, selfInformationBlocked: true, history: [{reason: 申出}]}}\n"
	read    = "  - {title: 窓口で見る, actor: window, as: \"9919990011\", act: readCard, with: {cardSerial: card-1, verification: {method: pin, pin: \"1234\"}, consents: {medicines: true}}, sees: {status: 200, qualificationValidity: \"4\"}}\n"
	liftOwn = "  - {title: 自己情報の方を解除する, actor: insurer, as: \"06990014\", act: setFlags, with: {personalInsuredNumber: m1, selfInformationBlocked: false}, rules: [P15-2], sees: {nonDisclosure: true, selfInformationBlocked: false}}\n"
	liftAll = "  - {title: 不開示の方を解除する, actor: insurer, as: \"06990014\", act: setFlags, with: {personalInsuredNumber: m1, nonDisclosure: false}, sees: {nonDisclosure: false, selfInformationBlocked: false}}\n"

	patch     = "09:00 insurer:06990014 PATCH /intermediate/members/m1/flags "
	didBoth   = patch + `{"nonDisclosure":true,"selfInformationBlocked":true,"reason":"別の理由"} → 200 {"nonDisclosure":true,"selfInformationBlocked":true,"items":[],"history":[{"reason":"別の理由"}]}`
	didOwn    = patch + `{"selfInformationBlocked":false} → 200 {"nonDisclosure":true,"selfInformationBlocked":false,"items":[]}`
	didAll    = patch + `{"nonDisclosure":false} → 200 {"nonDisclosure":false,"selfInformationBlocked":false,"items":[]}`
	leftOne   = patch + `{"nonDisclosure":false} → 200 {"nonDisclosure":false,"selfInformationBlocked":true,"items":[]}`
	didAtOnce = patch + `{"nonDisclosure":false,"selfInformationBlocked":false} → 200 {"nonDisclosure":false,"selfInformationBlocked":false,"items":[]}`
	firstOne  = patch + `{"nonDisclosure":true,"selfInformationBlocked":false} → 200 {"nonDisclosure":true,"selfInformationBlocked":false,"items":[]}`
	otherOne  = patch + `{"selfInformationBlocked":true} → 200 {"nonDisclosure":true,"selfInformationBlocked":true,"items":[]}`

	reading = "09:00 institution:9919990011 POST /terminal/card-reads "
	didRead = reading + `{"cardSerial":"card-1","verification":{"method":"pin","pin":"1234"},"consents":{"medicines":true,"checkups":true}} → 200 {"cardReadId":"r1","qualificationValidity":"4"}`
	sawMore = reading + `{"cardSerial":"card-1","verification":{"method":"pin","pin":"1234"},"consents":{"medicines":true}} → 200 {"cardReadId":"r2","qualificationValidity":"1"}`
	wrong   = reading + `{"cardSerial":"card-1","verification":{"method":"pin","pin":"0000"},"consents":{"medicines":true}} → 200 {"cardReadId":"r3","qualificationValidity":"4"}`
	without = reading + `{"cardSerial":"card-1","verification":{"method":"pin","pin":"1234"}} → 200 {"cardReadId":"r4","qualificationValidity":"4"}`
	other   = "09:00 institution:9910020024 POST /terminal/card-reads " + `{"cardSerial":"card-1","verification":{"method":"pin","pin":"1234"},"consents":{"medicines":true}} → 200 {"qualificationValidity":"4"}`
)

func TestStepsAreTickedByWhatATraineeDid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, steps string
		deeds       []string
		want        string
	}{
		{"nothing yet", setBoth + read, nil, "open open"},
		{"in order, in the trainee's own words", setBoth + read + liftOwn, []string{didBoth, didRead, didOwn}, "done done done"},
		{"something else was seen", setBoth + read, []string{didBoth, sawMore}, "done different"},
		{"the time it was seen right counts", setBoth + read, []string{didBoth, sawMore, didRead}, "done done"},
		{"another PIN, consent or institution is another act", setBoth + read, []string{didBoth, wrong, without, other}, "done open"},
		{"refused is not done", setBoth, []string{patch + `{"nonDisclosure":true,"selfInformationBlocked":true} → 422 {"status":422}`}, "open"},
		{"two acts for one step", setBoth + read, []string{firstOne, otherOne, didRead}, "done done"},
		{"the first of the two is not the lifting", setBoth + liftOwn + liftAll, []string{firstOne, otherOne, leftOne}, "done forgotten different"},
		{"a form that sends both flags", setBoth + liftOwn, []string{firstOne}, "open open"},
		{"one act for two steps", setBoth + liftOwn + liftAll, []string{didBoth, didAtOnce}, "done outOfOrder done"},
		{"forgotten", setBoth + liftOwn + liftAll, []string{didBoth, leftOne}, "done forgotten different"},
		{"skipped", setBoth + read + liftOwn, []string{didBoth, didOwn}, "done skipped done"},
		{"seen at another time", setBoth + read + liftOwn, []string{didBoth, didOwn, didRead}, "done outOfOrder done"},
		{"seen otherwise at another time", setBoth + read + liftOwn, []string{didBoth, didOwn, sawMore}, "done skipped done"},
		{"to look early is not to look", setBoth + liftOwn + read, []string{didRead, didBoth}, "done open open"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, states(scenario.Follow(parsed(t, c.steps), deeds(t, c.deeds...))))
		})
	}
}

func TestProgressIsSummedUp(t *testing.T) {
	t.Parallel()
	s := parsed(t, setBoth+liftOwn+read+liftAll+read)
	p := scenario.Follow(s, deeds(t, didBoth, leftOne))
	assert.Equal(t, scenario.Counts{Steps: 5, Open: 1, Done: 1, Different: 1, Forgotten: 1, Skipped: 1}, p.Counts)
	assert.Equal(t, 4, p.Next)
	assert.Equal(t, []scenario.Reminder{{Step: 1, Rules: []string{"P15-2"}, Text: "「自己情報の方を解除する」をしていません（P15-2）。"}}, p.Forgotten)
	assert.Equal(t, []string{"QA-3"}, p.Steps[3].Rules, "without rules of its own a step has the scenario's")
	assert.Equal(t, []scenario.Mismatch{{Path: "selfInformationBlocked", Expected: "false", Got: "true"}}, p.Steps[3].Mismatches)
	assert.Equal(t, uint64(2), p.Steps[3].Record)
	assert.Equal(t, "窓口（9919990011）：カードで資格確認（花子）", p.Steps[2].Task)
	assert.False(t, p.Finished)
	assert.False(t, p.Incomplete)

	p = scenario.Follow(parsed(t, setBoth+liftOwn+liftAll), deeds(t, didBoth, didAtOnce))
	assert.True(t, p.Finished)
	assert.Equal(t, -1, p.Next)
	assert.Empty(t, p.Forgotten)
}

// A login or a look that may be no more than a repetition does not make what lies between forgotten.
func TestARepetitionTellsNothing(t *testing.T) {
	t.Parallel()
	s := parsed(t, read+setBoth+read)
	assert.Equal(t, "done open open", states(scenario.Follow(s, deeds(t, didRead, didRead))))
	assert.Equal(t, "done done done", states(scenario.Follow(s, deeds(t, didRead, didBoth, didRead))))
}

const reissue = `
  - {title: 再交付, actor: cardOffice, act: reissueCard, with: {cardSerial: card-1}, save: {newCard: cardSerial, newPin: pin}}
  - {title: ログイン, actor: citizen, as: "${newCard}", act: logIn, with: {pin: "${newPin}"}}
  - {title: 代理人の解除, actor: citizen, as: "${newCard}", act: removeProxy, with: {portalUserId: p1}}
`

func TestSavedValuesAreThoseOfTheTrainee(t *testing.T) {
	t.Parallel()
	s := parsed(t, reissue)
	const (
		reissued = `09:00 cardOffice: POST /jpki/cards/card-1/reissue → 201 {"cardSerial":"card-2","pin":"9876"}`
		oldLogIn = `09:00 citizen:card-1 POST /mynaportal/sessions {"cardSerial":"card-1","pin":"1234"} → 201 {"token":"t1"}`
		newLogIn = `09:00 citizen:card-2 POST /mynaportal/sessions {"cardSerial":"card-2","pin":"9876"} → 201 {"token":"t2"}`
		removed  = `09:00 citizen:card-2 DELETE /mynaportal/proxies/p1 → 204`
	)
	assert.Equal(t, "open open open", states(scenario.Follow(s, deeds(t, oldLogIn))), "a card that is not known yet is not just any card")
	assert.Equal(t, "done open open", states(scenario.Follow(s, deeds(t, reissued, oldLogIn))))
	assert.Equal(t, "done done done", states(scenario.Follow(s, deeds(t, oldLogIn, reissued, oldLogIn, newLogIn, removed))))
	assert.Equal(t, "done skipped done", states(scenario.Follow(s, deeds(t, reissued, removed))))

	h := deeds(t, newLogIn, removed)
	h.Dropped = 1
	p := scenario.Follow(s, h)
	assert.Equal(t, "forgotten done done", states(p), "what was saved by a request that is gone may be anything")
	assert.True(t, p.Incomplete)
}

func TestTheInstructorsStepsAreDoneWhenTheWorldIsSo(t *testing.T) {
	t.Parallel()
	s := parsed(t, `
  - {title: 時が経つ, actor: time, act: advanceClock, with: {duration: 1h}}
  - {title: 災害, actor: operator, act: setMode, with: {mode: disaster, areas: [甲, 乙]}}
  - {title: 記録, actor: operator, act: putRecords, with: {id: hanako, medicines: [{medicineName: 錠}]}}
  - {title: 理由, actor: operator, act: explain, with: {id: hanako}}
  - {title: 終わる, actor: operator, act: setMode, with: {mode: normal}}
  - {title: さらに, actor: time, act: setClock, with: {now: 2021-04-01T12:00:00+09:00}}
`+read)
	assert.Equal(t, []string{"hanako"}, s.StagedPersons())
	h := deeds(t)
	h.Persons = []world.Person{{ID: "hanako", Name: "花子"}}
	assert.Equal(t, "open open open notNeeded open open open", states(scenario.Follow(s, h)), "the mode is normal, but not normal again")
	assert.Equal(t, 0, scenario.Follow(s, h).Next)
	h.Now = h.Now.Add(time.Hour)
	h.Mode = world.Mode{Mode: world.ModeDisaster, Areas: []string{"乙", "甲"}}
	h.Persons[0].Medicines = []world.Medicine{{MedicineName: "錠", TreatmentDate: "2021-03-01"}}
	assert.Equal(t, "done done done notNeeded open open open", states(scenario.Follow(s, h)))

	early := deeds(t, didRead)
	assert.Equal(t, "open open open notNeeded open open open", states(scenario.Follow(s, early)), "before its time a step can't be done")
	late := deeds(t, strings.Replace(didRead, "09:00", "12:00", 1))
	assert.Equal(t, "done done done notNeeded done done done", states(scenario.Follow(s, late)), "the trainee is beyond them")
}

func TestFlagsOfSingleItems(t *testing.T) {
	t.Parallel()
	s := parsed(t, `  - {title: 健診だけ, actor: insurer, as: "06990014", act: setFlags, with: {personalInsuredNumber: m1, nonDisclosure: true, items: [checkups]}}`+"\n")
	assert.Equal(t, "done", states(scenario.Follow(s, deeds(t, patch+`{"nonDisclosure":true,"items":["checkups"]} → 200 {"nonDisclosure":false,"items":[{"item":"checkups","nonDisclosure":true}]}`))))
	assert.Equal(t, "open", states(scenario.Follow(s, deeds(t, patch+`{"nonDisclosure":true,"items":["benefits"]} → 200 {"nonDisclosure":false,"items":[{"item":"benefits","nonDisclosure":true}]}`))))
	assert.Equal(t, "open", states(scenario.Follow(s, deeds(t, patch+`{"nonDisclosure":true} → 200 {"nonDisclosure":true,"items":[]}`))))
}

// What a trainee registers in other words counts, and so does what answers repeat of it.
func TestAMemberMayBeRegisteredInOtherWords(t *testing.T) {
	t.Parallel()
	s := parsed(t, `
  - {title: 加入, actor: insurer, as: "06990014", act: registerMember, with: {personalInsuredNumber: m1, address: 甲町1, qualificationDate: 2021-04-01}, sees: {status: 201, address: 甲町1}}
  - {title: 窓口, actor: window, as: "9919990011", act: readCard, with: {cardSerial: card-1}, sees: {results: [{address: 甲町1, name: 花子}]}}
`)
	member := func(address, day string) string {
		return `09:00 insurer:06990014 PUT /intermediate/members/m1 {"address":"` + address + `","qualificationDate":"` + day + `"} → 200 {"address":"` + address + `"}`
	}
	window := func(address, name string) string {
		return `09:00 institution:9919990011 POST /terminal/card-reads {"cardSerial":"card-1"} → 200 {"results":[{"address":"` + address + `","name":"` + name + `"}]}`
	}
	assert.Equal(t, "done done", states(scenario.Follow(s, deeds(t, member("乙町2", "2021-04-01"), window("乙町2", "花子")))))
	assert.Equal(t, "done different", states(scenario.Follow(s, deeds(t, member("乙町2", "2021-04-01"), window("乙町2", "梨子")))))
	assert.Equal(t, "done different", states(scenario.Follow(s, deeds(t, member("甲町1", "2021-04-01"), window("乙町2", "花子")))))
	assert.Equal(t, "open open", states(scenario.Follow(s, deeds(t, member("甲町1", "2021-05-01")))))
}

// How it is verified who shows a card teaches nothing, as long as it is; consents count where a look is to be refused for want of one.
func TestACardMayBeReadInOtherWays(t *testing.T) {
	t.Parallel()
	const (
		faced   = "  - {title: 顔で, actor: window, as: \"9919990011\", act: readCard, with: {cardSerial: card-1, verification: {method: face, match: true}}}\n"
		another = "  - {title: 別人, actor: window, as: \"9919990011\", act: readCard, with: {cardSerial: card-1, verification: {method: face, match: false}}, sees: {status: 403, code: SIM-CARD-FACE}}\n"
		none    = "  - {title: 同意なし, actor: window, as: \"9919990011\", act: readCard, with: {cardSerial: card-1, verification: {method: staff}, consents: {checkups: true}}}\n" +
			"  - {title: 薬剤, actor: consultation, as: \"9919990011\", act: showMedicines, with: {cardSerial: card-1}, sees: {status: 403, code: SIM-TERM-CONSENT}}\n"
	)
	reads := func(verification, consents, answered string) []string {
		return []string{reading + `{"cardSerial":"card-1","verification":` + verification + `,"consents":` + consents + `} → ` + answered}
	}
	const read200, read403 = `200 {"cardReadId":"r1","qualificationValidity":"4"}`, `403 {"status":403,"code":"SIM-CARD-FACE"}`
	for _, c := range []struct {
		name, steps string
		deeds       []string
		want        string
	}{
		{"a face for a PIN", read, reads(`{"method":"face","match":true}`, `{"medicines":true}`, read200), "done"},
		{"the staff for a PIN", read, reads(`{"method":"staff"}`, `{"medicines":true}`, read200), "done"},
		{"a PIN for a face", faced, reads(`{"method":"pin","pin":"1234"}`, `{}`, read200), "done"},
		{"no verification", read, reads(`{}`, `{"medicines":true}`, read200), "open"},
		{"another's face is not one's own", faced, reads(`{"method":"face","match":false}`, `{}`, read403), "open"},
		{"another's face as the step has it", another, reads(`{"method":"face","match":false}`, `{}`, read403), "done"},
		{"a PIN is not another's face", another, reads(`{"method":"pin","pin":"1234"}`, `{}`, `403 {"status":403,"code":"SIM-CARD-PIN"}`), "open"},
		{"more consents", faced, reads(`{"method":"staff"}`, `{"medicines":true,"checkups":true}`, read200), "done"},
		{"more consents, but not the one that is to be missing", none, reads(`{"method":"staff"}`, `{"checkups":true,"limitCertificate":true}`, read200), "done open"},
		{"the one that is to be missing", none, reads(`{"method":"staff"}`, `{"medicines":true,"checkups":true}`, read200), "open open"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, states(scenario.Follow(parsed(t, c.steps), deeds(t, c.deeds...))))
		})
	}
}

func TestAStepTellsWhatIsToBeEntered(t *testing.T) {
	t.Parallel()
	p := scenario.Follow(parsed(t, setBoth+read+"  - {title: 薬剤, actor: window, as: \"9919990011\", act: showCheckups, with: {cardSerial: card-1}, sees: {status: 403, code: SIM-TERM-CONSENT}}\n"), deeds(t))
	assert.Equal(t, "06990014", p.Steps[0].Seat.Value)
	assert.Equal(t, []scenario.Input{
		{Field: "personalInsuredNumber", Value: "m1", Name: p.Steps[0].Inputs[0].Name},
		{Field: "nonDisclosure", Value: "true"},
		{Field: "selfInformationBlocked", Value: "true"},
		{Field: "appliedOn", Value: "2021-04-01", Free: true},
		{Field: "reason", Value: "申出", Free: true},
	}, p.Steps[0].Inputs)
	assert.Equal(t, []scenario.Input{
		{Field: "cardSerial", Value: "card-1", Name: "花子"},
		{Field: "verification.method", Value: "pin"},
		{Field: "verification.pin", Value: "1234"},
		{Field: "consents.medicines", Value: "true"},
		{Field: "consents.checkups", Value: "false"},
	}, p.Steps[1].Inputs)

	s := parsed(t, reissue)
	p = scenario.Follow(s, deeds(t))
	assert.Equal(t, scenario.Input{Field: "cardSerial", Unknown: true}, p.Steps[1].Seat)
	assert.Equal(t, []scenario.Input{{Field: "pin", Unknown: true}}, p.Steps[1].Inputs)
	p = scenario.Follow(s, deeds(t, `09:00 cardOffice: POST /jpki/cards/card-1/reissue → 201 {"cardSerial":"card-2","pin":"9876"}`))
	assert.Equal(t, scenario.Input{Field: "cardSerial", Value: "card-2"}, p.Steps[1].Seat)
	assert.Equal(t, []scenario.Input{{Field: "pin", Value: "9876"}}, p.Steps[1].Inputs)
}
