package otlp

import (
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// Settings are where spans go.
type Settings struct {
	Endpoint *url.URL          // what takes them, as in http://localhost:4318/v1/traces
	Headers  map[string]string // sent along, as a service's key
	Timeout  time.Duration     // for one batch
	Roots    *x509.CertPool    // whom to trust; nil: whom the machine trusts
}

// FromEnvironment reads the settings under the names that OpenTelemetry gives them, those for traces before those for all
// signals. wanted: an endpoint is given, and nothing turns traces off.
func FromEnvironment(env func(string) string) (settings Settings, wanted bool, err error) {
	of := func(name string) (value, variable string) {
		if variable = "OTEL_EXPORTER_OTLP_TRACES_" + name; env(variable) == "" {
			variable = "OTEL_EXPORTER_OTLP_" + name
		}
		return strings.TrimSpace(env(variable)), variable
	}
	endpoint, variable := of("ENDPOINT")
	if endpoint == "" || strings.EqualFold(env("OTEL_SDK_DISABLED"), "true") || env("OTEL_TRACES_EXPORTER") == "none" {
		return Settings{}, false, nil
	}
	target, err := url.Parse(endpoint)
	if err != nil || target.Host == "" || target.Scheme != "http" && target.Scheme != "https" {
		return Settings{}, false, fmt.Errorf("%s is no URL; give one as in http://localhost:4318", variable)
	}
	if variable == "OTEL_EXPORTER_OTLP_ENDPOINT" { // the base for all signals
		target = target.JoinPath("v1", "traces")
	}
	settings = Settings{Endpoint: target}
	if protocol, variable := of("PROTOCOL"); protocol == "grpc" {
		return Settings{}, false, fmt.Errorf("%s: traces go over HTTP here, not gRPC; leave it out, and give the collector's HTTP port (4318)", variable)
	}
	if settings.Headers, err = headersOf(of("HEADERS")); err != nil {
		return Settings{}, false, err
	}
	if settings.Timeout, err = timeoutOf(of("TIMEOUT")); err != nil {
		return Settings{}, false, err
	}
	settings.Roots, err = rootsOf(of("CERTIFICATE"))
	return settings, err == nil, err
}

// headersOf reads name=value,…, values percent-encoded. An error does not repeat a value: it may be a key.
func headersOf(text, variable string) (map[string]string, error) {
	headers := map[string]string{}
	for pair := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name, encoded, ok := strings.Cut(pair, "=")
		value, err := url.PathUnescape(strings.TrimSpace(encoded))
		if name = strings.TrimSpace(name); !ok || err != nil || name == "" {
			return nil, fmt.Errorf("%s: headers are given as name=value,name=value, values percent-encoded", variable)
		}
		headers[http.CanonicalHeaderKey(name)] = value
	}
	return headers, nil
}

func timeoutOf(text, variable string) (time.Duration, error) {
	if text == "" {
		return 10 * time.Second, nil
	}
	milliseconds, err := strconv.Atoi(text)
	if err != nil || milliseconds < 1 {
		return 0, fmt.Errorf("%s %q: a timeout is a number of milliseconds, at least 1", variable, text)
	}
	return time.Duration(milliseconds) * time.Millisecond, nil
}

func rootsOf(file, variable string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", variable, err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s: %s holds no certificate in PEM", variable, file)
	}
	return roots, nil
}
