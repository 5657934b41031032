// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"testing"
	"time"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

func TestSpansOfServersAndClientsTellWhatIsLeftOfTheirDeadline(t *testing.T) {
	began := time.Now()
	before, cancelBefore := context.WithDeadline(t.Context(), began.Add(1500*time.Millisecond))
	defer cancelBefore()
	over, cancelOver := context.WithDeadline(t.Context(), began.Add(-7*time.Millisecond))
	defer cancelOver()
	for name, test := range map[string]struct {
		ctx  context.Context
		kind trace.SpanKind
		want int64
		told bool
	}{
		"server":              {before, trace.SpanKindServer, 1500, true},
		"client":              {before, trace.SpanKindClient, 1500, true},
		"client, its time up": {over, trace.SpanKindClient, -7, true},
		"work in between":     {before, trace.SpanKindInternal, 0, false},
		"no deadline":         {t.Context(), trace.SpanKindServer, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			spans := tracetest.NewSpanRecorder()
			provider := sdk.NewTracerProvider(sdk.WithSpanProcessor(SpanProcessor{}), sdk.WithSpanProcessor(spans))
			_, span := provider.Tracer("test").Start(test.ctx, "request",
				trace.WithSpanKind(test.kind), trace.WithTimestamp(began))
			span.End()
			left, told := deadlineOf(spans.Ended()[0])
			if left != test.want || told != test.told {
				t.Errorf("got %d ms, %v; want %d ms, %v", left, told, test.want, test.told)
			}
		})
	}
}

func deadlineOf(span sdk.ReadOnlySpan) (left int64, told bool) {
	for _, a := range span.Attributes() {
		if a.Key == DeadlineKey {
			return a.Value.AsInt64(), true
		}
	}
	return 0, false
}
