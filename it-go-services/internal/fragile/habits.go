// SPDX-License-Identifier: Apache-2.0

// Package fragile turns the good habits of a service off one by one, so that a chaos test has something to find.
package fragile

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"
)

// Habits says which good habits are off. The zero value is the healthy service.
type Habits struct {
	NoBreaker bool // no circuit breaker and no fallback: a failed call is a failed answer
	NoTimeout bool // outgoing calls wait for as long as it takes, even when the caller has gone
	Leak      bool // each failed outgoing call leaves a goroutine behind

	NoReconnect   bool // a connection to payment-service that breaks is not made again
	RetryPayments bool // calls of payment-service that change something are repeated like any other

	NoFallback          bool // a refused io_uring is a failed answer
	NoCompletionTimeout bool // waits for a completion of io_uring for as long as it takes

	NoSignature     bool // a token that says it is not signed (alg: none) is good
	NoExpiry        bool // what a token claims, its end among that, is not checked
	SignaturePanics bool // a broken signature is an error of the service: 500

	UnclosedRows bool // rows of the database are left open where their caller has gone
	NoLifetime   bool // connections to the database are kept for ever

	RetryOrders  bool // calls of order-service that fail are repeated at once, again and again
	ForgetsChaos bool // calls of user-api keep the trace and lose the id of the chaos experiment, and all baggage
	SlowMemory   bool // a session that is let in from memory costs some 20 ms of a processor
	LosesContext bool // calls of user-api have a context of their own: neither trace nor id
}

// FromEnv reads FRAGILE, a comma-separated list of no-breaker, no-timeout, leak, no-reconnect, retry-payments,
// no-fallback, no-completion-timeout, no-signature, no-expiry, signature-panics, unclosed-rows, no-lifetime,
// retry-orders, forgets-chaos, loses-context and slow-memory.
func FromEnv() (Habits, error) {
	return parse(os.Getenv("FRAGILE"))
}

func parse(list string) (Habits, error) {
	var h Habits
	for word := range strings.SplitSeq(list, ",") {
		switch strings.TrimSpace(word) {
		case "":
		case "no-breaker":
			h.NoBreaker = true
		case "no-timeout":
			h.NoTimeout = true
		case "leak":
			h.Leak = true
		case "no-reconnect":
			h.NoReconnect = true
		case "retry-payments":
			h.RetryPayments = true
		case "no-fallback":
			h.NoFallback = true
		case "no-completion-timeout":
			h.NoCompletionTimeout = true
		case "no-signature":
			h.NoSignature = true
		case "no-expiry":
			h.NoExpiry = true
		case "signature-panics":
			h.SignaturePanics = true
		case "unclosed-rows":
			h.UnclosedRows = true
		case "no-lifetime":
			h.NoLifetime = true
		case "retry-orders":
			h.RetryOrders = true
		case "forgets-chaos":
			h.ForgetsChaos = true
		case "loses-context":
			h.LosesContext = true
		case "slow-memory":
			h.SlowMemory = true
		default:
			return Habits{}, fmt.Errorf("FRAGILE=%q: unknown habit %q; known are "+
				"no-breaker, no-timeout, leak, no-reconnect, retry-payments, no-fallback, no-completion-timeout, "+
				"no-signature, no-expiry, signature-panics, unclosed-rows, no-lifetime, "+
				"retry-orders, forgets-chaos, loses-context, slow-memory", list, word)
		}
	}
	return h, nil
}

// WithTimeout is context.WithTimeout, unless time-outs are off: then nothing ends the call, not even its caller.
func (h Habits) WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if h.NoTimeout {
		return context.WithoutCancel(ctx), func() {}
	}
	return context.WithTimeout(ctx, d)
}

// Called is to be told the outcome of each outgoing call.
func (h Habits) Called(err error) {
	if err == nil || !h.Leak {
		return
	}
	outcome := make(chan error)
	// The classic leak: the receiver gave up, so this send never ends.
	go func() { outcome <- err }()
}
