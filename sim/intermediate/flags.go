package intermediate

import (
	"context"
	"strings"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// setFlagsInput is an insurer's act on its member's flags: it needs the day of the application and a reason (P15-3).
type setFlagsInput struct {
	PersonalInsuredNumber string `path:"personalInsuredNumber" maxLength:"128" doc:"個人単位被保険者番号"`
	Body                  struct {
		NonDisclosure          *bool    `json:"nonDisclosure" required:"false" doc:"不開示該当フラグ; absent: stays as it is"`
		SelfInformationBlocked *bool    `json:"selfInformationBlocked" required:"false" doc:"自己情報提供不可フラグ; absent: stays as it is"`
		AppliedOn              string   `json:"appliedOn" format:"date" doc:"申出日"`
		Reason                 string   `json:"reason" minLength:"1" maxLength:"500" doc:"理由"`
		Items                  []string `json:"items" required:"false" enum:"eligibility,benefits,checkups" uniqueItems:"true" doc:"特定個人情報: for these alone; none: for the branch number (被保険者枝番) as a whole"`
	}
}

type flagsOutput struct {
	Body flags
}

// flags are a member's flags in force and the record of every act on them (P15-3), the oldest first.
type flags struct {
	NonDisclosure          bool              `json:"nonDisclosure" doc:"不開示該当フラグ, for the branch number as a whole"`
	SelfInformationBlocked bool              `json:"selfInformationBlocked" doc:"自己情報提供不可フラグ, for the branch number as a whole"`
	Items                  []world.ItemFlags `json:"items" doc:"flags in force for one specific personal information alone"`
	History                []flagChange      `json:"history"`
}

type flagChange struct {
	At        string            `json:"at"`
	AppliedOn string            `json:"appliedOn"`
	Reason    string            `json:"reason"`
	Change    world.FlagSetting `json:"change" doc:"what was set or lifted; null: left as it was"`
}

func setFlags(ctx context.Context, in *setFlagsInput) (*flagsOutput, error) {
	if strings.TrimSpace(in.Body.Reason) == "" {
		return nil, problem.BadField("body.reason", "must not be blank: every act on a flag has its reason on record")
	}
	a := web.AccessOf(ctx)
	setting := world.FlagSetting{
		NonDisclosure: in.Body.NonDisclosure, SelfInformationBlocked: in.Body.SelfInformationBlocked, Items: in.Body.Items,
	}
	err := a.World.SetFlags(ctx, a.Caller.Code, in.PersonalInsuredNumber, setting, in.Body.AppliedOn, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return flagsOf(ctx, in.PersonalInsuredNumber)
}

func showFlags(ctx context.Context, in *memberInput) (*flagsOutput, error) {
	return flagsOf(ctx, in.PersonalInsuredNumber)
}

// flagsOf shows the flags of the caller's own member; they belong to the personal insured number (QA-6).
func flagsOf(ctx context.Context, personalInsuredNumber string) (*flagsOutput, error) {
	a := web.AccessOf(ctx)
	of, err := a.World.OwnMember(ctx, a.Caller.Code, personalInsuredNumber)
	if err != nil {
		return nil, err
	}
	inForce := of.Person.Members[of.Own].Flags
	return &flagsOutput{flags{
		NonDisclosure: inForce.NonDisclosure, SelfInformationBlocked: inForce.SelfInformationBlocked, Items: inForce.Items,
		History: showingHistory(of.Person.FlagHistory[personalInsuredNumber]),
	}}, nil
}

func showingHistory(changes []world.FlagChange) []flagChange {
	history := make([]flagChange, 0, len(changes))
	for _, c := range changes {
		history = append(history, flagChange{world.Instant(c.At), c.AppliedOn, c.Reason, c.Change})
	}
	return history
}
