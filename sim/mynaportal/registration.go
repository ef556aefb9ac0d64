package mynaportal

import (
	"context"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

// A failed registration says this and no more, whatever the cause (P11-2, QA-5).
const (
	failureCode    = "SIM-MP-REG-001"
	failureMessage = "処理を完了できませんでした"
)

// stepNames are the steps of P.11 in order.
var stepNames = [...]string{
	"①同意・認証",
	"②自己情報の取得要求",
	"③最新の資格情報の回答",
	"④シリアル・紐付番号・個人単位被保険者番号の引き渡しと有効性確認",
	"⑤3情報・資格情報の取得",
	"⑥結果表示・結果確認",
	"⑦処理結果の表示",
}

type registrationOutput struct {
	Body registrationAnswer
}

type registrationAnswer struct {
	Status  string `json:"status" enum:",reserved,completed,failed" doc:"empty: never registered with this card"`
	Code    string `json:"code" doc:"of a failure"`
	Message string `json:"message" doc:"of a failure"`
	Steps   []step `json:"steps" doc:"①–⑦ of P.11, when completed"`
}

type step struct {
	Step string `json:"step"`
	At   string `json:"at" format:"date-time"`
}

func register(ctx context.Context, _ *struct{}) (*registrationOutput, error) {
	a := web.AccessOf(ctx)
	if err := a.World.Register(ctx, a.Session.CardSerial); err != nil {
		return nil, err
	}
	p, known := a.World.Person(a.Person.ID)
	if !known {
		return nil, world.UnknownPerson(a.Person.ID)
	}
	return &registrationOutput{answer(p.RegistrationWith(a.Session.CardSerial))}, nil
}

func showRegistration(ctx context.Context, in *readingInput) (*registrationOutput, error) {
	p, err := in.subject(ctx)
	if err != nil {
		return nil, err
	}
	if a := web.AccessOf(ctx); p == a.Person {
		return &registrationOutput{answer(p.RegistrationWith(a.Session.CardSerial))}, nil
	}
	return &registrationOutput{answer(p.LastRegistration())}, nil
}

func answer(r world.Registration) registrationAnswer {
	shown := registrationAnswer{Status: r.Status, Steps: []step{}}
	switch r.Status {
	case world.RegistrationFailed:
		shown.Code, shown.Message = failureCode, failureMessage
	case world.RegistrationCompleted:
		for _, name := range stepNames {
			shown.Steps = append(shown.Steps, step{name, world.Instant(r.At)})
		}
	}
	return shown
}
