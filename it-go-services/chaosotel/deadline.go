// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// DeadlineKey is the attribute of spans of servers and clients that says how much time their context has left as they
// begin, in whole milliseconds; less than zero where it is over. A context without a deadline has none.
const DeadlineKey = "chaos.deadline_ms"

func tellDeadline(ctx context.Context, span sdk.ReadWriteSpan) {
	if kind := span.SpanKind(); kind != trace.SpanKindServer && kind != trace.SpanKindClient {
		return
	}
	if deadline, ok := ctx.Deadline(); ok {
		span.SetAttributes(attribute.Int64(DeadlineKey, deadline.Sub(span.StartTime()).Milliseconds()))
	}
}
