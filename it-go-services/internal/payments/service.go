// SPDX-License-Identifier: Apache-2.0

// Package payments is the payment-service: it takes payments and remembers the latest of them.
package payments

import (
	"context"
	"crypto/rand"
	"sync"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
)

// keep is how many payments are remembered; the oldest goes first.
const keep = 10_000

// Service implements the Payments API.
type Service struct {
	paymentv1.UnimplementedPaymentsServer

	mu       sync.Mutex
	payments map[string]*paymentv1.Payment
	ids      []string // oldest first
}

// NewService returns a service that knows one payment, "demo".
func NewService() *Service {
	s := &Service{payments: map[string]*paymentv1.Payment{}}
	s.add(&paymentv1.Payment{Id: "demo", OrderId: "1", AmountCents: 1250})
	return s
}

// CreatePayment takes any positive amount.
func (s *Service) CreatePayment(_ context.Context, in *paymentv1.CreatePaymentRequest) (*paymentv1.Payment, error) {
	if in.GetOrderId() == "" || in.GetAmountCents() <= 0 {
		return nil, status.Error(codes.InvalidArgument, "order_id must be set and amount_cents positive")
	}
	payment := &paymentv1.Payment{Id: rand.Text(), OrderId: in.GetOrderId(), AmountCents: in.GetAmountCents()}
	s.add(payment)
	taken.Inc()
	return payment, nil
}

// GetPayment finds one of the latest payments.
func (s *Service) GetPayment(_ context.Context, in *paymentv1.GetPaymentRequest) (*paymentv1.Payment, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	payment, found := s.payments[in.GetId()]
	if !found {
		return nil, status.Errorf(codes.NotFound, "no payment %q", in.GetId())
	}
	return payment, nil
}

func (s *Service) add(payment *paymentv1.Payment) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ids) == keep {
		delete(s.payments, s.ids[1]) // not the first, which is "demo"
		s.ids = append(s.ids[:1], s.ids[2:]...)
	}
	s.payments[payment.GetId()] = payment
	s.ids = append(s.ids, payment.GetId())
}
