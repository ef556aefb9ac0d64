package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"

	"onshisim/sim/telemetry"
	"onshisim/sim/telemetry/otlp"
)

// flushing is how long the last spans may take when all requests have ended: with drainTime and the 8 s of running requests
// it is less than the 10 s after which container engines kill.
const flushing = 500 * time.Millisecond

// openTraces makes what traces requests, if the environment names a collector; else there is no tracer. The SDK itself
// reads what else the environment says, as OTEL_SERVICE_NAME and OTEL_TRACES_SAMPLER.
func openTraces(ctx context.Context, logger *slog.Logger) (tracer *telemetry.Tracer, flush func(), err error) {
	settings, wanted, err := otlp.FromEnvironment(os.Getenv)
	if err != nil || !wanted {
		return nil, func() {}, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { logger.Warn("traces", "error", err) }))
	described, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", "onshisim"), attribute.String("service.version", version())),
		resource.WithHost(), resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, nil, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(otlp.New(settings)), sdk.WithResource(described))
	logger.Info("traces are sent", "endpoint", settings.Endpoint.Redacted())
	return telemetry.NewTracer(provider), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushing)
		defer cancel()
		if err := provider.Shutdown(ctx); err != nil {
			logger.Warn("traces", "error", err) // no reason to end as failed
		}
	}, nil
}
