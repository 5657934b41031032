// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"net/http/httptest"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// server is a service on a port of this machine.
type server struct {
	url   string
	close func()
}

func serve(handler http.Handler) *server {
	listening := httptest.NewServer(handler)
	return &server{listening.URL, listening.Close}
}

// plain is the service with otelhttp alone.
func plain() (http.Handler, *trace.TracerProvider) {
	return traced(http.HandlerFunc(answer),
		propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}), nil, nil)
}

// followed is the same service with all of chaosotel, and what makes its spans.
func followed(more ...trace.TracerProviderOption) (http.Handler, *trace.TracerProvider) {
	return traced(chaosotel.Handler(http.HandlerFunc(answer)), propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}, chaosotel.Propagator{}),
		append(more, trace.WithSpanProcessor(chaosotel.SpanProcessor{})),
		[]metric.Option{metric.WithView(chaosotel.View())})
}

func traced(handler http.Handler, propagator propagation.TextMapPropagator,
	traces []trace.TracerProviderOption, metrics []metric.Option) (http.Handler, *trace.TracerProvider) {
	tracer := trace.NewTracerProvider(traces...)
	meter := metric.NewMeterProvider(append(metrics, metric.WithReader(metric.NewManualReader()))...)
	return otelhttp.NewHandler(handler, "answer", otelhttp.WithTracerProvider(tracer),
		otelhttp.WithMeterProvider(meter), otelhttp.WithPropagators(propagator)), tracer
}

func answer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"id":"1","name":"Ada Lovelace"}`))
}
