package intermediate_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/intermediate"
	"onshisim/sim/web"
	"onshisim/sim/web/openapitest"
	"onshisim/sim/world"
)

// The organisations of the tests' world, and its persons' individual numbers.
const (
	insurerA, tokenA = "06990014", "insurer-a-token"
	insurerB, tokenB = "01990019", "insurer-b-token"
	insurerC, tokenC = "990010", "insurer-c-token"
	welfare, pension = "agency-welfare-token", "agency-pension-token"
	hospital         = "hospital-token"

	ichiro  = "990000010015" // a member of A
	sachiko = "990000020029" // went from A to B; C has registered her from next month on
)

// document is the tests' world, on 2021-04-01.
func document() *world.Document {
	return &world.Document{
		Seed: 1, Now: "2021-04-01T09:00:00+09:00",
		Insurers: []world.Insurer{
			{InsurerNumber: insurerA, InsurerName: "架空健保", Token: tokenA},
			{InsurerNumber: insurerB, InsurerName: "架空協会", Token: tokenB},
			{InsurerNumber: insurerC, InsurerName: "仮想市国保", Token: tokenC},
		},
		Agencies: []world.Agency{
			{AgencyCode: "welfare", Token: welfare},
			{AgencyCode: insurerA, Token: pension}, // its code is an insurer's number, which must not make it one
		},
		Institutions: []world.Institution{{MedicalInstitutionCode: "9919990011", Token: hospital}},
		Persons: []world.Person{
			{
				ID: "ichiro", IndividualNumber: ichiro, Name: "標準　一郎", NameKana: "ヒョウジュン　イチロウ", Sex1: "1",
				Birthdate: "1980-05-15", Address: "架空県仮想市標準町1番1号", PostNumber: "999-0101",
				Members: []world.Member{memberOf(insurerA, "a-ichiro", "10001", "2015-04-01", "")},
			},
			{
				ID: "sachiko", IndividualNumber: sachiko, Name: "転々　幸子", Birthdate: "1975-03-03", Address: "架空県転居市3番3号",
				Members: []world.Member{
					memberOf(insurerA, "a-sachiko", "30003", "2012-04-01", "2018-04-01"),
					memberOf(insurerB, "b-sachiko", "40004", "2018-04-01", ""),
					memberOf(insurerC, "c-sachiko", "50005", "2021-05-01", ""),
				},
			},
		},
	}
}

func memberOf(insurer, number, identification, acquired, lost string) world.Member {
	m := world.Member{PersonalInsuredNumber: number}
	m.InsurerNumber, m.InsuredCardSymbol, m.InsuredIdentificationNumber, m.InsuredBranchNumber = insurer, "1001", identification, "01"
	m.QualificationDate, m.DisqualificationDate = acquired, lost
	return m
}

// server is the intermediate server with the tests' world.
type server struct {
	*web.Server
	checked http.Handler
	worlds  *world.Registry
	world   *world.World
	prefix  string // of paths: "", or /w/ and another world
}

func newServer(t *testing.T) *server {
	t.Helper()
	worlds, err := world.Open(t.Context(), eventlog.NewMemory(), world.Sources{
		Wall: func() time.Time { return time.Date(2021, 4, 1, 9, 0, 0, 0, world.JST) },
		Seed: func() uint64 { return 1 },
	})
	require.NoError(t, err)
	w, err := worlds.Create(t.Context(), web.DefaultWorld, document())
	require.NoError(t, err)
	s := web.New(web.Config{Title: "Test", Version: "1", Logger: slog.New(slog.DiscardHandler)})
	intermediate.Mount(s.API, worlds)
	return &server{s, openapitest.Checked(t, s), worlds, w, ""}
}

// answer is a status with a body.
type answer struct {
	status int
	body   string
}

// send asks with a token; target is a path below /intermediate.
func (s *server) send(token, method, target, body string) answer {
	r := httptest.NewRequest(method, s.prefix+"/intermediate"+target, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	s.checked.ServeHTTP(w, r)
	return answer{w.Code, w.Body.String()}
}

// ok is the body of an answer that must be 200.
func (s *server) ok(t *testing.T, token, method, target, body string) string {
	t.Helper()
	a := s.send(token, method, target, body)
	require.Equal(t, http.StatusOK, a.status, a.body)
	return a.body
}

// read puts a body into T, which must hold every field of it.
func read[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	decoder := json.NewDecoder(strings.NewReader(body))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&v), body)
	return v
}

// refusal is a call that must be refused.
type refusal struct {
	name, token, method, target, body string
	status                            int
	code, field                       string // field is empty where none is to blame
}

func (want refusal) check(t *testing.T, s *server) {
	t.Helper()
	a := s.send(want.token, want.method, want.target, want.body)
	require.Equal(t, want.status, a.status, a.body)
	p := read[web.Problem](t, a.body)
	assert.Equal(t, want.code, p.Code)
	fields := []string{}
	for _, e := range p.Errors {
		fields = append(fields, e.Field)
	}
	if want.field == "" {
		assert.Empty(t, fields)
	} else {
		assert.Equal(t, []string{want.field}, fields)
	}
}

func checkRefusals(t *testing.T, refusals []refusal) {
	t.Helper()
	s := newServer(t)
	for _, want := range refusals {
		t.Run(want.name, func(t *testing.T) {
			t.Parallel()
			want.check(t, s)
		})
	}
}
