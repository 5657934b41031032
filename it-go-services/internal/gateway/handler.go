// SPDX-License-Identifier: Apache-2.0

// Package gateway is the way into the shop: JSON over HTTP outside, gRPC inside.
package gateway

import (
	"context"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"

	orderv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/order/v1"
	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/httpapi"
)

// NewHandler answers GET /v1/orders/{id}, POST /v1/payments and GET /v1/payments/{id}.
func NewHandler(ctx context.Context, orders, payments grpc.ClientConnInterface) (http.Handler, error) {
	mux := runtime.NewServeMux(runtime.WithMiddlewares(namePattern))
	if err := orderv1.RegisterOrdersHandlerClient(ctx, mux, orderv1.NewOrdersClient(orders)); err != nil {
		return nil, err
	}
	if err := paymentv1.RegisterPaymentsHandlerClient(ctx, mux, paymentv1.NewPaymentsClient(payments)); err != nil {
		return nil, err
	}
	return httpapi.Traced(chaosotel.Handler(mux)), nil
}

// namePattern tells httpapi.Traced which route it was.
func namePattern(next runtime.HandlerFunc) runtime.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request, params map[string]string) {
		if pattern, ok := runtime.HTTPPattern(r.Context()); ok {
			r.Pattern = r.Method + " " + pattern.String()
		}
		next(w, r, params)
	}
}
