// SPDX-License-Identifier: Apache-2.0

// Package api holds the protobuf definitions of the shop. What is made from them is not committed.
package api

//go:generate go run ../internal/gen
