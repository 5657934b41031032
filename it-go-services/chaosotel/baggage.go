// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"

	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
)

// fromBaggage reads what the context or, where nobody has read that, the request itself has as baggage.
func fromBaggage(ctx context.Context, carrier propagation.TextMapCarrier) Chaos {
	bag := baggage.FromContext(ctx)
	if bag.Len() == 0 {
		bag = baggage.FromContext(propagation.Baggage{}.Extract(ctx, carrier))
	}
	return Chaos{ID: bag.Member(IDKey).Value(), Type: bag.Member(TypeKey).Value()}
}

// withBaggage returns ctx with c as the only one in its baggage.
func withBaggage(ctx context.Context, c Chaos) context.Context {
	bag := baggage.FromContext(ctx)
	if bag.Member(IDKey).Value() == c.ID && bag.Member(TypeKey).Value() == c.Type {
		return ctx
	}
	bag = set(set(bag, IDKey, c.ID), TypeKey, c.Type)
	return baggage.ContextWithBaggage(ctx, bag)
}

func set(bag baggage.Baggage, key, value string) baggage.Baggage {
	if value == "" {
		return bag.DeleteMember(key)
	}
	member, err := baggage.NewMemberRaw(key, value)
	if err != nil {
		return bag
	}
	with, err := bag.SetMember(member)
	if err != nil { // it is full: what is in it matters more
		return bag
	}
	return with
}
