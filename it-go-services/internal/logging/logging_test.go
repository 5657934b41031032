// SPDX-License-Identifier: Apache-2.0

package logging

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"
)

func TestTraceNamesTheSpan(t *testing.T) {
	core, lines := observer.New(zap.InfoLevel)
	span := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{15: 1}, SpanID: trace.SpanID{7: 2}})
	zap.New(core).Info("hello", Trace(trace.ContextWithSpanContext(t.Context(), span)))
	fields := lines.All()[0].ContextMap()
	if fields["trace_id"] != "00000000000000000000000000000001" || fields["span_id"] != "0000000000000002" {
		t.Errorf("got fields %v", fields)
	}
}

func TestTraceAddsNothingOutsideOfASpan(t *testing.T) {
	core, lines := observer.New(zap.InfoLevel)
	zap.New(core).Info("hello", Trace(context.Background()))
	if fields := lines.All()[0].ContextMap(); len(fields) != 0 {
		t.Errorf("got fields %v, want none", fields)
	}
}
