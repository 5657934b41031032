// SPDX-License-Identifier: Apache-2.0

// Package outgoing makes the HTTP clients, and the breakers, that services call each other with.
package outgoing

import (
	"context"
	"net"
	"net/http"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/propagation"
)

// Pooled keeps connections for the next call. Give every call a context with a deadline; there is no other time-out.
func Pooled() *http.Client {
	return client(pooled())
}

func pooled() *http.Transport {
	return &http.Transport{DialContext: dial, MaxIdleConnsPerHost: 32, IdleConnTimeout: 5 * time.Second}
}

// FreshConnections opens a connection for each call, and so follows DNS at once.
func FreshConnections() *http.Client {
	return client(&http.Transport{DialContext: dial, DisableKeepAlives: true})
}

// Forgetful is Pooled by somebody who knows of traces only: no baggage goes out, and no id of a chaos experiment.
func Forgetful() *http.Client {
	return client(pooled(), otelhttp.WithPropagators(propagation.TraceContext{}))
}

func client(transport *http.Transport, options ...otelhttp.Option) *http.Client {
	return &http.Client{Transport: otelhttp.NewTransport(transport, options...)}
}

// dial resolves with a resolver of its own. The default one lets all callers share a lookup; such a lookup outlives
// those that gave up on it, and callers that come after an outage still wait for its answer.
func dial(ctx context.Context, network, addr string) (net.Conn, error) {
	dialer := net.Dialer{Resolver: &net.Resolver{PreferGo: true}}
	return dialer.DialContext(ctx, network, addr)
}
