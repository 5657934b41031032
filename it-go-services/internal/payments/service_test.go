// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
)

func TestPaymentCanBeFoundAfterwards(t *testing.T) {
	s := NewService()
	created, err := s.CreatePayment(t.Context(), &paymentv1.CreatePaymentRequest{OrderId: "7", AmountCents: 5})
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.GetPayment(t.Context(), &paymentv1.GetPaymentRequest{Id: created.GetId()})
	if err != nil || found.GetOrderId() != "7" || found.GetAmountCents() != 5 {
		t.Errorf("got %v, %v", found, err)
	}
}

func TestBadPaymentIsRefused(t *testing.T) {
	bad := []*paymentv1.CreatePaymentRequest{{AmountCents: 5}, {OrderId: "7"}, {OrderId: "7", AmountCents: -1}}
	for _, bad := range bad {
		if _, err := NewService().CreatePayment(t.Context(), bad); status.Code(err) != codes.InvalidArgument {
			t.Errorf("%v: got %v, want InvalidArgument", bad, err)
		}
	}
}

func TestUnknownPayment(t *testing.T) {
	_, err := NewService().GetPayment(t.Context(), &paymentv1.GetPaymentRequest{Id: "none"})
	if status.Code(err) != codes.NotFound {
		t.Errorf("got %v, want NotFound", err)
	}
}

func TestOldestPaymentIsForgottenButNeverTheDemo(t *testing.T) {
	s := NewService()
	first := create(t, s)
	for range keep - 1 {
		create(t, s)
	}
	if _, err := s.GetPayment(t.Context(), &paymentv1.GetPaymentRequest{Id: first}); status.Code(err) != codes.NotFound {
		t.Errorf("the oldest payment: got %v, want NotFound", err)
	}
	if _, err := s.GetPayment(t.Context(), &paymentv1.GetPaymentRequest{Id: "demo"}); err != nil {
		t.Errorf("the demo payment: %v", err)
	}
	if len(s.payments) != keep || len(s.ids) != keep {
		t.Errorf("remembers %d payments by %d ids, want %d", len(s.payments), len(s.ids), keep)
	}
}

func create(t *testing.T, s *Service) string {
	t.Helper()
	payment, err := s.CreatePayment(t.Context(), &paymentv1.CreatePaymentRequest{OrderId: "7", AmountCents: 5})
	if err != nil {
		t.Fatal(err)
	}
	return payment.GetId()
}
