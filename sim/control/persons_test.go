package control_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"onshisim/sim/world"
)

func TestPutPerson(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	const target = "/worlds/t1/persons/taro"
	added := read[world.Person](t, p.send(http.MethodPut, target, `{"name": "架空　太郎", "individualNumber": "990000010015",
		"cards": [{"cardSerial": "card-taro"}], "registeredCard": "card-taro",
		"members": [{"insurerNumber": "06990014", "flags": {"nonDisclosure": true}}]}`), http.StatusCreated)
	require.Equal(t, "taro", added.ID)
	require.Equal(t, "valid", added.Cards[0].Status)
	require.Equal(t, "架空　太郎", added.Members[0].Name, "a member's name is the person's")
	require.True(t, added.Members[0].Flags.NonDisclosure)
	require.Equal(t, added, read[world.Person](t, p.send(http.MethodGet, target, ""), http.StatusOK))

	replaced := read[world.Person](t, p.send(http.MethodPut, target, `{"id": "taro", "name": "架空　次郎"}`), http.StatusOK)
	require.Equal(t, "架空　次郎", replaced.Name)
	require.Empty(t, replaced.Members)
	require.Equal(t, replaced, read[world.Person](t, p.send(http.MethodGet, target, ""), http.StatusOK))
}

func TestPutPersonRefuses(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	const target = "/worlds/t1/persons/taro"
	for body, field := range map[string]string{
		`{"names": "x"}`:                                    "body.names",
		`{"id": "jiro"}`:                                    "body.id",
		`{"birthdate": "1980-02-30"}`:                       "body.birthdate",
		`{"members": [{"insurerNumber": "39990015"}]}`:      "body.members[0].insurerNumber",
		`{"cards": [{"cardSerial": "card-hanako"}]}`:        "body.cards[0].cardSerial",
		`{"portalUserId": "portal-hanako"}`:                 "body.portalUserId",
		`{"registeredCard": "none"}`:                        "body.registeredCard",
		`{"checkups": [{"personalInsuredNumber": "none"}]}`: "body.checkups[0].personalInsuredNumber",
		`{"members": [{"insurerNumber": "990010", "personalInsuredNumber": "at-a"}]}`: "body.members[0].personalInsuredNumber",
	} {
		refused(t, p.send(http.MethodPut, target, body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
	refused(t, p.send(http.MethodGet, target, ""), http.StatusNotFound, "SIM-PERSON-404")
	refused(t, p.send(http.MethodPut, "/worlds/t1/persons/-", `{}`), http.StatusUnprocessableEntity, "SIM-REQ-422", "path.id")
}

func TestPutRecords(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	const target = "/worlds/t1/persons/hanako/records"
	full := read[world.Person](t, p.send(http.MethodPut, target, `{
		"checkups": [{"personalInsuredNumber": "at-b", "date": "2019-10-12"}],
		"medicines": [{"treatmentDate": "2021-03-01", "medicineName": "架空錠"}],
		"medicalExpenses": [{"reviewMonth": "2021-02", "totalCost": 1200}]}`), http.StatusOK)
	require.Equal(t, "at-b", full.Checkups[0].PersonalInsuredNumber)
	require.Equal(t, "at-c", full.Medicines[0].PersonalInsuredNumber, "left out, the latest")
	require.EqualValues(t, 1200, full.MedicalExpenses[0].TotalCost)
	require.Len(t, full.Members, 3)

	emptied := read[world.Person](t, p.send(http.MethodPut, target, `{}`), http.StatusOK)
	require.Empty(t, emptied.Checkups)
	require.Empty(t, emptied.Medicines)

	for body, field := range map[string]string{
		`{"members": []}`:                        "body.members",
		`{"checkups": [{"date": "2021-13-01"}]}`: "body.checkups[0].date",
		`{"medicines": [{"medicineName": "x", "personalInsuredNumber": "none"}]}`: "body.medicines[0].personalInsuredNumber",
		`{"medicalExpenses": [{"reviewMonth": "2021-13"}]}`:                       "body.medicalExpenses[0].reviewMonth",
	} {
		refused(t, p.send(http.MethodPut, target, body), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
	refused(t, p.send(http.MethodPut, "/worlds/t1/persons/none/records", `{}`), http.StatusNotFound, "SIM-PERSON-404")
}

func TestListPersons(t *testing.T) {
	t.Parallel()
	p := newPlane(t)
	p.made(t)
	for i := range 4 {
		read[world.Person](t, p.send(http.MethodPut, fmt.Sprintf("/worlds/t1/persons/p%d", i), `{}`), http.StatusCreated)
	}
	ids := func(query, next string) (ids []string) {
		page := read[personsAnswer](t, p.send(http.MethodGet, "/worlds/t1/persons"+query, ""), http.StatusOK)
		require.Equal(t, next, page.Next, query)
		for _, person := range page.Persons {
			ids = append(ids, person.ID)
		}
		return ids
	}
	require.Equal(t, []string{"hanako", "p0", "p1", "p2", "p3"}, ids("", ""))
	require.Equal(t, []string{"hanako", "p0"}, ids("?limit=2", "2"))
	require.Equal(t, []string{"p1", "p2"}, ids("?limit=2&cursor=2", "4"))
	require.Equal(t, []string{"p3"}, ids("?limit=2&cursor=4", ""))
	require.Equal(t, []string{"p2", "p3"}, ids("?limit=2&cursor=3", ""))
	require.JSONEq(t, `{"persons": [], "next": ""}`, p.send(http.MethodGet, "/worlds/t1/persons?cursor=9", "").Body.String())
	for query, field := range map[string]string{
		"?limit=0": "query.limit", "?limit=1001": "query.limit", "?limit=x": "query.limit", "?cursor=-1": "query.cursor", "?page=2": "query.page",
	} {
		refused(t, p.send(http.MethodGet, "/worlds/t1/persons"+query, ""), http.StatusUnprocessableEntity, "SIM-REQ-422", field)
	}
}
