// SPDX-License-Identifier: Apache-2.0

package telemetry

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestTraceIDsAreThereEvenIfNothingIsExported(t *testing.T) {
	t.Setenv("OTEL_TRACES_EXPORTER", "")
	stop, err := Start(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	_, span := otel.Tracer("test").Start(t.Context(), "work")
	if !span.SpanContext().HasTraceID() {
		t.Error("span has no trace id")
	}
	span.End()
	if err := stop(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestExporterIsChosenByTheStandardVariables(t *testing.T) {
	received := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		received <- r.URL.Path
	}))
	defer collector.Close()
	t.Setenv("OTEL_TRACES_EXPORTER", "otlp")
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	exporting, err := tracing(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, span := exporting.Tracer("test").Start(t.Context(), "work")
	span.End()
	if err := exporting.Shutdown(t.Context()); err != nil { // flushes
		t.Fatal(err)
	}
	if path := <-received; path != "/v1/traces" {
		t.Errorf("exported to %s, want /v1/traces", path)
	}
}

func TestUnknownExporterIsRefused(t *testing.T) {
	t.Setenv("OTEL_TRACES_EXPORTER", "pigeon")
	if _, err := tracing(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "OTEL_TRACES_EXPORTER") {
		t.Errorf("got error %v, want one that names the variable", err)
	}
}
