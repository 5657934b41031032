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

// newPlain is the service with otelhttp alone.
func newPlain() *server {
	return serve(http.HandlerFunc(answer),
		propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}), nil, nil)
}

// newFollowed is the same service with all of chaosotel.
func newFollowed() *server {
	return serve(chaosotel.Handler(http.HandlerFunc(answer)), propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}, chaosotel.Propagator{}),
		[]trace.TracerProviderOption{trace.WithSpanProcessor(chaosotel.SpanProcessor{})},
		[]metric.Option{metric.WithView(chaosotel.View())})
}

func serve(handler http.Handler, propagator propagation.TextMapPropagator,
	traces []trace.TracerProviderOption, metrics []metric.Option) *server {
	tracer := trace.NewTracerProvider(traces...)
	meter := metric.NewMeterProvider(append(metrics, metric.WithReader(metric.NewManualReader()))...)
	listening := httptest.NewServer(otelhttp.NewHandler(handler, "answer", otelhttp.WithTracerProvider(tracer),
		otelhttp.WithMeterProvider(meter), otelhttp.WithPropagators(propagator)))
	return &server{listening.URL, listening.Close}
}

func answer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"id":"1","name":"Ada Lovelace"}`))
}
