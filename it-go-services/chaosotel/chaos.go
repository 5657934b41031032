// SPDX-License-Identifier: Apache-2.0

// Package chaosotel makes a chaos experiment visible in what a service says of itself: the id of the fault that a request
// met is on its spans, log lines, exemplars and profiles, and goes on to the services that are called for it.
//
// Propagator takes the id and passes it on wherever OpenTelemetry passes on the trace; Handler and the gRPC interceptors
// put it on profiles; SpanProcessor on spans; View on exemplars. None of them ever fails a request.
package chaosotel

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
)

// Attributes of spans, and members of W3C baggage.
const (
	IDKey   = "chaos.id"
	TypeKey = "chaos.type"
)

// Names of log fields, exemplar labels and pprof labels.
const (
	IDLabel   = "chaos_id"
	TypeLabel = "chaos_type"
)

// Chaos is what a request knows of the experiment that it is part of.
type Chaos struct {
	ID   string // of the experiment and the fault
	Type string // kinds of the faults, several joined by +; may be empty
}

type contextKey struct{}

// FromContext returns what the request knows, and whether it knows anything.
func FromContext(ctx context.Context) (Chaos, bool) {
	c, _ := ctx.Value(contextKey{}).(Chaos)
	return c, c.ID != ""
}

// NewContext returns a context whose spans, profiles and calls carry c. It is in the baggage, too, so that a service in
// between that knows OpenTelemetry alone passes it on. A malformed id is ignored and counted, as that of a request is.
func NewContext(ctx context.Context, c Chaos) context.Context {
	c, ok := sound(c)
	if !ok {
		return ctx
	}
	return withBaggage(context.WithValue(ctx, contextKey{}, c), c)
}

func (c Chaos) attributes() []attribute.KeyValue {
	attributes := []attribute.KeyValue{attribute.String(IDKey, c.ID)}
	if c.Type != "" {
		attributes = append(attributes, attribute.String(TypeKey, c.Type))
	}
	return attributes
}
