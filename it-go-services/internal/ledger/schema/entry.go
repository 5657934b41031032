// SPDX-License-Identifier: Apache-2.0

// Package schema is what Ent makes its code and its tables from.
package schema

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Entry is one side of a transfer: what an account got, or, below zero, gave.
type Entry struct {
	ent.Schema
}

// Fields of an entry.
func (Entry) Fields() []ent.Field {
	return []ent.Field{
		field.String("key").NotEmpty().Immutable(), // of the transfer, given by who asks for it
		field.String("account").NotEmpty().Immutable(),
		field.Int64("cents").Immutable(),
		field.Time("at").Default(time.Now).Immutable(),
	}
}

// Indexes of entries: a transfer is written once, however often it is asked for.
func (Entry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("key", "account").Unique(),
		index.Fields("account"),
	}
}
