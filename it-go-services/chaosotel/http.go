// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/propagation"
)

// Handler lets requests be followed. Put it inside of otelhttp.NewHandler, which begins the span.
func Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ServeRequest(r, func(r *http.Request) { next.ServeHTTP(w, r) })
	})
}

// ServeRequest is Serve for a request of HTTP.
func ServeRequest(r *http.Request, next func(*http.Request)) {
	Serve(r.Context(), propagation.HeaderCarrier(r.Header), func(ctx context.Context) {
		inner := r.WithContext(ctx)
		// What is found out about the copy must be known where the original is: otelhttp asks it for the route.
		defer func() { r.Pattern, r.MultipartForm = inner.Pattern, inner.MultipartForm }()
		next(inner)
	})
}

// Transport lets calls carry the id of their context. It is needed only where calls do not go through otelhttp.Transport, or
// Propagator is not installed.
func Transport(base http.RoundTripper) http.RoundTripper {
	return transport{base}
}

type transport struct{ base http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, ok := FromContext(r.Context()); ok {
		r = r.Clone(r.Context()) // a RoundTripper must leave the request as it is
		Propagator{}.Inject(r.Context(), propagation.HeaderCarrier(r.Header))
	}
	return t.base.RoundTrip(r)
}
