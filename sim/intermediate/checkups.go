package intermediate

import (
	"context"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

type putCheckupInput struct {
	PersonalInsuredNumber string `path:"personalInsuredNumber" maxLength:"128" doc:"個人単位被保険者番号"`
	ID                    string `path:"id" maxLength:"64" doc:"the checkupId"`
	Body                  struct {
		Date                   string              `json:"date" format:"date" doc:"健診実施日"`
		MedicalInstitutionCode string              `json:"medicalInstitutionCode" required:"false" pattern:"^([0-9]{10})?$" patternDescription:"10 digits" doc:"医療機関コード"`
		InstitutionName        string              `json:"institutionName" required:"false" maxLength:"200"`
		Items                  []world.CheckupItem `json:"items"`
	}
}

// checkup is a specific health checkup (特定健診情報等) as the insurer entered it.
type checkup struct {
	CheckupID              string              `json:"checkupId"`
	PersonalInsuredNumber  string              `json:"personalInsuredNumber"`
	Date                   string              `json:"date"`
	MedicalInstitutionCode string              `json:"medicalInstitutionCode"`
	InstitutionName        string              `json:"institutionName"`
	Items                  []world.CheckupItem `json:"items"`
}

func putCheckup(ctx context.Context, in *putCheckupInput) (*web.Put[checkup], error) {
	a := web.AccessOf(ctx)
	entered := world.Checkup{
		CheckupID: in.ID, PersonalInsuredNumber: in.PersonalInsuredNumber, Date: in.Body.Date,
		MedicalInstitutionCode: in.Body.MedicalInstitutionCode, InstitutionName: in.Body.InstitutionName, Items: in.Body.Items,
	}
	added, err := a.World.PutCheckup(ctx, a.Caller.Code, entered)
	if err != nil {
		return nil, err
	}
	return web.AnswerPut(added, checkup(entered)), nil
}
