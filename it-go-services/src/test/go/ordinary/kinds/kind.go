// SPDX-License-Identifier: Apache-2.0

// Package kinds holds ways in which ordinary services call another one: healthy ones, and the same with a leak.
package kinds

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// A Call is what a service does for one request of its own.
type Call func(ctx context.Context) error

// A Kind makes a service that calls the one at a host.
type Kind func(host string) Call

// patience is how long an impatient caller waits: the upstream answers sooner unless something is wrong.
const patience = 150 * time.Millisecond

// errSlow is what an impatient caller gives up with.
var errSlow = errors.New("the upstream is slow")

// All are the kinds by name; a service with a driver of its own adds to them.
var All = map[string]Kind{
	"keep-alive":       keepAlive,
	"hundred-idle":     hundredIdle,
	"retry-queue":      retryQueue,
	"hedging":          hedging,
	"growing-pool":     growingPool,
	"grow-only-pool":   growOnlyPool,
	"slow-drain":       slowDrain,
	"deadline-waiters": deadlineWaiters,
	"watcher":          watcher,
	"grpc":             grpcChannel,
	"fan-out":          fanOut,

	"leak-send":       leakSend,
	"leak-receive":    leakReceive,
	"leak-select":     leakSelect,
	"leak-lock":       leakLock,
	"leak-waitgroup":  leakWaitGroup,
	"leak-cond":       leakCond,
	"leak-body":       leakBody,
	"leak-clients":    leakClients,
	"leak-old-pool":   leakOldPool,
	"leak-late":       leakLate,
	"leak-late-timer": leakLateTimer,
}

// Get is one call over a client, with all of the answer.
func Get(ctx context.Context, client *http.Client, host string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+host+"/work", nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// impatient is one call that is given up soon.
func impatient(ctx context.Context, client *http.Client, host string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := Get(ctx, client, host); err != nil {
		return errSlow
	}
	return nil
}
