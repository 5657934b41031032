// SPDX-License-Identifier: Apache-2.0

// Package telemetry sets up OpenTelemetry: traces go where the OTEL_* variables say, metrics to Prometheus.
package telemetry

import (
	"context"
	"errors"
	"fmt"

	"go.opentelemetry.io/contrib/exporters/autoexport"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// Start installs the global providers and returns what flushes and stops them.
func Start(ctx context.Context, service string) (stop func(context.Context) error, err error) {
	// OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, so they win.
	res, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", service)),
		resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("OpenTelemetry resource: %w", err)
	}
	tracer, err := tracing(ctx, res)
	if err != nil {
		return nil, err
	}
	meter, err := metrics(res)
	if err != nil {
		return nil, err
	}
	otel.SetTracerProvider(tracer)
	otel.SetMeterProvider(meter)
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}, chaosotel.Propagator{}))
	return func(ctx context.Context) error {
		return errors.Join(tracer.Shutdown(ctx), meter.Shutdown(ctx))
	}, nil
}

// tracing exports nothing unless OTEL_TRACES_EXPORTER asks for it; trace ids for the logs there are always.
func tracing(ctx context.Context, res *resource.Resource) (*trace.TracerProvider, error) {
	exporter, err := autoexport.NewSpanExporter(ctx, autoexport.WithFallbackSpanExporter(none))
	if err != nil {
		return nil, fmt.Errorf("OTEL_TRACES_EXPORTER: %w", err)
	}
	options := []trace.TracerProviderOption{trace.WithResource(res), trace.WithSpanProcessor(chaosotel.SpanProcessor{})}
	if exporter != nil && !autoexport.IsNoneSpanExporter(exporter) {
		options = append(options, trace.WithBatcher(exporter))
	}
	return trace.NewTracerProvider(options...), nil
}

func none(context.Context) (trace.SpanExporter, error) {
	return nil, nil
}

func metrics(res *resource.Resource) (*metric.MeterProvider, error) {
	reader, err := prometheus.New(prometheus.WithoutScopeInfo())
	if err != nil {
		return nil, fmt.Errorf("Prometheus exporter: %w", err)
	}
	// Sizes of bodies are half of all metric lines, and nobody has asked for them yet.
	noSizes := metric.NewView(metric.Instrument{Name: "http.*.body.size"},
		metric.Stream{Aggregation: metric.AggregationDrop{}})
	return metric.NewMeterProvider(metric.WithReader(reader), metric.WithResource(res),
		metric.WithView(chaosotel.View(noSizes))), nil
}
