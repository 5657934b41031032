// SPDX-License-Identifier: Apache-2.0

// Package sample is what docs/chaos-id.md shows.
package sample

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
	chaoszap "github.com/chaos-junit/chaos-junit/it-go-services/chaosotel/zap"
)

func TestAServiceThatCanBeFollowed(t *testing.T) {
	core, lines := observer.New(zap.InfoLevel)
	log, mux := zap.New(core), http.NewServeMux()

	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(
		propagation.TraceContext{}, propagation.Baggage{}, chaosotel.Propagator{}))
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithSpanProcessor(chaosotel.SpanProcessor{})))
	otel.SetMeterProvider(metric.NewMeterProvider(metric.WithView(chaosotel.View())))
	mux.HandleFunc("GET /users/{id}", func(_ http.ResponseWriter, r *http.Request) {
		log.Warn("no such user", chaoszap.Fields(r.Context()))
	})
	handler := otelhttp.NewHandler(chaosotel.Handler(mux), "http")

	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/users/1", nil)
	request.Header.Set("X-Chaos-ID", "ShopTest.slow/fault")
	handler.ServeHTTP(httptest.NewRecorder(), request)
	fields := lines.All()[0].ContextMap()
	if fields["chaos_id"] != "ShopTest.slow/fault" || fields["trace_id"] == nil {
		t.Errorf("got %v", fields)
	}
}
