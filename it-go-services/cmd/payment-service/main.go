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

func build(kit service.Kit) ([]service.Server, error) {
	grpc, err := service.NewGRPCServer(env.String("GRPC_ADDR", ":9090"))
	if err != nil {
		return nil, err
	}
	server, err := newServer(kit)
	if err != nil {
		return nil, err
	}
	paymentv1.RegisterPaymentsServer(grpc, server)
	return []service.Server{grpc}, nil
}

func newServer(kit service.Kit) (paymentv1.PaymentsServer, error) {
	bank := env.String("BANK_TARGET", "")
	if bank == "" {
		return newBank()
	}
	timeout, err := env.Duration("CALL_TIMEOUT", "0s")
	if err != nil {
		return nil, err
	}
	return payments.NewCleared(bank, timeout, kit.Habits)
}

func newBank() (paymentv1.PaymentsServer, error) {
	after, err := env.Duration("ANSWER_AFTER", "0s")
	if err != nil || after == 0 {
		return payments.NewService(), err
	}
	return payments.NewSlow(after), nil
}
