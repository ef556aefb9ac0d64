package otlp_test

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"onshisim/sim/telemetry/otlp"
)

// TestNothingIsTracedUnlessACollectorIsNamed and nothing turns it off.
func TestNothingIsTracedUnlessACollectorIsNamed(t *testing.T) {
	t.Parallel()
	const endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT"
	for _, variables := range []map[string]string{
		{},
		{"OTEL_EXPORTER_OTLP_HEADERS": "a=b", "OTEL_SERVICE_NAME": "x"},
		{endpoint: " "},
		{endpoint: "http://collector:4318", "OTEL_SDK_DISABLED": "true"},
		{endpoint: "http://collector:4318", "OTEL_TRACES_EXPORTER": "none"},
	} {
		_, wanted, err := otlp.FromEnvironment(environment(variables))
		require.NoError(t, err)
		require.False(t, wanted, "%v", variables)
	}
}

func TestSettingsGoByTheNamesOfOpenTelemetry(t *testing.T) {
	t.Parallel()
	settings, wanted, err := otlp.FromEnvironment(environment(map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector:4318/base/", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
		"OTEL_EXPORTER_OTLP_HEADERS": "api-key=k%3D1, X-Scope = a ,", "OTEL_EXPORTER_OTLP_TIMEOUT": "1500",
	}))
	require.NoError(t, err)
	require.True(t, wanted)
	require.Equal(t, "https://collector:4318/base/v1/traces", settings.Endpoint.String())
	require.Equal(t, map[string]string{"Api-Key": "k=1", "X-Scope": "a"}, settings.Headers)
	require.Equal(t, 1500*time.Millisecond, settings.Timeout)
	require.Nil(t, settings.Roots)

	settings, _, err = otlp.FromEnvironment(environment(map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT": "http://all:4318", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://traces/x",
		"OTEL_EXPORTER_OTLP_HEADERS": "a=1", "OTEL_EXPORTER_OTLP_TRACES_HEADERS": "a=2",
	}))
	require.NoError(t, err)
	require.Equal(t, "http://traces/x", settings.Endpoint.String(), "as it is given")
	require.Equal(t, map[string]string{"A": "2"}, settings.Headers)
	require.Equal(t, 10*time.Second, settings.Timeout)
}

// TestAnIllSettingIsNamed, and a value that may be a key is not repeated.
func TestAnIllSettingIsNamed(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.pem")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	for _, test := range []struct{ variable, value, says string }{
		{"OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is no URL; give one as in http://localhost:4318"},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "ftp://collector", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is no URL"},
		{"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "OTEL_EXPORTER_OTLP_PROTOCOL: traces go over HTTP here, not gRPC"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "secret", "OTEL_EXPORTER_OTLP_HEADERS: headers are given as name=value"},
		{"OTEL_EXPORTER_OTLP_HEADERS", "a=secret%zz", "OTEL_EXPORTER_OTLP_HEADERS: headers are given as name=value"},
		{"OTEL_EXPORTER_OTLP_TIMEOUT", "10s", `OTEL_EXPORTER_OTLP_TIMEOUT "10s": a timeout is a number of milliseconds`},
		{"OTEL_EXPORTER_OTLP_TIMEOUT", "0", `OTEL_EXPORTER_OTLP_TIMEOUT "0"`},
		{"OTEL_EXPORTER_OTLP_CERTIFICATE", "nowhere.pem", "OTEL_EXPORTER_OTLP_CERTIFICATE: open nowhere.pem"},
		{"OTEL_EXPORTER_OTLP_CERTIFICATE", empty, "holds no certificate in PEM"},
	} {
		variables := map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", test.variable: test.value}
		_, wanted, err := otlp.FromEnvironment(environment(variables))
		require.ErrorContains(t, err, test.says)
		require.NotContains(t, err.Error(), "secret")
		require.False(t, wanted)
	}
}

// TestACollectorIsTrustedByItsCertificate: an image from scratch trusts nobody by itself.
func TestACollectorIsTrustedByItsCertificate(t *testing.T) {
	t.Parallel()
	c := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(c.Close)
	file := filepath.Join(t.TempDir(), "collector.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate().Raw})
	require.NoError(t, os.WriteFile(file, text, 0o600))
	send := func(certificate string) error {
		settings, _, err := otlp.FromEnvironment(environment(map[string]string{
			"OTEL_EXPORTER_OTLP_ENDPOINT": c.URL, "OTEL_EXPORTER_OTLP_CERTIFICATE": certificate,
		}))
		require.NoError(t, err)
		return otlp.New(settings).ExportSpans(t.Context(), []sdk.ReadOnlySpan{ended(t)})
	}
	require.NoError(t, send(file))
	require.ErrorContains(t, send(""), "certificate")
}
