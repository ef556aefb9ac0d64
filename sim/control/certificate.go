package control

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"onshisim/sim/web"
)

// certificateType is what browsers take for a CA to trust.
const certificateType = "application/x-x509-ca-cert"

// MountCertificate hands out the test CA of the listeners, so that who reaches them can come to trust it. Nobody needs a
// token for it: it is shown in every connection's beginning, and its fingerprint is what tells it from another's.
func MountCertificate(api huma.API, pem []byte) {
	text := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Description: "a certificate in PEM"}}
	web.Register(tagged(api, "TLS"), huma.Operation{
		OperationID: "test-ca", Method: http.MethodGet, Path: "/ca.pem", Summary: "The certificate of the test CA that this simulator's own is from",
		Description: "Compare its SHA-256 fingerprint with the one that the simulator printed when it began, before you trust it.",
		Responses: map[string]*huma.Response{"200": {
			Description: "The certificate", Content: map[string]*huma.MediaType{certificateType: text},
		}},
	}, func(context.Context, *struct{}) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: func(answer huma.Context) {
			answer.SetHeader("Content-Type", certificateType)
			answer.SetHeader("Content-Length", strconv.Itoa(len(pem)))
			_, _ = answer.BodyWriter().Write(pem) // fails when the client is gone
		}}, nil
	})
}
