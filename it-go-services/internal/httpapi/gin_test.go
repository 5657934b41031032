// SPDX-License-Identifier: Apache-2.0

package httpapi

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gin-gonic/gin"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func TestSpansAndMetricsAreByRoute(t *testing.T) {
	spans, reader := tracetest.NewSpanRecorder(), metric.NewManualReader()
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithSpanProcessor(spans)))
	otel.SetMeterProvider(metric.NewMeterProvider(metric.WithReader(reader)))
	router := NewGin()
	router.GET("/users/:id", func(c *gin.Context) { c.Status(http.StatusNoContent) })
	h := Traced(router)
	for _, path := range []string{"/users/1", "/users/2"} {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	for _, span := range spans.Ended() {
		if span.Name() != "GET /users/:id" {
			t.Errorf("got span %q, want GET /users/:id", span.Name())
		}
	}
	if got := routes(t, reader); len(got) != 1 || got["/users/:id"] != 2 {
		t.Errorf("got requests by route %v, want 2 of /users/:id", got)
	}
}

func TestPanicIsAnswered(t *testing.T) {
	router := NewGin()
	router.GET("/", func(*gin.Context) { panic("a bug") })
	recorder := httptest.NewRecorder()
	router.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/", nil))
	if recorder.Code != http.StatusInternalServerError {
		t.Errorf("got %d, want 500", recorder.Code)
	}
}

// routes returns the number of measured requests by route.
func routes(t *testing.T, reader metric.Reader) map[string]uint64 {
	t.Helper()
	var collected metricdata.ResourceMetrics
	if err := reader.Collect(t.Context(), &collected); err != nil {
		t.Fatal(err)
	}
	counts := map[string]uint64{}
	for _, scope := range collected.ScopeMetrics {
		for _, m := range scope.Metrics {
			if histogram, ok := m.Data.(metricdata.Histogram[float64]); ok && m.Name == "http.server.request.duration" {
				for _, point := range histogram.DataPoints {
					route, _ := point.Attributes.Value("http.route")
					counts[route.AsString()] += point.Count
				}
			}
		}
	}
	return counts
}
