// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"

	"go.opentelemetry.io/otel/propagation"
)

// Propagator carries the id in X-Chaos-ID and X-Chaos-Type of HTTP, in chaos-id and chaos-type of gRPC's metadata. Where
// these say nothing it takes what the baggage says. Give it to otel.SetTextMapPropagator, after TraceContext and Baggage:
// otelhttp and otelgrpc, of clients and servers, do the rest.
type Propagator struct{}

var _ propagation.TextMapPropagator = Propagator{}

// Extract returns ctx with the id that a request carries. What has been taken or ignored already stays.
func (Propagator) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	if ctx.Value(contextKey{}) != nil {
		return ctx
	}
	id, kind := fields(carrier)
	carried := Chaos{ID: carrier.Get(id), Type: carrier.Get(kind)}
	if c, ok := sound(carried); ok {
		return withBaggage(context.WithValue(ctx, contextKey{}, c), c)
	}
	inBaggage := fromBaggage(ctx, carrier)
	if c, ok := sound(inBaggage); ok {
		return withBaggage(context.WithValue(ctx, contextKey{}, c), c)
	}
	if carried.ID+inBaggage.ID != "" {
		return context.WithValue(ctx, contextKey{}, Chaos{}) // counted once, however many look at it
	}
	return ctx
}

// Inject lets a request carry the id of ctx, if there is one.
func (Propagator) Inject(ctx context.Context, carrier propagation.TextMapCarrier) {
	c, ok := FromContext(ctx)
	if !ok {
		return
	}
	id, kind := fields(carrier)
	carrier.Set(id, c.ID)
	if c.Type != "" {
		carrier.Set(kind, c.Type)
	}
}

// Fields are those that Inject may set.
func (Propagator) Fields() []string {
	return []string{"X-Chaos-ID", "X-Chaos-Type", "chaos-id", "chaos-type"}
}

func fields(carrier propagation.TextMapCarrier) (id, kind string) {
	if _, http := carrier.(propagation.HeaderCarrier); http {
		return "X-Chaos-ID", "X-Chaos-Type"
	}
	return "chaos-id", "chaos-type"
}
