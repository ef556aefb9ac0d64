// Package mynaportal is Mynaportal (マイナポータル) as far as eligibility goes: initial registration, self-information,
// exchange history, and the four kinds of information of the eligibility system (P3-1), for the person and its proxies.
package mynaportal

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/problem"
	"onshisim/sim/web"
	"onshisim/sim/world"
)

// Mount adds Mynaportal's operations.
func Mount(api huma.API, worlds web.WorldSource) {
	system := web.System(api, worlds, "mynaportal")
	web.Register(system, huma.Operation{
		OperationID: "log-in", Method: http.MethodPost, Path: "/sessions", DefaultStatus: http.StatusCreated,
		Summary: "Log in with a My Number card and its 4-digit PIN",
	}, logIn)

	g := web.ForSessions(system)
	web.Register(g, huma.Operation{
		OperationID: "register", Method: http.MethodPost, Path: "/registration",
		Summary: "Initial registration (初回登録), or its reservation (予約登録)",
	}, register)
	web.Register(g, reading("show-registration", "/registration", "The registration with the session's card"), showRegistration)
	web.Register(g, reading("list-self-information", "/self-information", "Self-information (自己情報・あなたの情報)"), listSelfInformation)
	web.Register(g, reading("list-exchange-records", "/exchange-records", "Exchange history (やりとり履歴)"), listExchangeRecords)
	web.Register(g, reading("list-eligibility", "/eligibility", "Eligibility (資格情報)"), listEligibility)
	web.Register(g, reading("list-checkups", "/checkups", "Checkups (特定健診情報等)"), listCheckups)
	web.Register(g, reading("list-medicines", "/medicines", "Medicines (薬剤情報)"), listMedicines)
	web.Register(g, reading("list-medical-expenses", "/medical-expenses", "Medical-expense notices (医療費通知情報)"), listMedicalExpenses)
	web.Register(g, reading("show-proxy", "/proxies/{portalUserId}", "One of your proxies (代理人)"), showProxy)
	web.Register(g, huma.Operation{
		OperationID: "name-proxy", Method: http.MethodPut, Path: "/proxies/{portalUserId}", Summary: "Name a proxy (代理人設定)",
	}, nameProxy)
	web.Register(g, huma.Operation{
		OperationID: "remove-proxy", Method: http.MethodDelete, Path: "/proxies/{portalUserId}", Summary: "Remove a proxy (代理人設定の解除)",
	}, removeProxy)
	web.Register(g, reading("list-proxies", "/proxies", "Your proxies (代理人)"), listProxies)
	web.Register(g, reading("list-principals", "/principals", "Whose proxy you are"), listPrincipals)
}

func reading(id, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary}
}

// readingInput names whose information is read.
type readingInput struct {
	Principal string `query:"principal" maxLength:"80" doc:"portalUserId of a person who named you proxy; absent: yourself"`
}

// subject is the person whose information the session may read. Who is no proxy learns nothing, not even whether there is
// such a person.
func (in *readingInput) subject(ctx context.Context) (*world.Insured, error) {
	a := web.AccessOf(ctx)
	if in.Principal == "" || in.Principal == a.Person.PortalUserID {
		return a.Person, nil
	}
	p, known := a.World.PersonByPortalUser(in.Principal)
	if !known || !slices.Contains(p.Proxies, a.Person.PortalUserID) {
		return nil, problem.New(problem.Forbidden, "SIM-MP-403", "You are not this person's proxy.")
	}
	return p, nil
}
