// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"runtime/pprof"

	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// Serve runs the work on a request: its context has the id that the request carries, and while it runs profiles name trace
// and id. It is what an adapter for a framework is made of.
func Serve(ctx context.Context, request propagation.TextMapCarrier, work func(context.Context)) {
	_, known := FromContext(ctx)
	ctx = Propagator{}.Extract(ctx, request)
	if c, ok := FromContext(ctx); ok && !known {
		// The span began before anybody looked: nobody has told it.
		trace.SpanFromContext(ctx).SetAttributes(c.attributes()...)
	}
	if labels := labels(ctx); len(labels) > 0 {
		pprof.Do(ctx, pprof.Labels(labels...), work)
		return
	}
	work(ctx)
}

func labels(ctx context.Context) []string {
	labels := make([]string, 0, 8)
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		labels = append(labels, "trace_id", span.TraceID().String(), "span_id", span.SpanID().String())
	}
	if c, ok := FromContext(ctx); ok {
		labels = append(labels, IDLabel, c.ID)
		if c.Type != "" {
			labels = append(labels, TypeLabel, c.Type)
		}
	}
	return labels
}
