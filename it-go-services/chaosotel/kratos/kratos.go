// SPDX-License-Identifier: Apache-2.0

// Package chaoskratos is chaosotel for Kratos, over HTTP and gRPC. A middleware of Kratos cannot change the context of a
// stream: for these there are the interceptors of chaosotel.
package chaoskratos

import (
	"context"

	"github.com/go-kratos/kratos/v3/middleware"
	"github.com/go-kratos/kratos/v3/transport"
	"github.com/go-kratos/kratos/v3/transport/http"
	"go.opentelemetry.io/otel/propagation"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// Server lets requests be followed. Put it after what begins the span.
func Server() middleware.Middleware {
	return func(next middleware.Handler) middleware.Handler {
		return func(ctx context.Context, req any) (reply any, err error) {
			request, ok := transport.FromServerContext(ctx)
			if !ok {
				return next(ctx, req)
			}
			chaosotel.Serve(ctx, carrier(request), func(ctx context.Context) { reply, err = next(ctx, req) })
			return reply, err
		}
	}
}

// Client lets calls carry the id of their context.
func Client() middleware.Middleware {
	return func(next middleware.Handler) middleware.Handler {
		return func(ctx context.Context, req any) (any, error) {
			if request, ok := transport.FromClientContext(ctx); ok {
				chaosotel.Propagator{}.Inject(ctx, carrier(request))
			}
			return next(ctx, req)
		}
	}
}

// carrier is the header of a request, as one of HTTP where it is: names differ.
func carrier(request transport.Transporter) propagation.TextMapCarrier {
	if request, ok := request.(http.Transporter); ok {
		return propagation.HeaderCarrier(request.Request().Header)
	}
	return request.RequestHeader()
}
