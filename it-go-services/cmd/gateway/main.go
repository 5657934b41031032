// SPDX-License-Identifier: Apache-2.0

// Command gateway is the way into the shop: JSON over HTTP outside, gRPC inside.
package main

import (
	"context"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/gateway"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
)

func main() {
	service.Main("gateway", build)
}

func build(kit service.Kit) ([]service.Server, error) {
	// The headless Service: gateway must see the replicas, for it chooses among them itself.
	orderTarget := env.String("ORDER_TARGET", "dns:///order-service-pods:9090")
	orders, err := gateway.DialOrders(orderTarget, kit.Habits, kit.Log)
	if err != nil {
		return nil, err
	}
	called, err := paymentsFromEnv()
	if err != nil {
		return nil, err
	}
	payments, err := gateway.DialPayments(called, kit.Habits, kit.Log)
	if err != nil {
		return nil, err
	}
	handler, err := gateway.NewHandler(context.Background(), orders, payments)
	if err != nil {
		return nil, err
	}
	http, err := service.NewHTTPServer(env.String("HTTP_ADDR", ":8080"), handler)
	if err != nil {
		return nil, err
	}
	return []service.Server{http}, nil
}

func paymentsFromEnv() (gateway.Payments, error) {
	timeout, err := env.Duration("PAYMENT_TIMEOUT", "1s")
	if err != nil {
		return gateway.Payments{}, err
	}
	breaker, err := env.OneOf("PAYMENT_BREAKER", "off", "on")
	if err != nil {
		return gateway.Payments{}, err
	}
	target := env.String("PAYMENT_TARGET", "dns:///payment-service:9090")
	return gateway.Payments{Target: target, Timeout: timeout, Breaker: breaker == "on"}, nil
}
