// SPDX-License-Identifier: Apache-2.0

// Package ledger is the ledger-service: transfers between accounts, kept in PostgreSQL by Ent.
package ledger

//go:generate go run ./gen
