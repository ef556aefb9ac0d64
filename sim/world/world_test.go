package world

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"onshisim/sim/eventlog"
	"onshisim/sim/problem"
)

func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return instant
}

// document is a small world: hanako moved from insurer A to B, taro is her proxy.
func document() *Document {
	return &Document{
		Seed: 7, Now: "2021-04-01T09:00:00+09:00", RegistrationOpensAt: "2021-03-01T00:00:00+09:00",
		Insurers:     []Insurer{{InsurerNumber: "06990014", Token: "a"}, {InsurerNumber: "990010", Token: "b"}},
		Agencies:     []Agency{{AgencyCode: "welfare", Token: "w"}},
		Institutions: []Institution{{MedicalInstitutionCode: "9919990011", Token: "h", Area: "仮想市"}},
		CardOffice:   CardOffice{Token: "o"},
		Persons: []Person{
			{
				ID: "hanako", Cards: []Card{{CardSerial: "card-h", PIN: "1234"}}, Proxies: []string{"portal-taro"},
				Members: []Member{
					{PersonalInsuredNumber: "A-1", Eligibility: Eligibility{InsurerNumber: "06990014", QualificationDate: "2015-04-01", DisqualificationDate: "2020-04-01"}},
					{PersonalInsuredNumber: "B-1", Eligibility: Eligibility{InsurerNumber: "990010", QualificationDate: "2020-04-01"}},
				},
			},
			{ID: "taro", Cards: []Card{{CardSerial: "card-t", PIN: "5678"}}},
		},
	}
}

func registry(t testing.TB, log eventlog.Log) *Registry {
	t.Helper()
	r, err := Open(context.Background(), log, Sources{
		Wall: func() time.Time { return at(t, "2026-11-22T12:00:00+09:00") }, Seed: func() uint64 { return 99 },
	})
	require.NoError(t, err)
	return r
}

func created(t testing.TB, d *Document) *World {
	t.Helper()
	w, err := registry(t, eventlog.NewMemory()).Create(context.Background(), "w", d)
	require.NoError(t, err)
	return w
}

func kindOfError(t *testing.T, err error) problem.Kind {
	t.Helper()
	var refusal *problem.Error
	require.ErrorAs(t, err, &refusal)
	return refusal.Kind
}
