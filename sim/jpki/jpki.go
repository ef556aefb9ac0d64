// Package jpki is the card office: the municipalities, who issue My Number cards (マイナンバーカード) and individual
// numbers, and JPKI (公的個人認証), who stops and revokes the cards' certificates. Both have one token here.
package jpki

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Mount adds the card office's operations.
func Mount(api huma.API, worlds web.WorldSource) {
	g := web.ForOrganisations(web.System(api, worlds, "jpki"), world.RoleCardOffice)
	web.Register(g, huma.Operation{
		OperationID: "show-card", Method: http.MethodGet, Path: "/cards/{serial}",
		Summary: "A card's status",
	}, showCard)
	web.Register(g, huma.Operation{
		OperationID: "suspend-card", Method: http.MethodPost, Path: "/cards/{serial}/suspension",
		Summary: "Stop a card (一時停止)",
	}, suspendCard)
	web.Register(g, huma.Operation{
		OperationID: "lift-suspension", Method: http.MethodDelete, Path: "/cards/{serial}/suspension", DefaultStatus: http.StatusOK,
		Summary: "Let a stopped card be used again (一時停止の解除)",
	}, liftSuspension)
	web.Register(g, huma.Operation{
		OperationID: "reissue-card", Method: http.MethodPost, Path: "/cards/{serial}/reissue", DefaultStatus: http.StatusCreated,
		Summary: "Revoke a card and issue another (再交付); the initial registration does not pass to it",
	}, reissueCard)
	web.Register(g, huma.Operation{
		OperationID: "set-pin", Method: http.MethodPost, Path: "/cards/{serial}/pin",
		Summary: "Give a card a new PIN and clear its lock (暗証番号の再設定)",
	}, setPIN)
	web.Register(g, huma.Operation{
		OperationID: "change-individual-number", Method: http.MethodPost, Path: "/individual-numbers/{number}/change",
		Summary: "Give a person a new individual number (個人番号の変更)",
	}, changeIndividualNumber)
}
