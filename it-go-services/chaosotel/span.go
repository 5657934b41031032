// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"

	"go.opentelemetry.io/otel/sdk/trace"
)

// SpanProcessor puts the id on every span that is begun with a context which has it: of the request, of the work on it,
// and of the calls for it; and what is left of a deadline on those of servers and clients. Give it to
// trace.WithSpanProcessor.
type SpanProcessor struct{}

var _ trace.SpanProcessor = SpanProcessor{}

// OnStart puts both on a span.
func (SpanProcessor) OnStart(ctx context.Context, span trace.ReadWriteSpan) {
	if c, ok := FromContext(ctx); ok {
		span.SetAttributes(c.attributes()...)
	}
	tellDeadline(ctx, span)
}

// OnEnd does nothing.
func (SpanProcessor) OnEnd(trace.ReadOnlySpan) {}

// Shutdown does nothing.
func (SpanProcessor) Shutdown(context.Context) error { return nil }

// ForceFlush does nothing.
func (SpanProcessor) ForceFlush(context.Context) error { return nil }
