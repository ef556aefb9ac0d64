// Package disaster is the screens that open in a large-scale disaster or a system failure (災害・障害時の画面, P5): a person
// without card and certificate is searched by name and date of birth, and found without address where a flag hides it.
package disaster

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/disclosure"
	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Mount adds the disaster screens' operations.
func Mount(api huma.API, worlds web.WorldSource) {
	g := web.Guard(web.ForOrganisations(web.System(api, worlds, "disaster"), world.RoleInstitution), open)
	web.Register(g, huma.Operation{
		OperationID: "search", Method: http.MethodPost, Path: "/searches",
		Summary: "Search a person by name, date of birth and address or insurer",
	}, search)
	web.Register(g, huma.Operation{
		OperationID: "open-candidate", Method: http.MethodGet, Path: "/candidates/{id}",
		Summary: "A candidate's eligibility (資格情報)",
	}, openCandidate)
	web.Register(g, huma.Operation{
		OperationID: "consent", Method: http.MethodPost, Path: "/candidates/{id}/consents", DefaultStatus: http.StatusCreated,
		Summary: "Enter a consent that was asked for orally (同意ボタン)",
	}, consent)
	web.Register(g, huma.Operation{
		OperationID: "list-medicines", Method: http.MethodGet, Path: "/candidates/{id}/medicines",
		Summary: "Medicines, with consent (薬剤情報)",
	}, listMedicines)
	web.Register(g, huma.Operation{
		OperationID: "list-checkups", Method: http.MethodGet, Path: "/candidates/{id}/checkups",
		Summary: "Checkups, with consent (特定健診情報等)",
	}, listCheckups)
}

// open refuses an institution whose screens the world's mode keeps closed (P5-5).
func open(ctx context.Context, a *web.Access, _ *http.Request) error {
	institution, _ := a.World.Institution(a.Caller.Code)
	mode := a.World.Mode()
	if !a.World.Look(ctx).Meets(disclosure.EmergencyDeclared, mode.OpensDisasterScreens(&institution)) {
		return problem.New(problem.Forbidden, "SIM-DIS-CLOSED", "The disaster screens are open only in a large-scale disaster or a system failure, where you are concerned by it.")
	}
	return nil
}
