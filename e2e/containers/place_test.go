package containers_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// place is a world of the scenario base, in which the hospital checks the certificate of one person (標準 一郎), and the
// person's insurer hides the address or shows it.
type place struct {
	*nation
	prefix string
	made   answer
}

const (
	hospital  = "hospital-token"
	insurer   = "insurer-a-token"
	member    = "0699001410011000101" // the personal insured number
	certified = `{"insurerNumber":"06990014","insuredCardSymbol":"1001","insuredIdentificationNumber":"10001","insuredBranchNumber":"01","birthdate":"1980-05-15"}`
	address   = "架空県仮想市標準町一丁目1番1号"
)

// world makes a place; with the test it goes.
func (n *nation) world(t *testing.T) place {
	t.Helper()
	name := "place-" + strings.ToLower(rand.Text()[:12])
	made := ask(t, http.MethodPut, n.control+"/worlds/"+name, controlToken, `{"scenario":"base"}`, http.StatusCreated)
	t.Cleanup(func() {
		_, err := send(context.WithoutCancel(t.Context()), http.MethodDelete, n.control+"/worlds/"+name, controlToken, "")
		assert.NoError(t, err)
	})
	return place{n, "/w/" + name, made}
}

// plane is a call of the world at the control plane.
func (p place) plane(path string) string {
	return p.control + "/worlds/" + strings.TrimPrefix(p.prefix, "/w/") + path
}

// setFlag asks the intermediate server to set or lift the non-disclosure flag.
func (p place) setFlag(ctx context.Context, on bool) (answer, error) {
	return send(ctx, http.MethodPatch, p.intermediate+p.prefix+"/intermediate/members/"+member+"/flags", insurer,
		fmt.Sprintf(`{"nonDisclosure":%t,"appliedOn":"2021-04-01","reason":"申請"}`, on))
}

// hide has the flag set or lifted.
func (p place) hide(t *testing.T, on bool) {
	t.Helper()
	a, err := p.setFlag(t.Context(), on)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, a.status, a.body)
}

// check asks a terminal.
func (p place) check(ctx context.Context, terminal string) (answer, error) {
	return send(ctx, http.MethodPost, terminal+p.prefix+"/terminal/certificate-checks", hospital, certified)
}

// checked wants that a terminal answers, and shows the address or hides it.
func (p place) checked(t *testing.T, terminal string, hidden bool) {
	t.Helper()
	a, err := p.check(t.Context(), terminal)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, a.status, a.body)
	require.Contains(t, a.body, `"qualificationValidity":"1"`)
	require.Equal(t, hidden, !strings.Contains(a.body, address), a.body)
}

// unavailable wants an answer that says to come back later.
func unavailable(t *testing.T, a answer, err error) {
	t.Helper()
	require.NoError(t, err)
	require.Equal(t, http.StatusServiceUnavailable, a.status, a.body)
	require.NotEmpty(t, a.header.Get("Retry-After"))
	require.NotContains(t, a.body, address)
}
