// SPDX-License-Identifier: Apache-2.0

// Command payment-service takes payments over gRPC.
package main

import (
	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/env"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/payments"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/service"
)

func main() {
	service.Main("payment-service", build)
}

func build(service.Kit) ([]service.Server, error) {
	grpc, err := service.NewGRPCServer(env.String("GRPC_ADDR", ":9090"))
	if err != nil {
		return nil, err
	}
	paymentv1.RegisterPaymentsServer(grpc, payments.NewService())
	return []service.Server{grpc}, nil
}
