// Package intermediate is the intermediate server of the medical insurers (医療保険者等向け中間サーバー): each insurer keeps
// its members there in its own logical partition (論理区画) and sets the two flags on them (P6-1, P6-6); agencies
// (情報照会者) inquire there and set their own flag. It is the one system that names the flags.
package intermediate

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Mount adds the intermediate server's operations.
func Mount(api huma.API, worlds web.WorldSource) {
	system := web.System(api, worlds, "intermediate")
	mountMembers(web.ForOrganisations(system, world.RoleInsurer))
	mountSubjects(web.ForOrganisations(system, world.RoleInsurer, world.RoleAgency))
	mountInquirers(web.ForOrganisations(system, world.RoleAgency))
}

// mountMembers adds what insurers do with their own members.
func mountMembers(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "put-member", Method: http.MethodPut, Path: "/members/{personalInsuredNumber}",
		Summary: "Register or correct a member (加入者の登録・訂正)", Responses: web.Created[member](g),
		Description: "A correction changes the fields that it names; an empty text, an empty list or null empties one, or gives it its default " +
			"where it can't be empty. A new member has the address that its insurer gives, or none. Flags stay as they are.",
	}, putMember)
	web.Register(g, huma.Operation{
		OperationID: "list-members", Method: http.MethodGet, Path: "/members",
		Summary: "Own members, page by page (加入者の一覧)",
	}, listMembers)
	web.Register(g, huma.Operation{
		OperationID: "show-member", Method: http.MethodGet, Path: "/members/{personalInsuredNumber}",
		Summary: "One of the own members (加入者の照会)",
	}, showMember)
	web.Register(g, huma.Operation{
		OperationID: "set-flags", Method: http.MethodPatch, Path: "/members/{personalInsuredNumber}/flags",
		Summary: "Set or lift a member's flags (不開示該当フラグ・自己情報提供不可フラグの設定・解除)",
	}, setFlags)
	web.Register(g, huma.Operation{
		OperationID: "show-flags", Method: http.MethodGet, Path: "/members/{personalInsuredNumber}/flags",
		Summary: "A member's flags in force, and every act on them",
	}, showFlags)
	web.Register(g, huma.Operation{
		OperationID: "put-checkup", Method: http.MethodPut, Path: "/members/{personalInsuredNumber}/checkups/{id}",
		Summary: "Enter or correct a checkup (特定健診情報等)", Responses: web.Created[checkup](g),
	}, putCheckup)
}

// mountSubjects adds what either side of an inquiry sees of a person.
func mountSubjects(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "find-subject", Method: http.MethodPost, Path: "/subjects",
		Summary: "Look up a person's institution-specific code (機関別符号の取得)",
	}, findSubject)
	web.Register(g, huma.Operation{
		OperationID: "show-subject", Method: http.MethodGet, Path: "/subjects/{institutionSpecificCode}",
		Summary: "The own flag for a person, and the own inquiries",
	}, showSubject)
}

// mountInquirers adds what agencies do.
func mountInquirers(g huma.API) {
	web.Register(g, huma.Operation{
		OperationID: "set-subject-flag", Method: http.MethodPatch, Path: "/subjects/{institutionSpecificCode}/flags",
		Summary: "Set or lift the own non-disclosure flag for a person (不開示該当フラグの設定・解除)",
	}, setSubjectFlag)
	web.Register(g, huma.Operation{
		OperationID: "inquire", Method: http.MethodPost, Path: "/inquiries",
		Summary: "Inquire of an insurer about a person (情報照会); the answer is automatic",
	}, inquire)
}
