// Package terminal is the terminal of institutions and pharmacies (資格確認端末): eligibility by My Number card or by
// insurance certificate, medicines and checkups with consent, reference numbers. There are no medical-expense notices
// here (P3-2, P3-3).
package terminal

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Mount adds the terminal's operations.
func Mount(api huma.API, worlds web.WorldSource) {
	g := web.ForOrganisations(web.System(api, worlds, "terminal"), world.RoleInstitution)
	web.Register(g, huma.Operation{
		OperationID: "read-card", Method: http.MethodPost, Path: "/card-reads",
		Summary: "Read a My Number card (マイナンバーカードによる資格確認)",
	}, readCard)
	web.Register(g, huma.Operation{
		OperationID: "show-card-read", Method: http.MethodGet, Path: "/card-reads/{id}",
		Summary: "What a card read within the last 24 hours opens now",
	}, showCardRead)
	web.Register(g, huma.Operation{
		OperationID: "list-medicines", Method: http.MethodGet, Path: "/card-reads/{id}/medicines",
		Summary: "Medicines, with consent (薬剤情報)",
	}, listMedicines)
	web.Register(g, huma.Operation{
		OperationID: "list-checkups", Method: http.MethodGet, Path: "/card-reads/{id}/checkups",
		Summary: "Checkups, with consent (特定健診情報等)",
	}, listCheckups)
	web.Register(g, huma.Operation{
		OperationID: "list-medicines-by-certificate", Method: http.MethodPost, Path: "/medicines",
		Summary: "Medicines of a certificate's holder, with the consent given at the newest card read (薬剤情報)",
	}, listMedicinesByCertificate)
	web.Register(g, huma.Operation{
		OperationID: "list-checkups-by-certificate", Method: http.MethodPost, Path: "/checkups",
		Summary: "Checkups of a certificate's holder, with the consent given at the newest card read (特定健診情報等)",
	}, listCheckupsByCertificate)
	web.Register(g, huma.Operation{
		OperationID: "check-certificate", Method: http.MethodPost, Path: "/certificate-checks",
		Summary: "Check an insurance certificate (被保険者証による資格確認)",
	}, checkCertificate)
	web.Register(g, huma.Operation{
		OperationID: "put-reference-number", Method: http.MethodPut, Path: "/reference-numbers",
		Summary: "Give a person the institution's own number (照会番号)",
	}, putReferenceNumber)
}
